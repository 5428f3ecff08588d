"""Markup and formulas in all that people write, names included: shown as text in chat, on buttons, in pictures and files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest

from emulator.entities import parse_html
from handlers.said import Said
from handlers.views.page import Document, Message, Picture
from storage.database import Writer, open_database
from tests.services.matrix import ADMINISTRATOR, ROUTES, World, presses, world

HOSTILE = "=1+1<b>x</b>&amp;{name}%s"


class _Undone(Exception):
    """Carries what was said out of a unit that must leave nothing."""


@pytest.fixture
async def hostile(sqlite_url: str) -> World:
    return await world(await open_database(sqlite_url), HOSTILE)


async def messages(small: World, name: str) -> list[tuple[str, Message]]:
    """All that a person gets to see by commands and buttons, and by hostile words said after them."""
    said = [small.typed(name, f"/{command}") for command in ROUTES.commands]
    said += [small.pressed(name, press) for press in presses(1)]
    return [(one.press or one.command, message) for one in said for message in await _heard(small, name, one)]


async def _heard(small: World, name: str, said: Said) -> list[Message]:
    def unit(tx: Writer) -> None:
        heard = [small.looked(tx, said)[1]]
        if tx.has_changed("draft"):
            heard.append(small.looked(tx, small.typed(name, HOSTILE))[1])
        raise _Undone(heard)

    with pytest.raises(_Undone) as undone:
        await small.database.write(unit)
    heard: list[Message] = undone.value.args[0]
    return heard


@pytest.mark.parametrize("name", ["李明", "王芳", "陈静", "郑涛", "周伟", ADMINISTRATOR])
async def test_what_people_write_is_shown_as_text(hostile: World, name: str) -> None:
    shown = 0
    for what, message in await messages(hostile, name):
        assert "<b>x</b>" not in message.text, (what, message.text)
        if message.text:
            plain, _ = parse_html(message.text)
            assert "<b>x</b>&<" not in plain, what
            assert plain.count("<b>x</b>&amp;") == plain.count("<b>x"), (what, plain)
            shown += plain.count(HOSTILE)
        for label in (message.toast, *(button.text for row in message.buttons for button in row)):
            assert "&lt;" not in label, (what, label)
        for file in message.files:
            check_file(what, file)
    assert shown
    await hostile.database.close()


def check_file(what: str, file: object) -> None:
    if isinstance(file, Picture):
        drawn = ET.fromstring(file.svg())
        assert not [one for one in drawn.iter() if one.tag.endswith("}b")], what
    elif isinstance(file, Document):
        made = file.make()
        if made.startswith(b"PK"):
            assert not list(formulas(made)), what


def formulas(made: bytes) -> Iterator[str]:
    """Cells that a spreadsheet would compute."""
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        for name in packed.namelist():
            if name.startswith("xl/worksheets/sheet"):
                yield from (name for cell in ET.fromstring(packed.read(name)).iter() if cell.tag.endswith("}f"))
