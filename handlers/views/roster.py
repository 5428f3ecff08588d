"""What a roster would change, what is asked about it, what was done, and the workbooks that go with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from handlers.views.page import Button, Document, Html, Message, Say, bold, button, lines, shortened
from handlers.views.roster_findings import COUNTS, LEFT_OUT, OFFERS, QUESTIONS, column_word, finding_line
from handlers.views.roster_problems import column_sentence
from handlers.views.roster_sentences import problem_lines, problems_file, secretary_line
from locales import N_
from reports.roster_workbook import roster_template, roster_workbook
from services.roster_overview import EXAMPLES, SHOWN_PROBLEMS, Overview
from services.roster_preview import FindingKind, LeftOut, Question, RosterResult

if TYPE_CHECKING:
    from services.roster_export import CurrentRoster

REFUSALS = {
    "roster_not_yours": N_(
        "Rosters are imported by secretaries and organisation officers. If something about you is wrong in it, please tell your branch secretary."
    ),
    "roster_two_committees": N_(
        "The organisation is “{name}”, but the file has “{other}” as a committee too. "
        "Please leave one committee on the sheet 组织 and write its name as it stands here."
    ),
}
IMPORT_NOW = N_("Import this?")
NOTHING_TO_IMPORT = N_("There is nothing to import: everything is as in the file already.")
LONGEST_NAME = 60


def reading(data: Mapping[str, Any], say: Say) -> Message:
    return Message(say("Reading “{file}” …", file=shortened(data["name"], LONGEST_NAME)))


def importing(data: Mapping[str, Any], say: Say) -> Message:
    return Message(say("Importing “{file}” …", file=shortened(data["name"], LONGEST_NAME)))


def cancelled(data: Mapping[str, Any], say: Say) -> Message:  # noqa: ARG001 - the shape of every view
    return Message(say("Cancelled; nothing was changed."))


def preview(data: Mapping[str, Any], say: Say) -> Message:
    shown: Overview = data["overview"]
    file = problems_file(data.get("problems", ()), data.get("secretaries", ()), say)
    text = lines(
        bold(say("What “{file}” would change", file=shortened(data["name"], LONGEST_NAME))),
        *count_lines(shown, say),
        *example_lines(shown, say),
        *_problems(shown, say),
        *_columns(shown, say),
        "",
        _closing(shown, say),
    )
    return Message(text, _buttons(data, shown, say), files=[file] if file else [])


def count_lines(shown: Overview, say: Say) -> list[Html]:
    kinds = [kind for kind in COUNTS if shown.counts.get(kind)]
    counted = [
        say("People in the file: {number}", number=shown.people),
        *(say(COUNTS[kind], number=shown.counts[kind]) for kind in kinds),
        say("Unchanged: {number}", number=shown.unchanged) if shown.unchanged else None,
        say("With problems, not imported: {number}", number=shown.kept_out) if shown.kept_out else None,
    ]
    return [line for line in counted if line is not None]


def example_lines(shown: Overview, say: Say) -> list[Html]:
    told: list[Html] = []
    for kind in FindingKind:
        found = [finding_line(finding, say) for finding in shown.of_kind(kind)]
        seen = [line for line in found if line is not None]
        number = shown.counts.get(kind, 0)
        if seen:
            told += [Html(""), *([bold(say(QUESTIONS[kind]))] if kind in QUESTIONS else []), *seen]
            told += [say("… {number} in all", number=number)] if number > len(seen) else []
    return told


def _problems(shown: Overview, say: Say) -> list[Html]:
    if not shown.problem_count:
        return []
    head = [Html(""), bold(say("Please correct in the file and import it again"))]
    if shown.problem_count > SHOWN_PROBLEMS:
        return [*head, say("There are {number} problems: see the attached workbook.", number=shown.problem_count)]
    return [*head, *problem_lines(shown.problems, say), *(secretary_line(one, say) for one in shown.secretary_problems)]


def _columns(shown: Overview, say: Say) -> list[Html]:
    return [line for one in shown.unknown_columns for line in (Html(""), Html(column_sentence(say, one)))]


def _closing(shown: Overview, say: Say) -> Html:
    if shown.changes_nothing and not _asks(shown):
        return say(NOTHING_TO_IMPORT)
    return say("Nothing has been changed yet. Rows with problems are left out; everything else is imported at once.")


def _asks(shown: Overview) -> bool:
    return any(shown.counts.get(FindingKind(question)) for question in Question)


def _buttons(data: Mapping[str, Any], shown: Overview, say: Say) -> list[list[Button]]:
    upload = data["upload"]
    cancel = button(say.plain("Cancel"), "roster.cancel", upload)
    go_on = (
        [] if shown.changes_nothing and not _asks(shown) else [button(say.plain("Import"), "roster.confirm", upload)]
    )
    return [*_column_buttons(upload, shown, say), *_question_buttons(data, shown, say), [*go_on, cancel]]


def _column_buttons(upload: int, shown: Overview, say: Say) -> list[list[Button]]:
    return [
        [
            button(
                say.plain("“{header}” is {column}", header=column.header[:12], column=column_word(column.nearest)),
                "roster.column", upload, place,
            ),
            button(say.plain("Ignore"), "roster.ignore", upload, place),
        ]
        for place, column in enumerate(shown.unknown_columns)
        if column.nearest
    ]  # fmt: skip


def _question_buttons(data: Mapping[str, Any], shown: Overview, say: Say) -> list[list[Button]]:
    numbers = {question: shown.counts.get(FindingKind(question), 0) for question in Question}
    marks = {question: "☑" if question in data["accepted"] else "☐" for question in Question}
    return [
        [
            button(
                f"{marks[question]} {say.plain(OFFERS[question], number=number)}",
                "roster.accept",
                data["upload"],
                question,
            )
        ]
        for question, number in numbers.items()
        if number
    ]


def imported(data: Mapping[str, Any], say: Say) -> Message:
    result: RosterResult = data["result"]
    counts = result.preview.counts
    done = [kind for kind in COUNTS if counts.get(kind) and kind is not FindingKind.PERSON_ABSENT]
    text = lines(
        bold(say("“{file}” is imported", file=shortened(data["name"], LONGEST_NAME))),
        *(say(COUNTS[kind], number=counts[kind]) for kind in done),
        None if done else say("Nothing had to be changed: everything is as in the file already."),
        *_left_as_it_is(result, say),
        *_left_out(result.left_out, say),
        "",
        say("Next: invite those who are not registered yet. Those whose pairing begins are told automatically."),
    )
    top = data["top"]
    buttons = [[button(say.plain("Make invitations"), "invites.ask_unit", top.id)]] if top else []
    return Message(text, buttons)


def _left_as_it_is(result: RosterResult, say: Say) -> list[Html]:
    waiting = sum(result.preview.counts.get(FindingKind(question), 0) for question in Question)
    kept_out = result.preview.kept_out
    return [
        *([say("With problems, not imported: {number}", number=kept_out)] if kept_out else []),
        *([say("Questions without a yes, left as they are: {number}", number=waiting)] if waiting else []),
    ]


def _left_out(left_out: tuple[LeftOut, ...], say: Say) -> list[Html]:
    if not left_out:
        return []
    shown = left_out[:EXAMPLES]
    return [
        Html(""),
        bold(say("Not set up")),
        *(say("Row {row}, {name}: {why}", row=one.row, name=one.name, why=_why(one, say)) for one in shown),
        *([say("… {number} in all", number=len(left_out))] if len(left_out) > len(shown) else []),
    ]


def _why(one: LeftOut, say: Say) -> Html:
    from handlers.views import refusals

    if one.code not in refusals.SENTENCES:
        return say(LEFT_OUT)
    return Html(refusals.sentence(one.code, one.fields, say).text)


def current(data: Mapping[str, Any], say: Say) -> Message:
    kept: CurrentRoster | None = data["roster"]
    buttons = [[button(say.plain("Empty template"), "roster.template")]]
    if kept is None:
        return Message(
            say(
                "Here files with details are not sent through Telegram; the administrator makes them on the server. "
                "To change the roster, fill in the template and send it to me."
            ),
            buttons,
        )
    text = lines(
        say.many("The roster as it stands, one person.", "The roster as it stands, {number} people.", len(kept.people)),
        say("Change what has changed and send the workbook back to me; I show first what it would do."),
    )
    name = say.plain("Roster {unit} {day}.xlsx", unit=kept.top.name if kept.top else "", day=f"{say.now:%Y%m%d}")
    book = Document(name, lambda: roster_workbook(kept.people, kept.units, kept.secretaries))
    return Message(text, buttons, files=[book])


def template(data: Mapping[str, Any], say: Say) -> Message:
    units = data["units"]
    text = say("One row for each person; the notes at the headers say what belongs where. Then send it to me.")
    return Message(text, files=[Document(say.plain("Roster template.xlsx"), lambda: roster_template(units))])
