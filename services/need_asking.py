"""需要支持: asking for it with a report or after it, by whoever needs it or by the secretary who enters it for him."""

from __future__ import annotations

from domain.actors import Actor
from domain.needs import NeedAudience, NeedKind, NeedState
from services import access, audit, needs, notices, secretaries
from storage import check_ins
from storage import needs as rows
from storage.database import Writer


def ask(
    tx: Writer,
    actor: Actor,
    check_in_id: int | None,
    kind: NeedKind,
    audience: NeedAudience,
    text: str,
    *,
    mentors_hear: bool = False,
    person_id: int | None = None,
) -> int:
    """Support goes to those who may know at once. `mentors_hear`: they get the report itself with it, a secretary who
    guides or stands in as well. `person_id`: who needs it, where a secretary of his branch enters it for him.
    """
    person = access.writes_for(tx, actor, person_id)
    need_id = rows.add(
        tx, person_id=person.id, check_in_id=check_in_id, kind=kind, audience=audience, text=text, now=actor.now
    )
    new = {"kind": kind, "audience": audience, "text": text}
    audit.record(tx, actor, "need:ask", f"need:{need_id}", new=new, about=person.id)
    mentors = needs.mentors_told(tx, actor, person.id, audience)
    told = {actor.person_id, *(mentors if mentors_hear else ())}
    hearers = dict.fromkeys([*mentors, *secretaries.of_need(tx, person.id, audience, actor.today)])
    for hearer in (one for one in hearers if one not in told):
        notices.tell(tx, actor, hearer, "need.asked", key=f"need:{need_id}:asked:{hearer}", need=need_id)
    return need_id


def ask_for(tx: Writer, actor: Actor, check_in_id: int, kind: NeedKind, audience: NeedAudience) -> int:
    """Ask for support after the report was handed in, in its words; asking twice is asking once. A secretary does so on a
    report that was entered.
    """
    report = access.own_check_in(tx, actor, check_in_id)
    check_ins.lock(tx, check_in_id)
    for known in rows.of_check_in(tx, check_in_id):
        if known.state in (NeedState.OPEN, NeedState.ANSWERED):
            return known.id
    return ask(tx, actor, check_in_id, kind, audience, report.text, person_id=report.person_id)
