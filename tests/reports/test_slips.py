"""Invitation slips as they come out of the printer: four to a page, each with all that a person needs."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import docx
import pytest
import segno

from locales import language
from reports.slips import Slip, grouped, slips

ZH, EN = language("zh_Hans"), language("en")
LAST_DAY = dt.date(2026, 10, 27)


def slip(name: str, code: str) -> Slip:
    return Slip(name, "变电检修党支部", code, f"https://t.me/shuangpei_bot?start={code}", LAST_DAY)


PEOPLE = [
    slip("李明", "K7QF2M9X"),
    slip("王芳", "PD3T8HWA"),
    slip("赵强", "9XKE4RNB"),
    slip("陈静", "WQ6M2YTC"),
    slip("林一", "H4JD7PKZ"),
]


def cells(data: bytes) -> list[str]:
    [table] = docx.Document(BytesIO(data)).tables
    return [cell.text for row in table.rows for cell in row.cells]


def test_li_mings_slip_says_who_where_how_and_until_when() -> None:
    text = cells(slips(PEOPLE, ZH))[0]
    for wanted in (
        "李明同志",
        "变电检修党支部",
        "邀请码：K7QF-2M9X",
        "https://t.me/shuangpei_bot?start=K7QF2M9X",
        "有效期至2026年10月27日（星期二）",
    ):
        assert wanted in text
    assert [line[0] for line in text.splitlines()[-3:]] == ["1", "2", "3"]


def test_the_slip_in_english() -> None:
    text = cells(slips(PEOPLE[:1], EN))[0]
    assert "Code: K7QF-2M9X" in text
    assert "Valid until Tuesday, 27 October 2026" in text


def test_four_stand_on_a_page_and_nobody_is_lost() -> None:
    data = slips(PEOPLE, ZH)
    document: Any = docx.Document(BytesIO(data))
    page = document.sections[0]
    rows = document.tables[0].rows
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)
    assert 2 * rows[0].height <= page.page_height - page.top_margin - page.bottom_margin < 3 * rows[0].height
    assert [name for name in ("李明", "王芳", "赵强", "陈静", "林一") if any(f"{name}同志" in cell for cell in cells(data))] == [
        "李明", "王芳", "赵强", "陈静", "林一"
    ]  # fmt: skip


def test_the_square_leads_to_the_link() -> None:
    document = docx.Document(BytesIO(slips(PEOPLE[:1], ZH)))
    [picture] = [part.blob for part in document.part.package.iter_parts() if part.partname.endswith(".png")]
    wanted = BytesIO()
    segno.make(PEOPLE[0].link, error="m", micro=False).save(wanted, kind="png", scale=10, border=3)
    assert picture == wanted.getvalue()


@pytest.mark.parametrize("code", ["K7QF2M9X", "K7QF-2M9X", "K7QF 2M9X"])
def test_a_code_is_read_in_groups(code: str) -> None:
    assert grouped(code) == "K7QF-2M9X"
    assert grouped("ABCDE") == "ABCD-E"
