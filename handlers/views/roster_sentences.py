"""The problems of an import with sheet, row and column: as lines of a message, or as a workbook when they are many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from domain.roster_rows import Problem
from domain.roster_secretaries import SECRETARY_SHEET
from handlers.views.page import Document, Html, Say
from handlers.views.roster_problems import problem_sentence, secretary_sentence
from locales import N_
from reports.roster_workbook import problems_workbook
from services.roster_overview import SHOWN_PROBLEMS
from services.roster_preview import RowProblem, SecretaryProblem

WIDTHS = (12, 8, 18, 80)


class Speak(Protocol):
    def __call__(self, message: str, /, **fields: object) -> str: ...


WHEN_COMPARED = {
    "unit_not_yours": N_("“{value}” lies outside your own units: please ask the committee's office to add it."),
    "person_not_yours": N_(
        "This person is not in your own units, or would be moved there from elsewhere: "
        "please ask the committee's office to import the row."
    ),
    "mentor_kept_out": N_(
        "The pairing waits, because the row of {name} has a problem: please correct it and import again."
    ),
    "rotation_overlap": N_("There is a rotation from {first} to {last} already: please check the dates."),
}
SECRETARIES_WHEN_COMPARED = {
    "role_not_yours": N_(
        "Sheet 书记, row {row}: posts are given by the committee's office, so {name} was not entered as {title}."
    ),
    "person_kept_out": N_(
        "Sheet 书记, row {row}: the row of {name} has a problem, so the post {title} waits. Please correct that row first."
    ),
}


def sentence(say: Speak, problem: Problem) -> str:
    found = WHEN_COMPARED.get(problem.code)
    return say(found, **problem.fields) if found else problem_sentence(say, problem)


def secretary_said(say: Speak, one: SecretaryProblem) -> str:
    found = SECRETARIES_WHEN_COMPARED.get(one.code)
    if found is None:
        return secretary_sentence(say, one.line, one.code)
    return say(found, row=one.line.row, name=one.line.name, title=one.line.title)


def problem_lines(problems: Iterable[RowProblem], say: Say) -> Iterator[Html]:
    for one in problems:
        why = Html(sentence(say, one.problem))
        if one.heading:
            yield say("Row {row}, {heading}: {why}", row=one.row, heading=one.heading, why=why)
        else:
            yield say("Row {row}: {why}", row=one.row, why=why)


def secretary_line(one: SecretaryProblem, say: Say) -> Html:
    return Html(secretary_said(say, one))


def problems_file(problems: Sequence[RowProblem], secretaries: Sequence[SecretaryProblem], say: Say) -> Document | None:
    """None when they are so few that the message names each."""
    if len(problems) + len(secretaries) <= SHOWN_PROBLEMS:
        return None
    headings = [say.plain("Sheet"), say.plain("Row"), say.plain("Column"), say.plain("What to do")]
    table: list[tuple[str | int, ...]] = [
        (one.sheet, one.row, one.heading, sentence(say.plain, one.problem)) for one in problems
    ]
    table += [(SECRETARY_SHEET, one.line.row, "", secretary_said(say.plain, one)) for one in secretaries]
    sheet, name = say.plain("Problems"), say.plain("Problems of the roster.xlsx")
    return Document(name, lambda: problems_workbook(sheet, headings, table, WIDTHS))
