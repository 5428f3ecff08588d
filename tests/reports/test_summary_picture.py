"""The picture for the phone: really drawn, readable, and with nothing in it that must not be."""

from __future__ import annotations

import asyncio
import multiprocessing
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from domain.summaries import MonthSummary
from domain.summary_lines import Highlight
from locales import Language, available, language
from reports.studio import FONT, Studio, draw
from reports.summary_picture import TALLEST, picture
from tests.reports.months import BRANCH, branch_month, committee_month, quiet_month
from tests.reports.pixels import colours, size

ZH = language("zh_Hans")
WHITE, DEEP_RED = (255, 255, 255), (0x8C, 0x15, 0x15)
SVG = "{http://www.w3.org/2000/svg}"
both = pytest.mark.parametrize("speech", [language(code) for code in available()], ids=available())
all_months = pytest.mark.parametrize(
    "month", [branch_month(), quiet_month(), committee_month()], ids=["much", "little", "many"]
)


def heading_only(svg: str) -> str:
    """The top 240 pixels: the red band with the unit's name in white."""
    return re.sub(r'height="\d+" viewBox="0 0 1080 \d+"', 'height="240" viewBox="0 0 1080 240"', svg, count=1)


def words(svg: str) -> list[ET.Element]:
    return list(ET.fromstring(svg).iter(f"{SVG}text"))


def test_the_units_name_is_really_drawn() -> None:
    seen = colours(draw(heading_only(picture(branch_month(), ZH))))
    assert seen[DEEP_RED] > 150_000
    assert seen[WHITE] > 3_000


def test_the_check_for_drawn_words_would_see_a_wrong_font() -> None:
    svg = heading_only(picture(branch_month(), ZH)).replace(FONT, "No Such Family")
    assert colours(draw(svg))[WHITE] < 100


@both
@all_months
def test_it_is_as_wide_as_a_phone_and_upright(month: MonthSummary, speech: Language) -> None:
    root = ET.fromstring(picture(month, speech))
    assert root.get("width") == "1080"
    assert 1200 < int(root.get("height", "0")) < 4300


def test_a_branchs_month_is_not_taller_than_chats_can_show() -> None:
    assert int(ET.fromstring(picture(branch_month(), ZH)).get("height", "0")) <= TALLEST


@both
@all_months
def test_every_word_is_large_enough_and_within_the_page(month: MonthSummary, speech: Language) -> None:
    for word in words(picture(month, speech)):
        assert float(word.get("font-size", "0")) >= 28
        assert 40 <= float(word.get("x", "0")) <= 1040


@both
def test_there_are_no_percentages_and_no_names_above_the_branch(speech: Language) -> None:
    text = "".join(word.text or "" for word in words(picture(committee_month(), speech)))
    assert not re.search(r"[%％]|王芳|陈静|孙倩|郑国华", text)


def test_it_shows_the_numbers_of_the_object() -> None:
    told = [word.text for word in words(picture(committee_month(), ZH))]
    assert [told.count(number) > 0 for number in ("28", "413", "294", "105", "2.5", "611")] == [True] * 6


def test_branches_stand_in_the_organisations_own_order() -> None:
    told = [word.text for word in words(picture(committee_month(), ZH))]
    places = [told.index(row.unit) for row in committee_month().reports]
    assert places == sorted(places)


def test_what_a_person_wrote_cannot_break_the_picture() -> None:
    summary = replace(branch_month(), highlights=(Highlight('</text><g>"&\u0000👍好', BRANCH),))
    svg = picture(summary, ZH)
    assert '</text><g>"&好' in [word.text for word in words(svg)]
    assert draw(svg).startswith(b"\x89PNG")


def test_several_units_share_one_picture() -> None:
    told = [word.text for word in words(picture([branch_month(), quiet_month()], ZH))]
    assert told.index("变电检修党支部") < told.index("客户服务党支部")


def test_a_picture_of_very_many_units_is_still_one_that_can_be_sent() -> None:
    svg = picture([replace(quiet_month(), unit=f"第{i}党支部") for i in range(9)], ZH)
    assert 1080 + int(ET.fromstring(svg).get("height", "0")) < 10_000
    assert words(svg)[-1].text == "……还有4条"


async def test_the_studio_draws_in_a_process_of_its_own_and_starts_again_when_it_died() -> None:
    studio, others = Studio(), set(multiprocessing.active_children())
    try:
        svg = picture(quiet_month(), ZH)
        first = await studio.render(svg)
        assert size(first)[0] == 1080
        [process] = set(multiprocessing.active_children()) - others
        process.kill()
        again = await asyncio.gather(studio.render(svg), studio.render(svg))
        assert set(again) == {first}
    finally:
        studio.close()
    assert not set(multiprocessing.active_children()) - others
