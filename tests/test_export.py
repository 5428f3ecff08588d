"""`run.py export`: what does not go through Telegram is written into a folder."""

from __future__ import annotations

import asyncio
from pathlib import Path

import docx
import pytest
import typer
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from commands.export import export
from domain.units import UnitKind
from storage.database import Writer, open_database
from tests.services.written_months import Organisation, at

BRANCH = "变电检修党支部"


def october(tx: Writer) -> None:
    made = Organisation(tx)
    committee = made.unit(UnitKind.COMMITTEE, "青江供电公司党委")
    branch = made.unit(UnitKind.BRANCH, BRANCH, committee)
    li_ming, wang_fang = made.person("李明", branch), made.person("王芳", branch)
    pairing = made.pairing(li_ming, wang_fang)
    made.reported(pairing, li_ming, "2026-10-09", at("2026-10-09"))


async def write_october(url: str) -> None:
    database = await open_database(url)
    await database.write(october)
    await database.close()


@pytest.fixture
def written(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asyncio.run(write_october(sqlite_url))
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> tuple[int, str]:
    app = typer.Typer()
    app.command()(export)
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.output


def test_every_unit_gets_its_four_files(written: None, tmp_path: Path) -> None:
    assert run("--month", "2026-10", "--to", "out")[0] == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        *(f"001 青江供电公司党委2026-10小结{ending}" for ending in (".docx", ".png", ".txt", ".xlsx")),
        *(f"002 {BRANCH}2026-10小结{ending}" for ending in (".docx", ".png", ".txt", ".xlsx")),
    ]


def test_one_unit_with_its_details(written: None, tmp_path: Path) -> None:
    code, output = run("--month", "2026-10", "--unit", "变电检修")
    assert (code, output.strip()) == (0, "export-2026-10")
    folder = tmp_path / "export-2026-10"
    text = (folder / f"{BRANCH}2026-10小结.txt").read_text(encoding="utf-8")
    assert "已交1份" in text
    assert "李明" not in text
    assert (folder / f"{BRANCH}2026-10小结.png").read_bytes().startswith(b"\x89PNG")
    paper = [line.text for line in docx.Document(str(folder / f"{BRANCH}2026-10小结.docx")).paragraphs]
    assert next(line for line in text.splitlines() if line.startswith("应交")) + "。" in paper
    book = CalamineWorkbook.from_path(folder / f"{BRANCH}2026-10小结.xlsx")
    assert "李明" in [cell for row in book.get_sheet_by_name("汇报明细").to_python() for cell in row]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--month", "2099-01"), "例如 --month 2026-10"),
        (("--month", "October"), "已经开始的月份"),
        (("--month", "2026-10", "--unit", "不存在"), "没有名称含“不存在”的组织"),
    ],
)
def test_what_cannot_be_exported_is_said_in_a_sentence(
    written: None, arguments: tuple[str, ...], sentence: str
) -> None:
    code, output = run(*arguments)
    assert code == 2
    assert sentence in output
