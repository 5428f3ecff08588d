"""What a module of handlers brings: its commands, buttons, dialogue steps, screens and jobs, as literal tables."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Protocol

from domain.actors import Actor
from handlers.answers import Answer
from handlers.said import Said
from handlers.views.page import Message, Say
from services.dialogue import Draft
from services.menu import Offer
from storage.database import Query, Reader, Result, Unit, Writer

Handler = Callable[[Writer, Actor, Said], Answer]
"""One thing a person does, whole in one transaction."""
Step = Callable[[Writer, Actor, Said, Draft], Answer]
"""A message (text or file) said in the middle of a dialogue; `draft` is where the dialogue stands."""

Receiver = Callable[[Writer, Actor, Said], Answer | None]
"""Takes a document that is sent outside any dialogue, or leaves it (None) to whoever comes after."""


class Open(IntEnum):
    """How much must be known of a person before they get through the gate."""

    TO_ALL = 0
    TO_ACCOUNTS = 1
    TO_AGREED = 2


@dataclass(frozen=True, slots=True)
class Command:
    """`/name`, its button on the permanent keyboard, and the words that mean the same when typed.

    `title` is the button's text and the command's description (a message id). `offered` says to whom it is shown; it
    protects nothing: the services do. A command without a place on the keyboard has `on_keyboard=False`. `purpose` (a
    message id) is what /help says of it.
    """

    name: str
    handler: Handler
    title: str
    offered: Callable[[Offer], bool] = lambda _: True
    words: tuple[str, ...] = ()
    open_to: Open = Open.TO_AGREED
    on_keyboard: bool = True
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """The handler behind a button's verb."""

    handler: Handler
    open_to: Open = Open.TO_AGREED


@dataclass(frozen=True, slots=True)
class Screen:
    """`load(tx, actor, **args)` brings the data (refusing what is not the actor's), `view(data, say)` makes the message.

    A notice of the outbox is a screen too; its `load` returns `Skip(reason)` when it is no longer true.
    """

    load: Callable[..., Any]
    view: Callable[[Any, Say], Message]


class Desk(Protocol):
    """What a job may use: the database, and files that people sent."""

    async def write(self, unit: Unit[Result]) -> Result: ...

    async def read(self, query: Query[Result]) -> Result: ...

    async def download(self, file_id: str) -> bytes: ...


JobFunction = Callable[[Desk, Actor, Mapping[str, Any]], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Area:
    """One module's share of the routes. A key of `steps` is a draft's kind; `documents` takes files sent unasked.

    `keeps_files` names the dialogues and commands that keep what comes with words; any other takes the words alone.
    """

    commands: tuple[Command, ...] = ()
    presses: Mapping[str, Handler | Press] = field(default_factory=dict)
    steps: Mapping[str, Step] = field(default_factory=dict)
    screens: Mapping[str, Screen] = field(default_factory=dict)
    jobs: Mapping[str, JobFunction] = field(default_factory=dict)
    documents: Receiver | None = None
    keeps_files: frozenset[str] = frozenset()


def nothing(tx: Reader, actor: Actor, **args: Any) -> Mapping[str, Any]:  # noqa: ARG001 - the shape of every load
    """The load of a screen that shows its arguments alone."""
    return args
