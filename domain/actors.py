"""Who acts, in which roles, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.roles import Role, RoleKind

DEFAULT_ZONE = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at work through an account, a stranger (no account), or the clock (no telegram_id).

    `now` is aware UTC, read once at the edge. `agreed` tells whether use and Party data were agreed to. `entered_by` is
    the person by whose hand it is entered, where somebody without Telegram acts (代录); the account is theirs.
    """

    now: datetime
    locale: str
    zone: str = DEFAULT_ZONE
    telegram_id: int | None = None
    account_id: int | None = None
    person_id: int | None = None
    name: str = ""
    roles: tuple[Role, ...] = ()
    agreed: bool = False
    entered_by: int | None = None

    @classmethod
    def clock(cls, now: datetime, locale: str = "zh_Hans") -> Actor:
        return cls(now=now, locale=locale, name="clock")

    @property
    def is_clock(self) -> bool:
        return self.telegram_id is None and self.account_id is None

    @property
    def today(self) -> date:
        return self.now.astimezone(ZoneInfo(self.zone)).date()

    @property
    def mark(self) -> str:
        """How the audit names the actor: by id, never by name."""
        if self.is_clock:
            return self.name or "clock"  # the shell has no account either
        return f"account:{self.account_id}" if self.account_id else f"telegram:{self.telegram_id}"

    def has(self, kind: RoleKind) -> bool:
        return any(role.kind is kind for role in self.roles)

    def units(self, *kinds: RoleKind) -> tuple[int, ...]:
        """The units over which the actor holds one of these roles."""
        return tuple(role.unit_id for role in self.roles if role.kind in kinds and role.unit_id is not None)
