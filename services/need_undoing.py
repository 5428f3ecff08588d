"""Taking back what one has just done about a need, within the minute in which nobody else has heard of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from domain.actors import Actor
from domain.entered_acts import ACTS, Noun
from domain.needs import NeedState
from domain.refusals import Refusal
from services import access, audit, notices
from services.needs import key_of_act
from services.notices import HOLD
from storage import audit as records
from storage import entered_acts
from storage import needs as rows
from storage.database import Writer

_UNDONE = frozenset({"need:take_on", "need:promise", "need:answer", "need:solve", "need:not_yet"})


def undo(tx: Writer, actor: Actor, need_id: int) -> None:
    """The need stands again as before one's own last act on it. Refusal `too_late_to_undo`."""
    rows.lock(tx, need_id)
    need, _ = access.need(tx, actor, need_id)
    last = records.last(tx, f"need:{need_id}")
    if last is None or last.verb not in _UNDONE or last.actor != actor.mark or actor.now - last.at > HOLD:
        raise Refusal("too_late_to_undo")
    if last.old is None:  # its values were erased
        raise Refusal("too_late_to_undo")
    notices.take_back_all(tx, actor, key_of_act(need_id, last.at))
    rows.update_fields(tx, need_id, **_as_it_was(last.old))
    entered_acts.supersede(tx, Noun.NEED, need_id, ACTS[Noun.NEED], actor.now, of=last.at)
    audit.record(tx, actor, "need:undone", f"need:{need_id}", old={"verb": last.verb}, about=need.person_id)


def _as_it_was(old: Mapping[str, Any]) -> dict[str, object]:
    """The audit's values as the table holds them."""
    moments = {name: _moment(old[name]) for name in ("answered_at", "closed_at", "shared_at") if name in old}
    days = {name: _day(old[name]) for name in ("promised_on",) if name in old}
    states = {"state": NeedState(old["state"])} if "state" in old else {}
    return {**old, **moments, **days, **states}


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
