"""`/health`: how the deployment stands, for those who run it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.actors import Actor
from domain.health import Outage, OutageKind
from domain.roles import RoleKind
from handlers.answers import Answer, show
from handlers.areas import Area, Command, Screen
from handlers.said import Said
from handlers.views import health as views
from locales import N_
from services import access, health, roles
from services.delivery import Skip
from services.menu import Offer
from storage.database import Reader, Writer


def administers(offer: Offer) -> bool:
    return offer.administrator


def ask(tx: Writer, actor: Actor, said: Said) -> Answer:  # noqa: ARG001 - the shape of every handler
    access.need_role(actor, RoleKind.ADMINISTRATOR)
    return show("health", fresh=not said.press)


def load(tx: Reader, actor: Actor) -> Mapping[str, Any]:
    found = health.report(tx, actor)
    return {"report": found, "units": _units(tx, found)}


def load_digest(tx: Reader, actor: Actor, kinds: list[str]) -> Mapping[str, Any] | Skip:
    found = health.load_digest(tx, actor, kinds)
    if isinstance(found, Skip):
        return found
    report, standing = found
    return {"report": report, "units": _units(tx, report), "kinds": standing}


def load_outage(tx: Reader, actor: Actor, kind: str, began_at: str, ended_at: str) -> Outage | Skip:  # noqa: ARG001 - the shape of every load
    if not actor.has(RoleKind.ADMINISTRATOR):
        return Skip("no_administrator")
    return Outage(OutageKind(kind), datetime.fromisoformat(began_at), datetime.fromisoformat(ended_at))


def _units(tx: Reader, found: health.Report) -> Mapping[int, str]:
    return {unit_id: roles.unit_named(tx, unit_id) for unit_id in {one.unit_id for one in found.unreachable}}


AREA = Area(
    commands=(
        Command(
            "health", ask, "Health", words=("运行状况", "状态"), offered=administers,
            purpose=N_("whether everything works: outages, what was set aside, who cannot be reached, backups, holiday notices"),
        ),
    ),
    presses={"health": ask},
    screens={
        "health": Screen(load, views.report),
        "health.digest": Screen(load_digest, views.digest),
        "health.outage": Screen(load_outage, views.outage),
    },
)  # fmt: skip
