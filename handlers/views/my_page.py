"""One's own page: goals, guides, the next day, reports with their answers, who may read them, needs, and the file."""

from __future__ import annotations

from collections.abc import Sequence

from domain.duties import DEFAULT_ZONE
from domain.outcomes import Outcome, OutcomeState
from domain.reviews import Review, ReviewKind
from handlers.views.check_in_pieces import subject
from handlers.views.entered_acts import DRAFTED, by_hand
from handlers.views.page import Button, Document, Html, Message, Say, bold, button, lines, shortened
from handlers.views.reviews import pager
from reports import words
from reports.my_reports import Row, my_reports
from services import needs
from services.check_ins import Card
from services.my_page import History, MyPage, Told
from services.pairings import Card as PairingCard
from services.rotations import Card as RotationCard


def me(data: MyPage, say: Say) -> Message:
    text = lines(
        bold(say("{name}: my page", name=data.person.name)),
        *(_pairing(one, say) for one in data.pairings),
        *(_rotation(one, say) for one in data.rotations),
        None
        if data.pairings or data.rotations
        else say("You yourself have nothing to report on: no pairing in which you are guided, and no rotation."),
        _next(data, say),
        say.many("1 report so far", "{number} reports so far", data.reports) if data.reports else None,
        say.many("1 request for support is open", "{number} requests for support are open", len(data.open_needs))
        if data.open_needs
        else None,
    )
    return Message(text, [*_buttons(say), *_entered(data, say)])


def _entered(data: MyPage, say: Say) -> list[list[Button]]:
    return [[button(say.plain("Entered for me"), "proxy.own")]] if data.entered else []


def _buttons(say: Say) -> list[list[Button]]:
    return [
        [button(say.plain("My reports"), "me.reports", 0), button(say.plain("Support I asked for"), "me.needs")],
        [button(say.plain("Who reads it"), "me.readers"), button(say.plain("As a file"), "me.export")],
        [button(say.plain("Experience"), "experience")],
    ]


def _next(data: MyPage, say: Say) -> Html | None:
    if data.next_due is None:
        return None
    return say("Next report: {day}.", day=say.short_date(data.next_due.astimezone(DEFAULT_ZONE).date()))


def _pairing(card: PairingCard, say: Say) -> Html:
    track, state = words.track(say.language, card.pairing.track), words.pairing_state(say.language, card.pairing.state)
    return lines(
        "",
        bold(say("Pairing: {track}; {state}", track=track, state=state)),
        say("Direction: {direction}", direction=card.pairing.direction) if card.pairing.direction else None,
        _guides(card, say) if card.present else None,
        *(_outcome(one, say) for one in card.outcomes),
    )


def _guides(card: PairingCard, say: Say) -> Html:
    called = words.capital(words.guide(say.language, card.pairing.track, card.mentee.stage))
    return say("{guide}: {names}", guide=called, names=say.names(guide.person.name for guide in card.present))


def _outcome(one: Outcome, say: Say) -> Html:
    due = say.plain("no date yet") if one.due_on is None else say.date(one.due_on)
    measure = one.measure or say.plain("no measure yet")
    if one.state is OutcomeState.VERIFIED:
        return say("· {what}; measured by: {measure}; reached and verified", what=one.what, measure=measure)
    if one.state is OutcomeState.CLAIMED:
        return say("· {what}; measured by: {measure}; being verified", what=one.what, measure=measure)
    return say("· {what}; measured by: {measure}; by {due}", what=one.what, measure=measure, due=due)


def _rotation(card: RotationCard, say: Say) -> Html:
    rotation = card.rotation
    return lines(
        "",
        bold(
            say(
                "Rotation: {place}, {post}; {state}",
                place=card.unit,
                post=rotation.post,
                state=words.rotation_state(say.language, rotation.state),
            )
        ),
        say("{first} to {last}", first=say.date(rotation.starts_on), last=say.date(rotation.ends_on)),
        say("Host: {name}", name=card.host) if card.host else None,
        say("Goals: {goals}", goals=rotation.goals) if rotation.goals else None,
    )


