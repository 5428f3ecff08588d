"""A small organisation written row by row, for tests that count what stands in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from domain.people import Stage
from domain.units import UnitKind
from storage import accounts, people, recounts, reviews, units
from storage.database import Writer
from storage.tables import (
    check_in,
    check_in_subject,
    duty,
    need,
    outbox,
    outcome,
    pairing,
    pairing_mentor,
    review,
    role,
    rotation,
)

ZONE = "Asia/Shanghai"
SEPTEMBER = dt.datetime(2026, 9, 1, 1, tzinfo=dt.UTC)


def at(day: str, clock: str = "10:00") -> dt.datetime:
    """A moment in Shanghai, such as `at("2026-10-16", "18:00")`."""
    return dt.datetime.fromisoformat(f"{day}T{clock}:00+08:00").astimezone(dt.UTC)


@dataclass(slots=True)
class Organisation:
    """Adds rows with what a test leaves out filled in; every method gives the new row's id."""

    tx: Writer
    numbers: int = 0
    root: int = 0

    def unit(self, kind: UnitKind, name: str, parent: int | None = None) -> int:
        self.numbers += 1
        unit_id = units.add(self.tx, kind, name, parent, position=self.numbers, zone=ZONE)
        self.root = self.root or unit_id
        return unit_id

    def person(self, name: str, unit_id: int, *, specialty: str = "变电检修", account: bool = True) -> int:
        self.numbers += 1
        person_id = people.add(
            self.tx, root_id=self.root or 1, unit_id=unit_id, name=name, staff_no=f"{self.numbers:06}", staff_key=f"{self.numbers}",
            pinyin="", stage=Stage.FULL_MEMBER, backbone=True, specialty=specialty, post="技术员", now=SEPTEMBER,
        )  # fmt: skip
        if account:
            accounts.add(
                self.tx, 9000 + person_id, person_id=person_id, display_name=name, locale="zh_Hans", now=SEPTEMBER
            )
        return person_id

    def role(self, kind: str, person_id: int, unit_id: int) -> int:
        return self.tx.insert(role, kind=kind, person_id=person_id, unit_id=unit_id, given_at=SEPTEMBER)

    def pairing(self, mentee: int, mentor: int, **values: Any) -> int:
        row = {
            "track": "member_to_backbone", "direction": "继电保护", "cadence": "weekly", "report_day": 4,
            "state": "active", "active_on": dt.date(2026, 9, 1), "created_at": SEPTEMBER,
        }  # fmt: skip
        pairing_id = self.tx.insert(pairing, mentee_id=mentee, **(row | values))
        self.tx.insert(pairing_mentor, pairing_id=pairing_id, person_id=mentor, from_on=dt.date(2026, 9, 1))
        return pairing_id

    def outcome(self, pairing_id: int, what: str, due_on: str, **values: Any) -> int:
        day = dt.date.fromisoformat(due_on)
        return self.tx.insert(outcome, pairing_id=pairing_id, what=what, measure="证书", due_on=day, **values)

    def rotation(self, person_id: int, unit_id: int, first: str, last: str, **values: Any) -> int:
        row = {"post": "继电保护工", "specialty": "继电保护", "state": "in_post", "created_at": SEPTEMBER}
        days = {"starts_on": dt.date.fromisoformat(first), "ends_on": dt.date.fromisoformat(last)}
        return self.tx.insert(rotation, person_id=person_id, unit_id=unit_id, **days, **(row | values))

    def duty(self, pairing_id: int, holder: int, due: str, state: str = "open", **values: Any) -> int:
        """One week's report, due on that day at 18:00."""
        day = dt.date.fromisoformat(due)
        year, week, _ = day.isocalendar()
        row = {
            "kind": "report", "subject_kind": "pairing", "period": f"{year}-W{week:02}", "month": due[:7],
            "opens_at": at(due, "00:00"), "due_at": at(due, "18:00"), "closes_at": at("2026-11-06", "00:00"),
        }  # fmt: skip
        duty_id = self.tx.insert(duty, subject_id=pairing_id, holder_id=holder, state=state, **(row | values))
        recounts.note_duties(self.tx, [duty_id])
        return duty_id

    def report(
        self, duty_id: int, person_id: int, month: str, when: dt.datetime, text: str = "跟着做了一次校验。"
    ) -> int:
        check_in_id = self.tx.insert(
            check_in, person_id=person_id, month=month, text=text, standing="on_track", submitted_at=when
        )
        self.tx.insert(check_in_subject, check_in_id=check_in_id, duty_id=duty_id)
        return check_in_id

    def reported(self, pairing_id: int, person_id: int, due: str, when: dt.datetime) -> int:
        """A duty that is done, with its report; gives the report."""
        return self.report(self.duty(pairing_id, person_id, due, "done", done_at=when), person_id, due[:7], when)

    def review(self, check_in_id: int, reviewer: int, kind: str, when: dt.datetime, **values: Any) -> int:
        row = {"capacity": "mentor", "text": ""}
        review_id = self.tx.insert(
            review, check_in_id=check_in_id, reviewer_id=reviewer, kind=kind, at=when, **(row | values)
        )
        reviews.note_answer(self.tx, check_in_id)
        return review_id

    def need(self, person_id: int, kind: str, when: dt.datetime, **values: Any) -> int:
        row = {"audience": "mentor_and_secretary", "text": "试验台不够用", "state": "open"}
        return self.tx.insert(need, person_id=person_id, kind=kind, opened_at=when, **(row | values))

    def sent(self, person_id: int, when: dt.datetime, **values: Any) -> int:
        self.numbers += 1
        row = {"state": "sent", "settled_at": when, "unasked": True}
        return self.tx.insert(
            outbox, unique_key=f"test:{self.numbers}", person_id=person_id, kind="prompt", payload={}, not_before=when,
            created_at=when, **(row | values),
        )  # fmt: skip
