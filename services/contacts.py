"""Whom to ask about personal data in a unit (个人信息保护法 17): named by who leads it, for all beneath it."""

from __future__ import annotations

from domain.actors import Actor
from domain.profiles import read_profile
from domain.refusals import Refusal
from domain.roles import LEADERS, RoleKind
from domain.units import Unit
from domain.wording import fitting
from services import access, audit
from storage import units
from storage.database import Reader, Writer

LIMIT = 60


def of_unit(tx: Reader, unit_id: int) -> str:
    """The contact that holds in a unit, its own or that of a unit above; empty where none is named."""
    return read_profile(units.profile(tx, unit_id)).contact


def changeable(tx: Reader, actor: Actor, unit_id: int) -> Unit:
    """A unit whose contact the actor may name. Refusals: `not_yours`, `gone`."""
    if not actor.has(RoleKind.ADMINISTRATOR):
        return access.unit(tx, actor, unit_id, *LEADERS)
    unit = units.get(tx, unit_id)
    if unit is None:
        raise Refusal("gone")
    return unit


def name(tx: Writer, actor: Actor, unit_id: int, contact: str) -> None:
    """Empty goes back to what holds above, or to the secretaries by name. Refusal: `text_too_long`."""
    changeable(tx, actor, unit_id)
    old, new = of_unit(tx, unit_id), fitting(contact, LIMIT) if contact else ""
    units.set_profile(tx, unit_id, {"contact": new or None})
    audit.record(tx, actor, "unit:contact", f"unit:{unit_id}", old={"contact": old}, new={"contact": new})
