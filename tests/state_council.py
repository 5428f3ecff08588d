"""Days off and make-up working days, written down by hand from the State Council's notices; 2027 is not announced yet."""

from __future__ import annotations

from datetime import date, timedelta

from domain.calendar import WorkCalendar


def _days(first: date, last: date) -> set[date]:
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}


DAYS_OFF_2026 = (
    _days(date(2026, 1, 1), date(2026, 1, 3))
    | _days(date(2026, 2, 15), date(2026, 2, 23))
    | _days(date(2026, 4, 4), date(2026, 4, 6))
    | _days(date(2026, 5, 1), date(2026, 5, 5))
    | _days(date(2026, 6, 19), date(2026, 6, 21))
    | _days(date(2026, 9, 25), date(2026, 9, 27))
    | _days(date(2026, 10, 1), date(2026, 10, 7))
)
MAKEUP_2025 = {date(2025, 1, 26), date(2025, 2, 8), date(2025, 4, 27), date(2025, 9, 28), date(2025, 10, 11)}
MAKEUP_2026 = {
    date(2026, 1, 4),
    date(2026, 2, 14),
    date(2026, 2, 28),
    date(2026, 5, 9),
    date(2026, 9, 20),
    date(2026, 10, 10),
}
# 元旦; 除夕 to 初三 with the two days in place of the weekend; 清明.
PROVISIONAL_2027 = {date(2027, 1, 1), *_days(date(2027, 2, 5), date(2027, 2, 10)), date(2027, 4, 5)}

CALENDAR = WorkCalendar(
    days_off=frozenset(DAYS_OFF_2026 | PROVISIONAL_2027),
    makeup_workdays=frozenset(MAKEUP_2026),
    known_years=frozenset({2026}),
)
