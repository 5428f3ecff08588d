"""Every sentence of the program exists in both languages, with the same placeholders, and nothing else stands in the files."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from types import NoneType

import pytest
from babel.messages.catalog import Message

from locales import available
from locales.catalogue import FOLDER, merged

ROOT = FOLDER.parent
ROOMS = ("handlers", "reports", "bot")
Messages = dict[str | tuple[str, str], str]


def spoken(call: ast.Call) -> list[ast.expr]:
    """The arguments of a call that are messages: one, or singular and plural; a command's title is its third."""
    match call.func:
        case ast.Name(id="say" | "N_") | ast.Attribute(value=ast.Name(id="say"), attr="plain"):
            return call.args[:1]
        case ast.Attribute(value=ast.Name(id="say"), attr="many"):
            return call.args[:2]
        case ast.Attribute(value=ast.Name(id="language") | ast.Attribute(attr="language"), attr="text"):
            return call.args[:1]
        case ast.Attribute(value=ast.Name(id="language") | ast.Attribute(attr="language"), attr="plural"):
            return call.args[:2]
        case ast.Name(id="Command"):
            return call.args[2:3]
    return []


def calls() -> Iterator[tuple[str, list[ast.expr]]]:
    for path in (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and (arguments := spoken(node)):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", arguments


def sentences(argument: ast.expr) -> Iterator[str]:
    """A message, or the two between which a condition chooses."""
    match argument:
        case ast.Constant(value=str(message)):
            yield message
        case ast.IfExp(body=first, orelse=second):
            yield from (*sentences(first), *sentences(second))


def extracted() -> Messages:
    found: Messages = {}
    for place, arguments in calls():
        told = [list(sentences(argument)) for argument in arguments]
        if len(arguments) == 1:
            found.update(dict.fromkeys(told[0], place))
        elif all(told):
            found[told[0][0], told[1][0]] = place
    return found


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def forms(message: Message) -> list[str]:
    return [message.string or ""] if isinstance(message.string, (str, NoneType)) else list(message.string)


def wanted(message: Message) -> set[str]:
    return placeholders(message.id if isinstance(message.id, str) else message.id[1])


def test_no_message_is_put_together_before_translation() -> None:
    glued = [place for place, arguments in calls() if any(isinstance(a, (ast.JoinedStr, ast.BinOp)) for a in arguments)]
    assert not glued


def test_both_catalogues_are_there() -> None:
    assert available() == ("zh_Hans", "en")


@pytest.mark.parametrize("code", available())
def test_every_message_is_translated(code: str) -> None:
    ids = {m.id if isinstance(m.id, str) else tuple(m.id) for m in merged(code) if m.id}
    assert {key: place for key, place in extracted().items() if key not in ids} == {}


@pytest.mark.parametrize("code", available())
def test_no_translation_is_empty_or_has_other_placeholders(code: str) -> None:
    messages = [message for message in merged(code) if message.id]
    assert [m.id for m in messages if not all(forms(m))] == []
    loose = [
        m.id for m in messages if any(placeholders(form) - {"number"} != wanted(m) - {"number"} for form in forms(m))
    ]
    assert loose == []


@pytest.mark.parametrize("code", available())
def test_no_translation_has_outlived_its_message(code: str) -> None:
    known = extracted()
    ids = [m.id if isinstance(m.id, str) else tuple(m.id) for m in merged(code) if m.id]
    assert [key for key in ids if key not in known] == []


@pytest.mark.parametrize("code", available())
def test_no_entry_is_fuzzy_or_commented_out(code: str) -> None:
    files: list[Path] = sorted((FOLDER / code).glob("*.po"))
    assert [path.name for path in files if any(mark in path.read_text("utf-8") for mark in ("#~", "#, fuzzy"))] == []
