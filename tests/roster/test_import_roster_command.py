"""`run.py import-roster FILE --dry-run`: line by line as JSON for programs, in sentences for people."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner, Result

from commands import COMMANDS, assemble
from tests.roster.offices import FILES

MESSY = str(FILES / "roster-messy.xlsx")


def run(*arguments: str, chinese: bool = True) -> Result:
    app = assemble([command for command in COMMANDS if command.name in ("import-roster", "test")])
    return CliRunner().invoke(app, ["import-roster", *arguments], env={"LC_ALL": "zh_CN.UTF-8" if chinese else "C"})


@pytest.mark.parametrize("name", ["roster-clean", "roster-messy"])
def test_a_line_of_json_for_every_row_of_the_first_sheet(name: str) -> None:
    result = run(str(FILES / f"{name}.xlsx"), "--dry-run", "--json")
    assert result.exit_code == 0
    wanted = json.loads((FILES / f"{name}.expected.json").read_text("utf-8"))["rows"]
    assert [json.loads(line) for line in result.stdout.splitlines()] == wanted
    assert "\\u" not in result.stdout


def test_people_are_told_what_to_do() -> None:
    said = run(MESSY, "--dry-run").stdout.splitlines()
    assert "台账 45 员工编号 · 工号为空，请补填工号后重新导入。" in said
    assert "标题“内部排序”不能识别，该列未读取。" in said
    assert said[-1] == "ok: 104 problem: 28 skipped: 12"


def test_the_unknown_column_can_be_answered_beforehand() -> None:
    lines = run(MESSY, "--dry-run", "--json", "--column", "内部排序=rotation_team").stdout.splitlines()
    assert json.loads(lines[4])["values"]["rotation_team"] == "1"


def test_a_column_that_does_not_exist_is_refused() -> None:
    result = run(MESSY, "--dry-run", "--column", "内部排序=seat")
    assert result.exit_code == 1
    assert "标题“内部排序”不能对应到“seat”" in result.stderr


def test_an_answer_needs_its_two_halves() -> None:
    assert run(MESSY, "--dry-run", "--column", "内部排序").exit_code == 2


@pytest.mark.parametrize(("chinese", "words"), [(True, "工作簿设有密码"), (False, "The workbook has a password")])
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(chinese: bool, words: str) -> None:  # noqa: FBT001 - drawn by hypothesis or pytest
    result = run(str(FILES / "bad-uploads" / "encrypted.xlsx"), "--dry-run", "--json", chinese=chinese)
    assert (result.exit_code, result.stdout) == (1, "")
    assert words in result.stderr


def test_a_file_that_is_not_there_is_said_to_be_missing() -> None:
    assert run("nowhere.xlsx", "--dry-run").exit_code == 2
