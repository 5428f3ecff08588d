"""What one reads while writing a report, and the receipt when it is handed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.check_in_drafts import Drafted, Step
from domain.check_ins import Standing
from domain.duties import DEFAULT_ZONE
from domain.needs import NeedAudience, NeedKind, NeedState
from domain.pairings import Track
from handlers.views import entering
from handlers.views.check_in_pieces import files_line, late_line, need_line, standing_line, subject, subjects
from handlers.views.page import Button, Html, Message, Say, bold, button, lines, quote, shortened
from locales import N_
from reports import words
from services import needs
from services.check_ins import Idle, Receipt, Writing

REFUSALS: dict[str, str] = {
    "text_missing": N_("There are no words in this. Please write a sentence or two."),
    "text_too_long": N_("This has {length} characters; please keep it within {limit} and send it again."),
    "file_kind": N_(
        "A report takes photos, documents and voice notes; this kind I cannot use. Please put it in words or send a photo."
    ),
    "file_ending": N_(
        "A file like “{name}” cannot come with a report. Pictures, PDF, Word, Excel, PowerPoint, WPS and plain text can."
    ),
    "file_too_large": N_("This file is larger than {megabytes} MB. Please send a smaller one or say it in words."),
    "too_many_files": N_("A report takes {limit} files at most; those sent earlier are kept."),
    "choose_a_subject": N_("Please tick at least one thing that the report is for."),
    "nothing_to_report": N_("There is nothing to report on just now."),
    "already_reported": N_(
        "This period was reported already; nothing was handed in twice. You can change that report under “Me”."
    ),
    "report_locked": N_(
        "The month is closed, so this report stands as it is. Please put what is to be corrected into your next report."
    ),
    "acted_on": N_("Someone has acted on this already, so it can no longer be taken back. It can still be changed."),
}

QUESTIONS: Mapping[Track | None, str] = {
    Track.BACKBONE_TO_MEMBER: N_(
        "In two or three sentences: what you did in the work of the Party and at your post, what you put to use, what is missing."
    ),
    Track.MEMBER_TO_BACKBONE: N_(
        "In two or three sentences: which skill you practised, in which job you put it to use, what is missing."
    ),
    None: N_("In two or three sentences: what you did at the post, what you put to use, what is missing."),
}


def draft(data: Writing, say: Say) -> Message:
    """The one screen of a report being written: it asks for what is still lacking."""
    return _STEPS[data.drafted.step](data, say)


def _subjects(data: Writing, say: Say) -> Message:
    mark, chosen = data.drafted.mark, data.drafted.chosen
    rows = [
        [button(("☑ " if duty.id in chosen else "☐ ") + subject(duty, say), "check_in.toggle", mark, duty.id)]
        for duty in data.subjects
    ]
    text = lines(bold(say("Progress this period")), say("What is the report for? Tap to tick or untick, then go on."))
    return Message(text, [*rows, [button(say.plain("Go on"), "check_in.subjects", mark)]])


def _text(data: Writing, say: Say) -> Message:
    if data.drafted.files:
        kinds = {file.kind for file in data.drafted.files}
        asked = (
            say("I have your voice note. Please add one sentence in writing, so that it can be found and read.")
            if kinds == {"voice"}
            else say("I have what you sent. Please add a sentence or two in writing.")
        )
        return Message(asked, [[_discard(data.drafted, say)]])
    chosen = [duty for duty in data.subjects if duty.id in data.drafted.chosen]
    text = lines(
        bold(say("A report for {name}", name=data.entered_for) if data.entered_for else say("Progress this period")),
        subjects(chosen, say),
        Html(say(QUESTIONS[data.track])),
        say("A photo, document or voice note may come with it. Please write nothing classified."),
    )
    return Message(text, [[_discard(data.drafted, say)]])


def _standing(data: Writing, say: Say) -> Message:
    return Message(
        lines(*_content(data, say), "", say("How does it stand?")),
        standing_buttons("check_in.standing", data.drafted.mark, say),
    )


def standing_buttons(verb: str, key: int, say: Say) -> list[list[Button]]:
    marks = [button(words.standing(say.language, one), verb, key, one) for one in Standing]
    return [marks[:2], marks[2:]]


def _need_kind(data: Writing, say: Say) -> Message:
    return Message(
        say("What kind of support do you need?"), kind_buttons("check_in.need_kind", (data.drafted.mark,), say)
    )


def kind_buttons(verb: str, key: tuple[int, ...], say: Say) -> list[list[Button]]:
    marks = [button(words.need_kind(say.language, one), verb, *key, one) for one in NeedKind]
    return [marks[:3], marks[3:]]


def _need_audience(data: Writing, say: Say) -> Message:
    return Message(
        say("Who may know of it? It goes to them at once and stays on their list until you say that it is solved."),
        audience_buttons("check_in.need_audience", (data.drafted.mark,), say),
    )


def audience_buttons(verb: str, key: tuple[object, ...], say: Say) -> list[list[Button]]:
    return [[button(words.need_audience(say.language, one), verb, *key, one) for one in NeedAudience]]


def _need_text(data: Writing, say: Say) -> Message:
    return Message(
        say("What do you need? One or two sentences, which the secretary alone will read."),
        [[button(say.plain("It stands in the report"), "check_in.need_text", data.drafted.mark)]],
    )


def _preview(data: Writing, say: Say) -> Message:
    mark = data.drafted.mark
    more = [button(say.plain("Change the words"), "check_in.text_open", mark)]
    more.append(button(say.plain("Change how it stands"), "check_in.standing_open", mark))
    if len(data.subjects) > 1:
        more.append(button(say.plain("Change what it is for"), "check_in.subjects_open", mark))
    if data.drafted.entered is not None:
        more.append(entering.day_button(mark, say))
    return Message(
        lines(bold(say("Please look it over")), *_content(data, say), *_asked(data.drafted, say)),
        [[button(say.plain("Hand in"), "check_in.send", mark)], more[:2], [*more[2:], _discard(data.drafted, say)]],
    )


def _content(data: Writing, say: Say) -> list[str | None]:
    drafted = data.drafted
    chosen = [duty for duty in data.subjects if duty.id in drafted.chosen]
    return [
        entering.drafted_line(drafted.entered, data.entered_for, say),
        subjects(chosen, say),
        quote(shortened(drafted.text)),
        files_line(drafted.files, say),
        standing_line(drafted.standing, say),
    ]


def _asked(drafted: Drafted, say: Say) -> list[str | None]:
    need = drafted.need
    if need.kind is None or need.audience is None:
        return []
    asked = say(
        "Support: {kind}; may know: {audience}",
        kind=words.need_kind(say.language, need.kind),
        audience=words.need_audience(say.language, need.audience),
    )
    if need.text:
        return [asked, quote(need.text)]
    return [asked, say("To say what you need, send one more sentence; otherwise the report says it.")]


def _discard(drafted: Drafted, say: Say) -> Button:
    return button(say.plain("Discard"), "check_in.discard", drafted.mark)


_STEPS: Mapping[Step, Callable[[Writing, Say], Message]] = {
    Step.SOURCE: entering.source,
    Step.GIVEN_ON: entering.given_on,
    Step.SUBJECTS: _subjects,
    Step.TEXT: _text,
    Step.STANDING: _standing,
    Step.NEED_KIND: _need_kind,
    Step.NEED_AUDIENCE: _need_audience,
    Step.NEED_TEXT: _need_text,
    Step.PREVIEW: _preview,
}


def resume(data: Writing, say: Say) -> Message:
    mark = data.drafted.mark
    text = lines(
        say("You have begun a report for {name} already:", name=data.entered_for)
        if data.entered_for
        else say("You have begun a report already:"),
        quote(shortened(data.drafted.text)) if data.drafted.parts else None,
        files_line(data.drafted.files, say),
        say("Go on with it, or start over with what you have just written?")
        if data.drafted.pending
        else say("Go on with it, or start over?"),
    )
    go_on = button(say.plain("Go on"), "check_in.continue", mark)
    return Message(text, [[go_on, button(say.plain("Start over"), "check_in.restart", mark)]])


def sent(data: Receipt, say: Say) -> Message:
    report = data.check_in
    first = _entered(data, say) or (
        say(
            "Received, thank you! In a minute it goes to {names}; until then you can take it back.",
            names=say.names(data.readers),
        )
        if data.readers
        else say("Received, thank you!")
    )
    text = lines(
        first,
        late_line(report, data.subjects, say),
        say("Until the month closes you can change it at any time."),
        next_line(data, say),
        *(_need(data, say)),
        say("Which outcome has been reached? Someone else than you then verifies it.") if data.reached else None,
    )
    rows = [
        [button(say.plain("Undo"), "check_in.undo", report.id), button(say.plain("Change"), "check_in.edit", report.id)]
    ]
    rows += [
        [button(say.plain("Take back the request for support"), "need.withdraw", one.need.id)] for one in data.needs
    ]
    rows += [[button(_reached(one.what, say), "check_in.reached", report.id, one.id)] for one in data.reached]
    return Message(text, rows)


def _entered(data: Receipt, say: Say) -> Html | None:
    if not data.entered_for:
        return None
    return say(
        "Entered for {author}. In a minute it goes to {names}, and {author} is told; until then you can take it back.",
        author=data.entered_for,
        names=say.names(data.readers),
    )


def _reached(what: str, say: Say) -> str:
    return say.plain("Reached: {what}", what=shortened(what, 24))


def next_line(data: Receipt | Idle, say: Say) -> Html | None:
    if data.next_due is None:
        return None
    return say("Next report: {day}.", day=say.short_date(data.next_due.astimezone(DEFAULT_ZONE).date()))


def _need(data: Receipt, say: Say) -> list[Html]:
    return [line for one in data.needs for line in (need_line(one.need, say), *_hearers(one, say))]


def _hearers(card: needs.Card, say: Say) -> list[Html]:
    """Who hears of it, and that it stays until the asker says otherwise."""
    if not card.hearers or card.need.state is NeedState.SOLVED:
        return []
    goes = say(
        "Your request goes to {names} in a minute and stays on the list until you say that it is solved. If it was a slip, take it back here.",
        names=say.names(card.hearers),
    )
    return [goes]


def nothing(data: Idle, say: Say) -> Message:
    if not data.paired:
        return Message(
            say(
                "There is nothing to report on yet: no pairing and no rotation of yours has begun. Your secretary can tell you more."
            ),
            menu=(),
        )
    reported = say("You have handed in what was due; thank you.") if data.latest else say("Nothing is due just now.")
    rows = [[button(say.plain("Look at the last report"), "check_in.read", data.latest.id)]] if data.latest else []
    return Message(lines(reported, next_line(data, say)), rows)


def discarded(data: Idle, say: Say) -> Message:
    return Message(lines(say("Discarded; nothing of it was kept."), next_line(data, say)))


def edited_other(data: Idle, say: Say) -> Message:  # noqa: ARG001 - the shape of every view
    return Message(
        say(
            "I saw that you edited an earlier message. It is no report of its own, so nothing was changed. A report can be changed under “Me”."
        ),
        menu=(),
    )
