"""What one reads while writing a report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from domain.check_in_drafts import Drafted, Step
from domain.check_ins import Standing
from domain.needs import NeedAudience, NeedKind
from domain.pairings import GuideKind, Track
from handlers.views import entering
from handlers.views.check_in_pieces import files_line, standing_line, subject, subjects
from handlers.views.page import Button, Html, Message, Say, bold, button, lines, quote, shortened
from locales import N_
from reports import words
from services.check_ins import Writing

REFUSALS: dict[str, str] = {
    "text_missing": N_("There are no words in this. Please write a sentence or two."),
    "text_too_long": N_("This has {length} characters; please keep it within {limit} and send it again."),
    "file_kind": N_(
        "A report can carry photos, documents and voice notes, but not this. Please put it in words or send a photo."
    ),
    "file_ending": N_(
        "A file like “{name}” cannot come with a report. Pictures, PDF, Word, Excel, PowerPoint, WPS and plain text can."
    ),
    "file_too_large": N_("This file is larger than {megabytes} MB. Please send a smaller one or say it in words."),
    "too_many_files": N_("A report takes {limit} files at most; those sent earlier are kept."),
    "choose_a_subject": N_("Please tick at least one item to report on."),
    "nothing_to_report": N_("There is nothing to report on just now."),
    "already_reported": N_(
        "You have already reported for this period; nothing was handed in twice. To change that report, open it under “Me”."
    ),
    "report_locked": N_(
        "The month is locked, so this report stays as it is. Please put any correction into your next report."
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
    text = lines(
        _whose(data, say),
        say("Which items does this report cover? Tap to tick or untick, then “Go on”."),
    )
    return Message(text, [*rows, [button(say.plain("Go on"), "check_in.subjects", mark), *_skip(data, say)]])


def _whose(data: Writing, say: Say) -> Html:
    entered = data.entered_for
    return bold(say("A report for {name}", name=entered) if entered else say("Progress this period"))


def _text(data: Writing, say: Say) -> Message:
    if data.drafted.files:
        kinds = {file.kind for file in data.drafted.files}
        asked = (
            say("I have your voice note. Please add one sentence in writing, so that it can be found and read.")
            if kinds == {"voice"}
            else say("I have what you sent. Please add a sentence or two in writing.")
        )
        return Message(asked, [[*_skip(data, say), _discard(data.drafted, say)]])
    chosen = [duty for duty in data.subjects if duty.id in data.drafted.chosen]
    text = lines(
        _whose(data, say),
        subjects(chosen, say),
        Html(say(QUESTIONS[data.track])),
        say("A photo, document or voice note may come with it. Please write nothing classified."),
    )
    return Message(text, [[*_skip(data, say), _discard(data.drafted, say)]])


def _skip(data: Writing, say: Say) -> list[Button]:
    """Entered for somebody, it may be that there is no report this time."""
    return [] if data.drafted.entered is None else [entering.skip_button(data.drafted.mark, say)]


def _standing(data: Writing, say: Say) -> Message:
    return Message(
        lines(*_content(data, say), "", say("How is it going?")),
        standing_buttons("check_in.standing", data.drafted.mark, say),
    )


def standing_buttons(verb: str, key: int, say: Say) -> list[list[Button]]:
    marks = [button(words.capital(words.standing(say.language, one)), verb, key, one) for one in Standing]
    return [marks[:2], marks[2:]]


def _need_kind(data: Writing, say: Say) -> Message:
    return Message(
        say("What kind of support is needed?"), kind_buttons("check_in.need_kind", (data.drafted.mark,), say)
    )


def kind_buttons(verb: str, key: tuple[int, ...], say: Say) -> list[list[Button]]:
    marks = [button(words.capital(words.need_kind(say.language, one)), verb, *key, one) for one in NeedKind]
    return [marks[:3], marks[3:]]


def _need_audience(data: Writing, say: Say) -> Message:
    return Message(
        who_may_know(data.secretaries, say),
        audience_buttons("check_in.need_audience", (data.drafted.mark,), data.called, say),
    )


def who_may_know(secretaries: Collection[str], say: Say) -> Html:
    """With the names of the secretaries: one of them may be the guide who is not to know."""
    return lines(
        say("Who may know of it? It goes to them and stays on their list until it is confirmed as solved."),
        say("Secretary, deputies included: {names}", names=say.names(secretaries)) if secretaries else None,
    )


def audience_buttons(verb: str, key: tuple[object, ...], called: Collection[GuideKind], say: Say) -> list[list[Button]]:
    titles = [(one, words.need_audience(say.language, one, called)) for one in NeedAudience]
    return [[button(words.capital(title), verb, *key, one) for one, title in titles]]


def _need_text(data: Writing, say: Say) -> Message:
    return Message(
        say("What is needed? One or two sentences, which only the secretary will read."),
        [[button(say.plain("The report says it"), "check_in.need_text", data.drafted.mark)]],
    )


def _preview(data: Writing, say: Say) -> Message:
    mark = data.drafted.mark
    more = [button(say.plain("Change the text"), "check_in.text_open", mark)]
    more.append(button(say.plain("Change the progress"), "check_in.standing_open", mark))
    if len(data.subjects) > 1:
        more.append(button(say.plain("Change the items"), "check_in.subjects_open", mark))
    if data.drafted.entered is not None:
        more.append(entering.day_button(mark, say))
    return Message(
        lines(bold(say("Please check")), *_content(data, say), *_asked(data, say)),
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


def _asked(data: Writing, say: Say) -> list[str | None]:
    need = data.drafted.need
    if need.kind is None or need.audience is None:
        return []
    asked = say(
        "Support asked for: {kind}. Who may know: {audience}",
        kind=words.need_kind(say.language, need.kind),
        audience=words.need_audience(say.language, need.audience, data.called),
    )
    if need.text:
        return [asked, quote(need.text)]
    return [asked, say("To say what is needed, send one more sentence; otherwise the report itself counts.")]


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
