"""Who settled something already, and when: for whoever comes second."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from domain.actors import Actor
from domain.refusals import Refusal
from storage import accounts
from storage import audit as records
from storage.database import Reader


class Act(NamedTuple):
    verb: str
    name: str
    at: datetime


def last(tx: Reader, subject: str) -> Act | None:
    """What was last done to `noun:id` by a person, who may be gone and is then without a name."""
    found = records.last(tx, subject)
    if found is None:
        return None
    noun, _, number = found.actor.partition(":")
    return Act(found.verb, accounts.name_of(tx, int(number)) if noun == "account" else "", found.at)


def require_unsettled_by_others(tx: Reader, actor: Actor, subject: str, *verbs: str) -> None:
    """Refusal `settled_by` (name, moment) where somebody else did the same just before."""
    found, recorded = last(tx, subject), records.last(tx, subject)
    if found and recorded and found.verb in verbs and found.name and recorded.actor != actor.mark:
        raise Refusal("settled_by", name=found.name, moment=found.at)
