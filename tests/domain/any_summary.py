"""Any summary whatever, for properties that hold of all of them."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from domain.summaries import Correction, MonthSummary, NextMonth, ReportCounts
from domain.summary_lines import Details
from domain.units import UnitKind

START = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
few = st.integers(0, 400)
months = st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31)).map(lambda day: f"{day:%Y-%m}")


def _counts(on_time: int, late: int, excused: int, missing: int, coming: int) -> ReportCounts:
    return ReportCounts(on_time + late + excused + missing, on_time + late, late, excused, missing, coming)


def register() -> None:
    """Make hypothesis build the parts that have rules of their own."""
    st.register_type_strategy(ReportCounts, st.builds(_counts, few, few, few, few, few))
    st.register_type_strategy(NextMonth, st.builds(NextMonth, month=months))
    st.register_type_strategy(Correction, st.builds(Correction, month=months))


register()
moments = st.timedeltas(dt.timedelta(), dt.timedelta(days=2000)).map(lambda past: START + past)


def summaries(*kinds: UnitKind) -> st.SearchStrategy[MonthSummary]:
    return st.builds(
        MonthSummary,
        kind=st.sampled_from(kinds or (UnitKind.BRANCH, UnitKind.GROUP)),
        zone=st.sampled_from(("Asia/Shanghai", "Asia/Urumqi")),
        month=months,
        made_at=moments,
        details=st.from_type(Details),
    )
