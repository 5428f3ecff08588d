"""The month of `run.py demo --play --story month`: two real processes, and every chapter to its end.

It takes a minute, so it belongs to the long run; in the usual one each of its points has dialogues of its own.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from commands.demo.month_story.chinese import CHINESE
from commands.demo.month_story.english import ENGLISH
from commands.demo.month_story.script import Script
from commands.demo.play import play_story

KEPT = {"2026-10-branch.docx", "2026-10-branch.png", "2026-10-branch.txt", "2026-10-branch.xlsx",
        "2026-10-committee.docx", "2026-10-committee.png", "2026-10-committee.txt", "2026-10-committee.xlsx"}  # fmt: skip
FORMS = 3
"""Empty for a pairing, filled in for a report and for an evaluation."""


@pytest.mark.long
@pytest.mark.parametrize(("locale", "script"), [("zh_Hans", CHINESE), ("en", ENGLISH)], ids=["zh", "en"])
def test_october_ends_well(locale: str, script: Script, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ended = asyncio.run(play_story(locale, tmp_path, "month"))
    told = capsys.readouterr().out
    assert ended == 0, told[-2000:]
    for title, why in script.chapters:
        assert title in told
        assert why in told
    files = {one.name for one in tmp_path.iterdir()}
    assert files >= KEPT
    assert len([name for name in files - KEPT if name.endswith(".docx")]) == FORMS
