"""`run.py invite`: the first secretary is invited from the shell."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from commands import COMMANDS, assemble
from services import deployment
from storage.database import open_database
from tests.services.organisations import organisation

Run = Callable[..., Result]


@pytest.fixture
def run(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """The command on an organisation whose bot has been started once."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    asyncio.run(_prepared(sqlite_url))
    app = assemble([command for command in COMMANDS if command.name == "invite"])
    return lambda *arguments: CliRunner().invoke(app, ["invite", *arguments])


async def _prepared(url: str) -> None:
    database = await open_database(url)
    try:
        org = await organisation(database)
        await org.add("郑国华", account=False)
        await org.add("郑国强", account=False)
        await database.write(lambda tx: deployment.remember(tx, bot_username="shuangpei_bot", detail_files=True))
    finally:
        await database.close()


@pytest.mark.parametrize("who", ["郑国华", "000004", "4", "zhengguohua"])
def test_one_person_by_name_pinyin_or_number(run: Run, who: str) -> None:
    said = run(who)
    assert said.exit_code == 0, said.output
    assert re.search(
        r"变电检修党支部  郑国华  \w{4}-\w{4}  https://t\.me/shuangpei_bot\?start=\w{8}  有效期至", said.output
    )


def test_everybody_of_a_unit_on_slips(run: Run, tmp_path: Path) -> None:
    said = run("--unit", "变电检修党支部", "--slips", "slips.docx")
    assert said.exit_code == 0, said.output
    assert (tmp_path / "slips.docx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(["郑国"], "郑国强"), (["无名"], "没有找到"), (["--unit", "无此支部"], "没有“无此支部”这个组织")],
)
def test_who_is_not_clear_is_not_guessed(run: Run, arguments: list[str], told: str) -> None:
    said = run(*arguments)
    assert said.exit_code == 1
    assert told in said.output


def test_whoever_is_not_found_reads_what_to_do_in_one_language(run: Run) -> None:
    said = run("无名").output
    assert "“无名”" in said
    assert "import-roster" in said
    assert "Nobody" not in said


@pytest.mark.parametrize(("spoken", "other"), [("zh_CN.UTF-8", "Write slips"), ("en_GB.UTF-8", "生成可打印的邀请单")])
def test_the_help_speaks_the_language_of_the_shell_alone(
    monkeypatch: pytest.MonkeyPatch, spoken: str, other: str
) -> None:
    monkeypatch.setenv("LANG", spoken)
    helped = CliRunner().invoke(assemble(list(COMMANDS)), ["invite", "--help"]).output
    assert "--slips" in helped
    assert other not in helped
    assert " · " not in helped


def test_neither_or_both_is_refused(run: Run) -> None:
    assert run().exit_code == 2
    assert run("郑国华", "--unit", "变电检修党支部").exit_code == 2