def readers(data: MyPage, say: Say) -> Message:
    """Who may read, in the words of the notice that was agreed to."""
    text = lines(
        bold(say("Who may read my reports")),
        *dict.fromkeys(_guides(one, say) for one in data.pairings if one.present),
        *(
            say("The host of your rotation, who reads its reports only: {name}", name=one.host)
            for one in data.rotations
            if one.host
        ),
        say("The secretary of your branch: {names}", names=say.names(data.secretaries)) if data.secretaries else None,
        say(
            "The general branch and the committee see summaries only. Every opening of a report by others is recorded."
        ),
    )
    return Message(text, [[button(say.plain("Back"), "me")]])


def reports(data: History, say: Say) -> Message:
    back = [[button(say.plain("Back"), "me")]] if data.own else []
    if not data.lines:
        return Message(say("There is no report here yet."), back)
    title = say("My reports") if data.own else say("Reports of {name}", name=data.person.name)
    rows = [[button(_title(one, say), "check_in.read", one.check_in.id)] for one in data.lines]
    text = lines(bold(title), *(_told(one, say) for one in data.lines))
    return Message(text, [*rows, *pager(data.page, "me.reports", say, data.person.id, more=data.more), *back])


def _title(one: Told, say: Say) -> str:
    day = say.short_date(one.check_in.submitted_at.astimezone(DEFAULT_ZONE).date())
    return say.plain("{day}: {words}", day=day, words=shortened(one.check_in.text, 20))


def _told(one: Told, say: Say) -> Html:
    day = say.short_date(one.check_in.submitted_at.astimezone(DEFAULT_ZONE).date())
    return say("· {day}: {answers}", day=day, answers=_answers(one, say))


def _answers(one: Told, say: Say) -> str:
    if not one.reviews:
        return say.plain("no answer yet")
    last = one.reviews[-1]
    kind = by_hand(words.review_kind(say.language, last.kind), say, entered=last.by_hand)
    if last.kind in (ReviewKind.COMMENTED, ReviewKind.PLEASE_ADD):
        return say.plain("{name}: {answer} “{words}”", name=last.reviewer, answer=kind, words=shortened(last.text, 60))
    return say.plain("{name}: {answer}", name=last.reviewer, answer=kind)


def own_needs(data: Sequence[needs.Card], say: Say) -> Message:
    back = [button(say.plain("Back"), "me")]
    back.append(button(say.plain("Done for people"), "referral.helped", 0))
    if not data:
        return Message(say("You have not asked for support so far."), [back])
    rows = [[button(_need_title(one, say), "need.open", one.need.id)] for one in data]
    return Message(bold(say("Support I asked for")), [*rows, back])


def _need_title(card: needs.Card, say: Say) -> str:
    need = card.need
    return say.plain(
        "{day}: {kind}, {state}",
        day=say.short_date(need.opened_at.astimezone(DEFAULT_ZONE).date()),
        kind=words.need_kind(say.language, need.kind),
        state=words.need_state(say.language, need.state),
    )


def export(data: Sequence[Card], say: Say) -> Message:
    rows = [_row(card, say) for card in data]
    name = say.plain("my_reports_{day}.xlsx", day=f"{say.now.astimezone(DEFAULT_ZONE):%Y%m%d}")
    language, now = say.language, say.now
    text = say.many("Here is your report as a file.", "Here are your {number} reports as a file.", len(data))
    return Message(text, files=[Document(name, lambda: my_reports(rows, language, now))])


def _row(card: Card, say: Say) -> Row:
    report = card.check_in
    return Row(
        handed_in=report.submitted_at.astimezone(DEFAULT_ZONE).date(),
        late=report.late,
        subjects="\n".join(subject(duty, say) for duty in card.subjects),
        standing=words.standing(say.language, report.standing) if report.standing else "",
        text=report.text,
        files="\n".join(file.name or file.kind for file in card.files),
        entered=_by_whom(card, say),
        answers="\n".join(_plain_answer(one, say) for one in card.reviews),
    )


def _by_whom(card: Card, say: Say) -> str:
    found = card.check_in
    if found.source is None or found.given_on is None:
        return ""
    return say.plain(DRAFTED[found.source], name=card.author, day=say.language.plain_date(found.given_on))


def _plain_answer(review: Review, say: Say) -> str:
    kind = by_hand(words.review_kind(say.language, review.kind), say, entered=review.by_hand)
    day = say.short_date(review.at.astimezone(DEFAULT_ZONE).date())
    if not review.text:
        return say.plain("{name}, {day}: {answer}", name=review.reviewer, day=day, answer=kind)
    return say.plain("{name}, {day}: {answer} “{words}”", name=review.reviewer, day=day, answer=kind, words=review.text)
