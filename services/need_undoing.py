"""Second thoughts about a need: the asker takes it back, and whoever acted last takes that back within the minute."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from domain.actors import Actor
from domain.entered_acts import ACTS, Noun
from domain.needs import Need, NeedAudience, NeedState
from domain.refusals import Refusal
from services import access, audit, needs, notices
from services.needs import key_of_act
from services.notices import HOLD
from storage import audit as records
from storage import check_ins, entered_acts, referrals
from storage import needs as rows
from storage.database import Reader, Writer

WITHDRAWN = "need.withdrawn"
_WITHDRAW = "need:withdraw"
_UNDONE = frozenset({"need:take_on", "need:promise", "need:answer", "need:solve", "need:not_yet", _WITHDRAW})


def withdraw(tx: Writer, actor: Actor, need_id: int) -> None:
    """误点撤回. Whoever has not heard of it yet will not; whoever has, and whoever sees to it, hears of this too."""
    take_back(tx, actor, needs.asked(tx, actor, need_id))


def take_back(tx: Writer, actor: Actor, need: Need) -> list[int]:
    """What was asked with a report goes with it when the report is taken back. Gives those who hear of it."""
    needs.change(tx, actor, need, _WITHDRAW, state=NeedState.WITHDRAWN, closed_at=actor.now)
    heard = [one for prefix in _keys(tx, need) for one in notices.take_back_all(tx, actor, prefix)]
    known = [*heard, *_read_with(tx, actor, need), *([need.owner_id] if need.owner_id else [])]
    hearers = [one for one in dict.fromkeys(known) if one not in (actor.person_id, need.person_id)]
    for hearer in hearers:
        needs.tell(tx, actor, need, hearer, WITHDRAWN)
    return hearers


def _keys(tx: Reader, need: Need) -> list[str]:
    """What the keys begin with under which people were told of it."""
    return [f"need:{need.id}:", *(f"referral:{one.id}:" for one in referrals.of_need(tx, need.id))]


def _read_with(tx: Reader, actor: Actor, need: Need) -> list[int]:
    """The mentors who read of it in the report with which it was asked."""
    report = None if need.check_in_id is None else check_ins.get(tx, need.check_in_id)
    if report is None or report.submitted_at != need.opened_at or need.audience is NeedAudience.SECRETARY_ONLY:
        return []
    return [*notices.heard(tx, actor, f"check_in:{report.id}:arrived:")]


def undo(tx: Writer, actor: Actor, need_id: int) -> None:
    """The need stands again as before one's own last act on it. Refusal `too_late_to_undo`."""
    rows.lock(tx, need_id)
    need, _ = access.need(tx, actor, need_id)
    last = records.last(tx, f"need:{need_id}")
    if last is None or last.verb not in _UNDONE or last.actor != actor.mark or actor.now - last.at > HOLD:
        raise Refusal("too_late_to_undo")
    if last.old is None or _is_gone(tx, need):  # its values were erased
        raise Refusal("too_late_to_undo")
    if last.verb == _WITHDRAW:
        ask_again(tx, actor, need, last.at)
    else:
        notices.take_back_all(tx, actor, key_of_act(need_id, last.at))
    rows.update_fields(tx, need_id, **_as_it_was(last.old))
    entered_acts.supersede(tx, Noun.NEED, need_id, ACTS[Noun.NEED], actor.now, of=last.at)
    audit.record(tx, actor, "need:undone", f"need:{need_id}", old={"verb": last.verb}, about=need.person_id)


def _is_gone(tx: Reader, need: Need) -> bool:
    """It went with its report."""
    report = None if need.check_in_id is None else check_ins.get(tx, need.check_in_id)
    return report is not None and report.withdrawn_at is not None


def ask_again(tx: Writer, actor: Actor, need: Need, withdrawn_at: datetime) -> None:
    """Whoever had heard of it hears nothing of the withdrawal, and whoever had not will hear after all."""
    for prefix in _keys(tx, need):
        notices.bring_back(tx, actor, prefix, withdrawn_at)
    notices.take_back_all(tx, actor, f"{key_of_act(need.id, withdrawn_at)}{WITHDRAWN}:")


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
