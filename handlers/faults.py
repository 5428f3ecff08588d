"""What the administrators hear when the program failed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.actors import Actor
from domain.roles import RoleKind
from handlers.areas import Area, Screen
from handlers.views import faults as views
from services.delivery import Skip
from storage.database import Reader


def load_parked(tx: Reader, actor: Actor, **args: Any) -> Mapping[str, Any] | Skip:  # noqa: ARG001 - the shape of every load
    return args if actor.has(RoleKind.ADMINISTRATOR) else Skip("no_administrator")


AREA = Area(screens={"fault.parked": Screen(load_parked, views.parked)})
