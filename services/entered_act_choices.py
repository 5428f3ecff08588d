"""代录: for whom something can be entered on a matter as it stands, and what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.actors import Actor
from domain.entered_acts import ACTS, NOBODY, REMARKS, Act, Noun
from domain.needs import HELPED, NeedState
from domain.rotation_comments import About, written
from domain.rotations import UNDER_WAY, Rotation, is_evaluable
from services import proxies
from services.calendar import today_in_unit
from storage import guidance, needs, rotations
from storage import rotation_notes as note_rows
from storage.database import Reader

ABOUTS: Mapping[Act, About] = {act: about for about, act in REMARKS.items()}


@dataclass(frozen=True, slots=True)
class Choice:
    """For whom something is to be entered, and what that can be."""

    proxy: proxies.Proxy
    acts: tuple[Act, ...]


def choice(tx: Reader, actor: Actor, noun: Noun, subject_id: int, person_id: int) -> Choice:
    proxies.speaking(tx, actor, noun, subject_id, person_id)
    proxy = proxies.Proxy(noun, subject_id, person_id, proxies.name_of(tx, noun, subject_id, person_id))
    return Choice(proxy, tuple(_open_acts(tx, actor, proxy)))


def _open_acts(tx: Reader, actor: Actor, proxy: proxies.Proxy) -> list[Act]:
    acts = ACTS[proxy.noun]
    if proxy.noun is Noun.NEED:
        return [act for act in acts if _need_takes(tx, act, proxy.subject_id)]
    return [act for act in acts if proxy.noun is not Noun.ROTATION or _rotation_takes(tx, actor, act, proxy)]


def _rotation_takes(tx: Reader, actor: Actor, act: Act, proxy: proxies.Proxy) -> bool:
    rotation = rotations.get(tx, proxy.subject_id)
    if rotation is None:
        return False
    if act in ABOUTS:
        return _mentor_may_remark(tx, actor, ABOUTS[act], rotation, proxy.person_id)
    return rotation.state in UNDER_WAY and _is_on_the_way(tx, actor, act, rotation, proxy.person_id)


def _is_on_the_way(tx: Reader, actor: Actor, act: Act, rotation: Rotation, person_id: int) -> bool:
    """The person hands over, the leading backbone has talks, the host does all of it, and evaluates in the last week."""
    if person_id == rotation.person_id:
        return act is Act.HANDOVER
    if person_id not in (rotation.host_id, NOBODY):
        return person_id == rotation.leader_id and act in (Act.MIDTERM, Act.FINAL)
    return act is not Act.EVALUATE or is_evaluable(rotation.ends_on, today_in_unit(tx, actor, rotation.unit_id))


def _mentor_may_remark(tx: Reader, actor: Actor, about: About, rotation: Rotation, person_id: int) -> bool:
    if person_id not in guidance.mentors_of(tx, rotation.person_id, actor.today):
        return False
    return about in written(note_rows.of_rotation(tx, rotation.id), rotation)


def _need_takes(tx: Reader, act: Act, need_id: int) -> bool:
    need = needs.get(tx, need_id)
    if need is None:
        return False
    if act is Act.SHARE:
        return need.state in HELPED and bool(need.answer) and need.shared_at is None
    if act is Act.NOT_YET:
        return need.state is NeedState.ANSWERED
    return need.state in (NeedState.OPEN, NeedState.ANSWERED)
