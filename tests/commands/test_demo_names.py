"""In English the demonstration's people and units have English names, everywhere and without two of a branch alike."""

from __future__ import annotations

import re
from dataclasses import astuple
from datetime import date

import pytest

from commands.demo.cast import CAST
from commands.demo.guide import told
from commands.demo.month_story.chinese import CHINESE as MONTH_IN_CHINESE
from commands.demo.month_story.english import ENGLISH as MONTH
from commands.demo.month_story.people import roster
from commands.demo.month_story.script import Script
from commands.demo.names import called, spoken
from commands.demo.roster import Organisation, organisation
from commands.demo.script import ENGLISH as STORY
from commands.demo.script import Script as MainScript

CHINESE = re.compile("[\u4e00-\u9fff]")
DRAWN = organisation(date(2026, 7, 13), "en", hosts=True)


@pytest.mark.parametrize("drawn", [DRAWN, roster(MONTH, "en")], ids=["page", "month"])
def test_everybody_and_everything_has_an_english_name(drawn: Organisation) -> None:
    people = {name for one in drawn.people for name in (one.name, one.mentor_name, one.rotation_host)}
    units = {one.name for one in drawn.units} | {
        name for one in drawn.people for name in (one.group, one.rotation_unit)
    }
    shown = [called(name, "en") for name in people | units]
    assert not [name for name in shown if CHINESE.search(name)]
    assert len({called(name, "en") for name in units}) == len(units)


def test_nobody_has_a_namesake_in_the_own_branch() -> None:
    named = [(one.unit, called(one.name, "en")) for one in DRAWN.people]
    assert len(set(named)) == len(named)


@pytest.mark.parametrize("script", [MONTH, STORY], ids=["month", "story"])
def test_english_stories_are_told_in_english(script: Script | MainScript) -> None:
    assert not CHINESE.search(str(astuple(script)))
    assert not CHINESE.search(str(told("en", "0804")))
    assert not [one.name for one in CAST if CHINESE.search(one.english)]


def test_in_chinese_everything_stays() -> None:
    assert called("李明", "zh_Hans") == "李明"
    assert spoken(MONTH_IN_CHINESE.others_come, "zh_Hans") == MONTH_IN_CHINESE.others_come
    assert spoken("/people 李明", "en") == "/people Li Ming"
