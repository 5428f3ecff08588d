"""One's own reports as a workbook: real days, and every word of a long report."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from locales import language
from reports.my_reports import Row, my_reports

ZH = language("zh_Hans")
NOW = dt.datetime(2026, 10, 17, 1, tzinfo=dt.UTC)
LONG = "跟着做了两次保护校验，学会看定值单。" * 60


def test_days_are_days_formulas_are_text_and_no_word_is_cut() -> None:
    late = False
    rows = [
        Row(dt.date(2026, 10, 16), late, "结对：继电保护", "按计划推进", "=1+1", "", "", "王芳：已阅"),
        Row(dt.date(2026, 10, 20), not late, "结对：继电保护", "", LONG, "", "", ""),
    ]
    page: Any = load_workbook(BytesIO(my_reports(rows, ZH, NOW))).worksheets[0]
    first, *rest = page.iter_rows(min_row=2)
    assert (first[0].is_date, str(first[0].value)[:10], first[1].value) == (True, "2026-10-16", None)
    assert (first[4].value, first[4].data_type) == ("=1+1", "s")
    assert rest[0][1].value == "是"
    assert "".join(str(row[4].value) for row in rest) == LONG
    assert all((page.row_dimensions[row[4].row].height or 0) > 15 for row in rest)
    assert page.print_title_rows == "$1:$1"
