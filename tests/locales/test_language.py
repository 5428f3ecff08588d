"""The two languages as a reader meets them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from locales import CatalogueError, language, resolve
from locales.catalogue import merged

FRIDAY = dt.date(2026, 10, 16)
SIX_IN_THE_EVENING = dt.datetime(2026, 10, 16, 10, tzinfo=dt.UTC)


@pytest.mark.parametrize("code", ["zh", "zh-CN", "zh-hans", "zh_Hans", "ZH-Hans-CN", "fr", "", None])
def test_chinese_is_meant_by_its_codes_and_is_the_default(code: str | None) -> None:
    assert resolve(code) == "zh_Hans"


@pytest.mark.parametrize("code", ["en", "en-GB", "en_US", "EN"])
def test_english_is_meant_by_its_codes(code: str) -> None:
    assert resolve(code) == "en"


def test_a_shown_day_carries_its_weekday() -> None:
    assert language("zh").date(FRIDAY) == "2026年10月16日（星期五）"
    assert language("en").date(FRIDAY) == "Friday, 16 October 2026"
    assert language("zh").short_date(FRIDAY) == "10月16日（星期五）"
    assert language("en").short_date(FRIDAY) == "Fri 16 Oct"


def test_a_moment_is_told_on_the_clocks_of_the_zone() -> None:
    assert language("zh").moment(SIX_IN_THE_EVENING, "Asia/Shanghai") == "2026年10月16日（星期五）18:00"
    assert language("en").moment(SIX_IN_THE_EVENING, dt.UTC) == "Friday, 16 October 2026, 10:00"


def test_months_and_names() -> None:
    assert (language("zh").month("2026-10"), language("en").month("2026-10")) == ("2026年10月", "October 2026")
    assert language("zh").names(["李明", "王芳", "陈静"]) == "李明、王芳、陈静"
    assert language("en").names(["李明", "王芳", "陈静"]) == "李明, 王芳 and 陈静"
    assert (language("en").names(["李明"]), language("en").names([])) == ("李明", "")


def test_a_message_in_two_files_may_not_be_translated_in_two_ways(tmp_path: Path) -> None:
    folder = tmp_path / "en"
    folder.mkdir()
    (folder / "one.po").write_text('msgid "mentor"\nmsgstr "mentor"\n', "utf-8")
    (folder / "two.po").write_text('msgid "mentor"\nmsgstr "mentor"\n', "utf-8")
    assert [m.string for m in merged("en", tmp_path) if m.id] == ["mentor"]
    (folder / "two.po").write_text('msgid "mentor"\nmsgstr "guide"\n', "utf-8")
    with pytest.raises(CatalogueError, match=r"two\.po.*mentor"):
        merged("en", tmp_path)


def test_an_unknown_code_means_the_language_of_the_deployment() -> None:
    assert language("fr").code == "zh_Hans"
    assert language("fr", "en").code == "en"
    assert language("zh-CN", "en").code == "zh_Hans"
