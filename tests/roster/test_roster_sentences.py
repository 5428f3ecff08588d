"""Every code has a sentence in both languages, with all that it names filled in."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from domain.refusals import Refusal
from domain.roster_columns import Column, UnknownColumn
from domain.roster_secretaries import RosterSecretary
from handlers.views.roster_problems import (
    PROBLEMS,
    REFUSALS,
    SECRETARY_PROBLEMS,
    column_sentence,
    problem_sentence,
    secretary_sentence,
)
from locales import available, language
from reports.workbook_reading import read_workbook
from tests.roster.offices import FILES, LI_MING, PAIRED, WANG_FANG, ZHAO_QIANG, first
from tests.roster.test_row_rules import WRONG

ROOT = Path(__file__).parents[2]
ROOMS = ("domain", "reports")


def test_every_code_of_the_rules_has_a_sentence() -> None:
    expected = json.loads((FILES / "roster-messy.expected.json").read_text("utf-8"))["rows"]
    met = {code for row in expected for code in row["problems"]} | {code for _, codes in WRONG for code in codes}
    assert met == PROBLEMS.keys() | {"track_mismatch"}


@pytest.mark.parametrize("code", available())
def test_a_problem_is_said_with_its_fields(code: str) -> None:
    for change, _ in WRONG:
        for problem in first(LI_MING | PAIRED | change, WANG_FANG, ZHAO_QIANG).problems:
            said = problem_sentence(language(code).text, problem)
            assert said
            assert "{" not in said


def test_the_sentence_says_what_to_do() -> None:
    (problem,) = first(LI_MING | {"工号": ""}).problems
    assert problem_sentence(language("zh").text, problem) == "工号为空，请补填工号后重新导入。"
    assert problem_sentence(language("en").text, problem).startswith("The staff number is empty: please")


def test_every_refusal_raised_for_a_file_has_a_sentence() -> None:
    sources = [path.read_text("utf-8") for room in ROOMS for path in (ROOT / room).glob("*.py")]
    raised = {code for source in sources for code in re.findall(r'Refus(?:al|ed)\("((?:workbook|roster)_\w+)"', source)}
    raised |= {"workbook_encrypted", "workbook_old_format"}
    assert raised == REFUSALS.keys()


@pytest.mark.parametrize("path", sorted((FILES / "bad-uploads").glob("*.xlsx")), ids=lambda path: path.stem)
def test_a_refusal_is_said_with_its_fields(path: Path) -> None:
    from domain.roster import read_roster
    from domain.roster_units import Known

    with pytest.raises(Refusal) as refused:
        read_roster(read_workbook(path), Known())
    for code in available():
        assert language(code).text(REFUSALS[refused.value.code], **refused.value.fields)


def test_a_secretary_who_is_not_in_the_roster() -> None:
    line = RosterSecretary(4, "外星支部", "站长", "林一", "", None, ("person_unknown", "title_unknown", "unit_unknown"))
    said = [secretary_sentence(language("zh").text, line, code) for code in SECRETARY_PROBLEMS]
    assert all("第4行" in sentence and "{" not in sentence for sentence in said)


def test_an_unknown_header_is_a_question() -> None:
    say = language("zh").text
    assert column_sentence(say, UnknownColumn("座位", None)) == "标题“座位”不能识别，该列未读取。"
    assert column_sentence(say, UnknownColumn("导师号", Column.MENTOR_NO)).endswith("是否为“导师工号 (mentor_no)”？")
