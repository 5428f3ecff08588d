"""`replicas`: updates/s of the check-in dialogue through two replicas on one PostgreSQL, beside one replica."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy import NullPool, create_engine

from benchmarks import office
from benchmarks.figures import RUNS, Figure, middle, rounded
from benchmarks.processes import OURS, LocalTelegram, bot, local_telegram
from storage.postgres import engine_url
from tests.postgres_server import PostgresServer

PEOPLE = 320
RATIO = 1.6
FRESH = "fresh"
DURABLE = {"max_connections": "60"}
"""As PostgreSQL comes: every commit waits for the disk."""
HOOK = {
    "BOT_MODE": "webhook",
    "WEBHOOK_URL": "https://bot.example/telegram",
    "WEBHOOK_SECRET": "brought-by-the-local-telegram",
}


def measure(people: int = PEOPLE, runs: int = RUNS) -> Figure:
    with serving() as server:
        administer(server, f"CREATE DATABASE {FRESH}")
        asyncio.run(office.found(server.url(FRESH), people))
        pairs = [(through(2, server, people), through(1, server, people)) for _ in range(runs)]
    value, one = middle([both[0] for both, _ in pairs]), middle([alone[0] for _, alone in pairs])
    more = {
        "people": people,
        "cores": os.cpu_count(),
        "busy_share_with_two": rounded(middle([both[1] for both, _ in pairs])),
        "busy_share_with_one": rounded(middle([alone[1] for _, alone in pairs])),
        "each_run": [f"{both[0]:.0f} : {alone[0]:.0f}" for both, alone in pairs],
    }
    return Figure("replicas", value, "updates/s", one, f"ratio ≥ {RATIO}", value >= RATIO * one, runs, more)


@contextlib.contextmanager
def serving() -> Iterator[PostgresServer]:
    server = PostgresServer(options=DURABLE)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def administer(server: PostgresServer, statement: str) -> None:
    engine = create_engine(engine_url(server.url("postgres")), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def through(number: int, server: PostgresServer, people: int) -> tuple[float, float]:
    """Updates/s on a copy of the database, and how busy all cores of the machine were meanwhile, from 0 to 1."""
    administer(server, f"CREATE DATABASE one_run TEMPLATE {FRESH}")
    url = server.url("one_run")
    ports = free_ports(number)
    arguments = ("--script", "check_in", "--people", str(people), "--ports", *map(str, ports))
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        local_telegram(*arguments) as telegram,
        replicas(ports, telegram, Path(folder), url),
    ):
        telegram.hear()
        busy = Busy()
        taken = telegram.hear()
        share = busy.share()
    kept = asyncio.run(office.check_ins(url))
    administer(server, "DROP DATABASE one_run WITH (FORCE)")
    if kept != people:
        raise RuntimeError(f"{kept} of {people} reports were kept")
    return taken["updates"] / taken["seconds"], share


@contextlib.contextmanager
def replicas(ports: Sequence[int], telegram: LocalTelegram, folder: Path, url: str) -> Iterator[None]:
    with contextlib.ExitStack() as running:
        for port in ports:
            settings = {**HOOK, "DATABASE_URL": url, "WEBHOOK_LISTEN": f"127.0.0.1:{port}"}
            running.enter_context(bot(OURS, telegram, folder / f"{port}.db", **settings))
        yield


def free_ports(number: int) -> list[int]:
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(number)]
        return [one.getsockname()[1] for one in sockets]


class Busy:
    """How busy the machine's cores have been since this was made."""

    def __init__(self) -> None:
        self._began, self._idle = time.monotonic(), idle_seconds()

    def share(self) -> float:
        passed = time.monotonic() - self._began
        return 1 - (idle_seconds() - self._idle) / (passed * (os.cpu_count() or 1))


def idle_seconds() -> float:
    """Of all cores together, since the machine was started; waiting for the disk counts."""
    words = Path("/proc/stat").read_text("ascii").split(maxsplit=6)
    return (int(words[4]) + int(words[5])) / os.sysconf("SC_CLK_TCK")
