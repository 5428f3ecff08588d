"""Where a person's dialogues stand. The one touched last is the one that the next message continues."""

from __future__ import annotations

from datetime import timedelta

from domain.actors import Actor
from storage import drafts
from storage.database import Reader, Writer
from storage.drafts import Draft

__all__ = ["KEPT", "Draft", "begin", "drop", "latest", "of_kind"]

KEPT = timedelta(days=30)
"""Drafts are forgotten after this long without a touch."""


def latest(tx: Reader, actor: Actor) -> Draft | None:
    return None if actor.telegram_id is None else drafts.latest(tx, actor.telegram_id)


def of_kind(tx: Reader, actor: Actor, kind: str) -> Draft | None:
    return None if actor.telegram_id is None else drafts.of_kind(tx, actor.telegram_id, kind)


def begin(tx: Writer, actor: Actor, kind: str, step: str, **payload: object) -> None:
    """Begin a dialogue or bring it to another step; `payload` replaces what it held."""
    assert actor.telegram_id is not None
    drafts.save(tx, actor.telegram_id, kind, step, payload, actor.now)


def drop(tx: Writer, actor: Actor, kind: str | None = None) -> bool:
    """End a dialogue of this kind, or all of them; tell whether there was one."""
    assert actor.telegram_id is not None
    return bool(drafts.drop(tx, actor.telegram_id, kind))
