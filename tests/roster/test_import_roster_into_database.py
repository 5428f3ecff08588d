"""`run.py import-roster FILE`: preview, question, import; the same file again finds nothing to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from commands import COMMANDS, assemble
from tests.roster.offices import FILES

CLEAN, MESSY = str(FILES / "roster-clean.xlsx"), str(FILES / "roster-messy.xlsx")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database will be: in a folder that is not there yet."""
    return tmp_path / "data" / "shuangpei.db"


def run(file: Path, *arguments: str, answer: str = "", chinese: bool = True) -> Result:
    app = assemble([command for command in COMMANDS if command.name in ("import-roster", "test")])
    surroundings = {"LC_ALL": "zh_CN.UTF-8" if chinese else "C", "DATABASE_URL": f"sqlite:///{file}", "COLUMNS": "100"}
    return CliRunner().invoke(app, ["import-roster", *arguments], input=answer, env=surroundings)


def people(file: Path) -> int:
    connection = sqlite3.connect(file)
    try:
        return int(connection.execute("SELECT count(*) FROM person").fetchone()[0])
    finally:
        connection.close()


def test_without_a_question_it_is_imported_once(file: Path) -> None:
    result = run(file, CLEAN, "--yes")
    assert (result.exit_code, people(file)) == (0, 246)
    assert "《roster-clean.xlsx》导入完成" in result.stdout
    assert "246人" in result.stdout
    again = run(file, CLEAN, "--yes")
    assert (again.exit_code, people(file)) == (0, 246)
    assert "现有信息与文件一致，无需导入。" in again.stdout


def test_whoever_says_no_changes_nothing(file: Path) -> None:
    result = run(file, CLEAN, answer="n\nn\n")
    assert (result.exit_code, people(file)) == (1, 0)
    assert "已取消导入，没有作任何改动。" in result.stdout


def test_questions_are_asked_and_the_answer_counts(file: Path) -> None:
    result = run(file, CLEAN, answer="y\ny\n", chinese=False)
    assert (result.exit_code, people(file)) == (0, 246)
    assert "Link the hosts" in result.stdout
    assert "New people: 246" in result.stdout


def test_problems_are_said_and_the_rest_comes_in(file: Path) -> None:
    result = run(file, MESSY, "--yes")
    assert (result.exit_code, people(file)) == (0, 104)
    assert "第45行“员工编号”：工号为空，请补填工号后重新导入。" in result.stdout
    assert "标题“内部排序”不能识别" in result.stdout


def test_a_second_committee_is_refused_in_a_sentence(file: Path, tmp_path: Path) -> None:
    from domain.roster_units import RosterUnit
    from domain.units import UnitKind
    from reports.roster_workbook import roster_template

    run(file, CLEAN, "--yes")
    other = tmp_path / "other.xlsx"
    other.write_bytes(roster_template([RosterUnit("另一公司党委", UnitKind.COMMITTEE, "")]))
    result = run(file, str(other), "--yes")
    assert result.exit_code == 1
    assert "现有党委是“中共示例电力工程有限公司委员会”" in result.stderr


def test_json_goes_with_a_dry_run_only(file: Path) -> None:
    assert run(file, CLEAN, "--json").exit_code == 2
    assert not file.exists()
