"""Small facts of the deployment itself: its salt, its first code, where a scheduled job stands."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from storage.database import Reader, Writer
from storage.tables import setting


def get(tx: Reader, name: str) -> Any:  # a JSON value
    return tx.scalar(select(setting.c.value).where(setting.c.name == name))


def put(tx: Writer, name: str, value: object) -> None:
    if not tx.run(update(setting).where(setting.c.name == name).values(value=value)):
        tx.insert_once(setting, unique=["name"], name=name, value=value)


def put_once(tx: Writer, name: str, value: object) -> bool:
    return tx.insert_once(setting, unique=["name"], name=name, value=value)


def lock(tx: Writer, name: str) -> Any:  # a JSON value
    """Read a value that is about to be used up: nobody else may read it for that meanwhile."""
    return tx.scalar(select(setting.c.value).where(setting.c.name == name).with_for_update())
