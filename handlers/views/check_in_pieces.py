"""Pieces that every screen about reports shares: what it is for, how it stands, its words, its answers."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from domain.check_ins import Attachment, Capacity, CheckIn, Standing
from domain.duties import Duty, SubjectKind, is_late
from domain.needs import Need
from domain.pairings import GuideKind
from domain.reviews import Attribution, Review, ReviewKind
from handlers.views.page import Button, Html, Say, Stored, button, inside, lines, quote, shortened, within
from locales import N_
from reports import words

LABEL = 24
"""What a button has room for."""
LINE = 80
IDS_ON_A_BUTTON = 4
ATTRIBUTIONS = {
    Attribution.SIGNED: N_("with name"),
    Attribution.ANONYMOUS: N_("without name"),
    Attribution.PRIVATE: N_("not public"),
}
REASONS = (
    N_("busy with urgent work"),
    N_("away on business or in training"),
    N_("on holiday or ill"),
)
"""Why there is no report, for who does not want to write it."""


def subject(duty: Duty, say: Say, room: int = LABEL) -> str:
    """`结对，10月16日（星期五）截止：变电检修`, as plain text; the day first, as a narrow screen cuts buttons off."""
    day, label = duty.due_day(), shortened(duty.label, room)
    if duty.subject_kind is SubjectKind.ROTATION:
        if day is None:
            return say.plain("Rotation: {place}, {label}", place=duty.place, label=label)
        return say.plain(
            "Rotation, due {day}: {place}, {label}", place=duty.place, label=label, day=say.short_date(day)
        )
    if day is None:
        return say.plain("Pairing: {label}", label=label)
    return say.plain("Pairing, due {day}: {label}", label=label, day=say.short_date(day))


def subjects(duties: Sequence[Duty], say: Say) -> Html:
    return lines(*(say("· {subject}", subject=subject(duty, say, LINE)) for duty in duties))


def standing_line(standing: Standing | None, say: Say) -> Html | None:
    return None if standing is None else say("Progress: {standing}", standing=words.standing(say.language, standing))


def files_line(files: Sequence[Attachment], say: Say) -> Html | None:
    return say.many("With 1 file", "With {number} files", len(files)) if files else None


def stored(files: Sequence[Attachment]) -> list[Stored]:
    return [Stored(file.kind, file.file_id) for file in files]


def report(check_in: CheckIn, duties: Sequence[Duty], files: Sequence[Attachment], say: Say) -> Html:
    """The whole report: when, for what, its words, how it stands, its files."""
    return lines(
        say("Handed in {moment}", moment=say.moment(check_in.submitted_at)),
        late_line(check_in, duties, say),
        say("Changed {moment}", moment=say.moment(check_in.edited_at)) if check_in.edited_at else None,
        subjects(duties, say),
        quote(check_in.text),
        standing_line(check_in.standing, say),
        files_line(files, say),
    )


def late_line(check_in: CheckIn, duties: Sequence[Duty], say: Say) -> Html | None:
    """补交, and of which day where one report answers several."""
    late = [duty.due_day() for duty in duties if is_late(duty.due_at, check_in.counts_from)]
    if not check_in.late or (duties and not late):
        return None
    if len(late) == len(duties):
        return say("Handed in late.")
    days = say.names([say.short_date(day) for day in dict.fromkeys(late) if day is not None])
    return say("What was due on {days} counts as late.", days=days)


def answers(reviews: Sequence[Review], say: Say) -> Html | None:
    return lines(*(answer(one, say) for one in reviews)) if reviews else None


def answer(review: Review, say: Say) -> Html:
    """One verdict in a sentence."""
    if review.kind is ReviewKind.NOTED:
        return say("{name} has read it.", name=review.reviewer)
    if review.kind is ReviewKind.HIGHLIGHT:
        return _highlight(review, say)
    if review.kind is ReviewKind.PLEASE_ADD:
        if review.answered_at is not None:
            return say("{name} asked to add: “{text}”. It was added.", name=review.reviewer, text=within(review.text))
        return say("{name} asks to add: “{text}”", name=review.reviewer, text=inside(review.text))
    if review.capacity is Capacity.SECRETARY:
        return say("{name}, secretary, comments: “{text}”", name=review.reviewer, text=inside(review.text))
    return say("{name} comments: “{text}”", name=review.reviewer, text=inside(review.text))


def _highlight(review: Review, say: Say) -> Html:
    if review.attribution is None:
        return say("{name} put it forward as a highlight; the author has yet to choose.", name=review.reviewer)
    return say(
        "{name} put it forward as a highlight; the author chose: {choice}.",
        name=review.reviewer,
        choice=say.language.text(ATTRIBUTIONS[review.attribution]),
    )


def need_line(need: Need, called: Collection[GuideKind], say: Say) -> Html:
    return say(
        "Support asked for: {kind} ({state}). Who may know: {audience}",
        kind=words.need_kind(say.language, need.kind),
        audience=words.need_audience(say.language, need.audience, called),
        state=words.need_state(say.language, need.state),
    )


def undo_rows(verb: str, duties: Sequence[int], say: Say) -> list[list[Button]]:
    """A button carries few ids; more than fit go on another."""
    shares = [duties[at : at + IDS_ON_A_BUTTON] for at in range(0, len(duties), IDS_ON_A_BUTTON)]
    return [[button(say.plain("Undo"), verb, *share)] for share in shares]
