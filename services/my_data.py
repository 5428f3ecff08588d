"""All that is kept about oneself, to read and to take along (个人信息保护法 art. 45)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.actors import Actor
from domain.people import Person
from services import access
from storage import my_data, units
from storage.database import Reader


@dataclass(frozen=True, slots=True)
class Copy:
    """`kept` by kind: one JSON-like row for each thing; `looks` are others' readings of one's reports."""

    person: Person
    unit: str
    kept: Mapping[str, list[dict[str, Any]]]

    def as_json(self) -> bytes:
        content = {"unit": self.unit, **self.kept}
        return json.dumps(content, ensure_ascii=False, indent=1, default=str).encode()


def copy(tx: Reader, actor: Actor) -> Copy:
    """One's own, whether or not one agrees to the program's use any longer."""
    person = access.myself(tx, actor)
    return Copy(person, units.full_names(tx, [person.unit_id])[person.unit_id], my_data.of_person(tx, person.id))
