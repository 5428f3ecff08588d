"""The table in docs/emulator.md says what is covered and what is refused, and that is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from emulator.methods import METHODS
from emulator.phone import Telegram
from emulator.world import TOKEN

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "emulator.md").read_text(encoding="utf-8")
REFUSED = re.findall(r"\b[a-z]+[A-Z]\w+\b|\bclose\b", PAGE.partition("| refused with 404 |")[2].partition("\n\n")[0])


def test_what_is_covered_is_told() -> None:
    told = {name.lower() for name in re.findall(r"\w+", PAGE.partition("| refused with 404 |")[0])}
    assert set(METHODS) - told == set()


@pytest.mark.parametrize("method", REFUSED)
async def test_the_rest_is_refused(local: Telegram, method: str) -> None:
    answer = await local.http.post(f"/bot{TOKEN}/{method}", json={"chat_id": 1})
    assert (answer.status_code, answer.json()["ok"]) == (404, False)
