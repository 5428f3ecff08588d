"""What the repository promises to those who read and install it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bot.settings import Settings
from commands import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
READMES = ("README.md", "README.zh-CN.md")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def named_settings(example: str) -> list[str]:
    return re.findall(r"^(?:# )?([A-Z][A-Z_]+)=", example, flags=re.MULTILINE)


def test_every_setting_stands_in_the_example_and_nothing_else() -> None:
    example = text(".env.example")
    fields = {name.upper() for name in Settings.model_fields}
    in_files = {name for name in fields if name.endswith("_FILE")}
    assert set(named_settings(example)) == fields - in_files
    assert [name for name in in_files if name not in example] == []


def test_the_example_shows_the_defaults() -> None:
    shown = re.findall(r"^# ([A-Z][A-Z_]+)=(.+)$", text(".env.example"), flags=re.MULTILINE)
    read = Settings.model_validate({name.lower(): value for name, value in shown})
    changed = [name for name, _ in shown if getattr(read, name.lower()) != Settings.model_fields[name.lower()].default]
    assert shown
    assert changed == []


def test_no_setting_stands_in_the_example_twice() -> None:
    names = named_settings(text(".env.example"))
    assert len(names) == len(set(names))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_registry(lock: str) -> None:
    assert "://" not in text(lock)
    assert re.findall(r"^--?\S*(?:index|find-links|trusted)\S*", text(lock), flags=re.MULTILINE) == []


def pins(lock: str) -> dict[str, str]:
    """Each pin of a lock with the lines that belong to it."""
    entries = re.split(r"\n(?=[a-zA-Z0-9])", text(lock))
    return {entry.partition(" ")[0]: entry for entry in entries if re.match(r"[\w.\[\]-]+==", entry)}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_its_hashes(lock: str) -> None:
    assert [pin for pin, entry in pins(lock).items() if "--hash=sha256:" not in entry] == []


def test_the_developers_lock_contains_the_other() -> None:
    assert pins(LOCKS[0])
    assert pins(LOCKS[0]).keys() <= pins(LOCKS[1]).keys()


def test_every_direct_dependency_is_locked() -> None:
    project = tomllib.loads(text("pyproject.toml"))
    wanted = {re.split(r"[\[<>=~! ]", line)[0].lower() for line in project["project"]["dependencies"]}
    assert wanted <= {re.split(r"[\[=]", pin)[0] for pin in pins(LOCKS[0])}


EXCEPTION_TABLES = r"^ignore = \[\n(.*?)^\]|^\[tool\.ruff\.lint\.(?:per-file-ignores|flake8-self)\]\n(.*?)^$"


def exceptions_without_reason(pyproject: str) -> list[str]:
    """Lines of ruff's tables that switch a rule off without saying why."""
    tables = re.findall(EXCEPTION_TABLES, pyproject, flags=re.MULTILINE | re.DOTALL)
    lines = [line for table in tables for part in table for line in part.splitlines()]
    return [line for line in lines if re.search(r'"[A-Z_]\w*"', line) and not re.search(r"# \w", line)]


def test_every_lint_exception_says_why() -> None:
    assert exceptions_without_reason(text("pyproject.toml")) == []
    assert exceptions_without_reason('ignore = [\n    "E501",\n    "S101", # a reason\n]\n') == ['    "E501",']


SILENT_EXCEPTION = re.compile(r"# noqa(?!: [A-Z]+\d+(?:, [A-Z]+\d+)* [-—] \w)")


def test_every_exception_in_the_code_says_why() -> None:
    files = [path for path in ROOT.rglob("*.py") if not {".venv", "versions"} & set(path.parts)]
    silent = [
        path for path in files if SILENT_EXCEPTION.search(path.read_text(encoding="utf-8")) and path != Path(__file__)
    ]
    assert silent == []


@pytest.mark.parametrize("readme", READMES)
def test_every_command_is_in_the_readme(readme: str) -> None:
    built = [command.name for command in COMMANDS if command.is_there()]
    assert [name for name in built if f"run.py {name}" not in text(readme)] == []


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_links_to_files_that_are_there(readme: str) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", text(readme))
    assert [link for link in links if not (ROOT / link).exists()] == []
