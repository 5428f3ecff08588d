"""Who settled something already, and when: for whoever comes second."""

from __future__ import annotations

from domain.actors import Actor
from domain.refusals import Refusal
from storage import accounts
from storage import audit as records
from storage.audit import Recorded
from storage.database import Reader


def name_of(tx: Reader, act: Recorded | None) -> str:
    """Of the person who did it; empty for the clock and for one who is gone."""
    noun, _, number = act.actor.partition(":") if act else ("", "", "")
    return accounts.name_of(tx, int(number)) if noun == "account" else ""


def refusal(tx: Reader, actor: Actor, subject: str, code: str, *verbs: str, **fields: object) -> Refusal:
    """`settled_by` (name, moment) where somebody else did one of these to `noun:id` last, else `code`."""
    act = records.last(tx, subject)
    name = name_of(tx, act)
    if act is None or act.verb not in verbs or act.actor == actor.mark or not name:
        return Refusal(code, **fields)
    return Refusal("settled_by", name=name, moment=act.at)
