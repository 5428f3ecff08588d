"""The law of the house: who may import whom, and how modules are named. Read from the source, so that nothing escapes."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ("docx", "jinja2", "python_calamine", "resvg_py", "segno", "xlsxwriter")


@dataclass(frozen=True, slots=True)
class Law:
    """What a room may import beside itself and the standard library: whole rooms or single modules, and packages."""

    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    any_package: bool = False


LAWS = {
    "domain": Law(),
    "locales": Law(theirs=("babel",)),
    "storage": Law(ours=("domain",), theirs=("sqlalchemy", "alembic", "aiosqlite", "psycopg")),
    "services": Law(ours=("storage", "domain"), theirs=("holidays", "rapidfuzz", "pypinyin", "structlog")),
    "reports": Law(ours=("domain", "locales"), theirs=(*DOCUMENTS, "noto_cjk_sans_otc")),
    "handlers": Law(
        ours=("services", "reports", "locales", "domain", "storage.database"),
        theirs=("telegram", "structlog"),
    ),
    "bot": Law(
        ours=(
            *("handlers", "services", "reports", "locales", "domain"),
            *("storage.database", "storage.inbox", "storage.outbox"),
        ),
        theirs=(
            *("telegram", "apscheduler", "aiohttp", "aiohttp_socks", "starlette", "uvicorn"),
            *("pydantic", "pydantic_settings", "structlog", "prometheus_client"),
        ),
    ),
    "emulator": Law(theirs=("starlette", "uvicorn", "python_multipart", "multipart", "httpx")),
    "commands": Law(
        ours=("bot", "handlers", "services", "storage", "reports", "domain", "locales", "emulator", "benchmarks"),
        any_package=True,
    ),
    "run": Law(ours=("commands",)),
}
OURS = {*LAWS, "tests", "benchmarks"}


def imports(source: str) -> Iterator[str]:
    """Every dotted name that a module imports, at its top, in functions, for the type checker or by `import_module`."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(module), names=names, level=0):
                yield from (f"{module}.{name.name}" for name in names)
            case ast.Call(
                func=ast.Name(id="import_module" | "__import__") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(module)), *_],
            ):
                yield module


def permits(room: str, name: str) -> bool:
    law, package = LAWS[room], name.partition(".")[0]
    if package == room or package in sys.stdlib_module_names:
        return True
    if package in OURS:
        return any(f"{name}.".startswith(f"{allowed}.") for allowed in law.ours)
    return law.any_package or package in law.theirs


def offences(room: str, source: str) -> list[str]:
    return [name for name in imports(source) if not permits(room, name)]


def sources(room: str) -> list[Path]:
    return [ROOT / "run.py"] if room == "run" else sorted((ROOT / room).rglob("*.py"))


def rooms() -> list[str]:
    return [room for room in LAWS if sources(room)]


@pytest.mark.parametrize("room", rooms())
def test_a_room_imports_only_what_its_law_names(room: str) -> None:
    found = {str(path.relative_to(ROOT)): offences(room, path.read_text(encoding="utf-8")) for path in sources(room)}
    assert {path: names for path, names in found.items() if names} == {}


OFFENDER = """
from __future__ import annotations
import sqlite3, telegram.ext
from importlib import import_module
from typing import TYPE_CHECKING
from domain import pairings
from storage import database, people
from storage.database import Writer
if TYPE_CHECKING:
    from bot.settings import Settings
def late():
    import psycopg
    from storage.inbox import claim
    import_module("alembic")
    import tests.cast
"""


@pytest.mark.parametrize(
    ("room", "names"),
    [
        (
            "handlers",
            {"storage.people", "bot.settings.Settings", "psycopg", "storage.inbox.claim", "alembic", "tests.cast"},
        ),
        ("bot", {"storage.people", "psycopg", "alembic", "tests.cast"}),
        ("storage", {"telegram.ext", "bot.settings.Settings", "tests.cast"}),
        ("commands", {"tests.cast"}),
    ],
)
def test_an_offender_is_seen_wherever_it_hides(room: str, names: set[str]) -> None:
    assert set(offences(room, OFFENDER)) == names


def test_the_pure_rooms_see_nothing_but_themselves() -> None:
    assert offences("emulator", "import telegram") == ["telegram"]
    assert offences("domain", "import domain.units, datetime, holidays") == ["holidays"]
    assert offences("run", "import typer\nfrom commands import main") == ["typer"]


@pytest.mark.parametrize("room", [room for room in rooms() if room != "run"])
def test_no_drawer_for_odds_and_ends(room: str) -> None:
    names = {part for path in sources(room) for part in path.relative_to(ROOT).with_suffix("").parts}
    assert names.isdisjoint({"utils", "util", "core", "common", "helpers", "helper", "misc"})


def plain(stem: str) -> str:
    """The noun behind a module's name, whatever its number and spelling."""
    noun = {"people": "person", "inboxes": "inbox"}.get(stem, stem).replace("_", "")
    return noun[:-3] + "y" if noun.endswith("ies") else noun.removesuffix("s")


def spellings(stems: set[str]) -> list[set[str]]:
    by_noun = defaultdict(set)
    for stem in stems:
        by_noun[plain(stem)].add(stem)
    return [names for names in by_noun.values() if len(names) > 1]


def test_a_noun_bears_one_name_on_every_floor() -> None:
    floors = ("domain", "storage", "services", "handlers")
    assert spellings({path.stem for floor in floors for path in sources(floor)}) == []


def test_two_spellings_of_one_noun_are_seen() -> None:
    found = spellings({"people", "person", "check_ins", "checkins", "units", "duties", "duty"})
    assert sorted(sorted(names) for names in found) == [
        ["check_ins", "checkins"],
        ["duties", "duty"],
        ["people", "person"],
    ]


LOAD_ALL = """
import importlib, pkgutil, sys
room = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(room.__path__, sys.argv[1] + "."):
    if not module.name.startswith("commands.demo.life."):  # it works with the database and is loaded when it is wanted
        importlib.import_module(module.name)
print(*sorted(set(sys.argv[2:]) & set(sys.modules)))
"""


@pytest.mark.parametrize(
    ("room", "heavy"),
    [
        ("commands", (*DOCUMENTS, "telegram", "sqlalchemy", "aiohttp", "starlette", "pydantic", "holidays", "psycopg")),
        ("handlers", (*DOCUMENTS, "psycopg", "alembic", "holidays", "pypinyin")),
        ("bot", (*DOCUMENTS, "psycopg", "alembic", "holidays", "pypinyin")),
    ],
)
def test_heavy_parts_wait_until_they_are_used(room: str, heavy: tuple[str, ...]) -> None:
    if room not in rooms():
        pytest.skip(f"{room} is not built yet")
    command = [sys.executable, "-c", LOAD_ALL, room, *heavy]
    loaded = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert loaded.split() == []


LOAD_SERVER = """
import sys
from commands.serve import TERMINAL, left_out
with left_out(TERMINAL):
    import bot.start
print(*set(TERMINAL) & set(sys.modules))
import rich
"""


def test_a_server_does_without_what_draws_on_terminals() -> None:
    command = [sys.executable, "-c", LOAD_SERVER]
    assert subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split() == []
