"""Databases of both engines, ready with the schema, and the stage on which dialogues are played."""

from __future__ import annotations

import gc
import importlib.util
import os
import shutil
import sys
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings

from storage import schema
from storage.database import Database, open_database
from tests import compiled, memory
from tests.lived import lived_once
from tests.postgres_server import PostgresServer
from tests.rehearsals import Rehearsals, opened
from tests.stage import Stage

os.environ.setdefault("PTB_TIMEDELTA", "true")
if importlib.util.find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment] # httpx searches the disk for it at every request in process
settings.register_profile("untimed", deadline=None)  # how busy the machine is decides no test
settings.load_profile("untimed")
compiled.once_for_all_databases()
ENGINES = ("sqlite", "postgres")
TEMPLATE = "template_of_tests"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--stage-on", choices=ENGINES, default="sqlite", help="the engine under the stage")


def pytest_collection_finish() -> None:
    """What is there by now stays: the collector of garbage would look at all of it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def stage_url(request: pytest.FixtureRequest) -> str:
    """An empty database for a stage; `run.py test --long` plays the dialogues and the running process on PostgreSQL too."""
    url: str = request.getfixturevalue(f"{request.config.getoption('--stage-on')}_url")
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "empty.db"
    schema.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    server = PostgresServer()
    server.start()
    try:
        _administer(server, f"CREATE DATABASE {TEMPLATE}")
        schema.upgrade(server.url(TEMPLATE))
        yield server
    finally:
        server.stop()


def _administer(server: PostgresServer, statement: str) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture
def sqlite_url(sqlite_template: Path) -> Iterator[str]:
    folder = memory.folder("sqlite-")
    path = folder / "shuangpei.db"
    shutil.copy(sqlite_template, path)
    yield f"sqlite:///{path}"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex[:12]}"
    _administer(
        postgres_server, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY"
    )  # a quarter of the time of the other
    yield postgres_server.url(name)
    _administer(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database with the schema, once on each engine."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = await open_database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def empty_stage(stage_url: str) -> AsyncIterator[Stage]:
    """A stage without people: for stories that begin with the first start."""
    async with opened(stage_url) as stage:
        yield stage


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the demonstration's organisation, six weeks old; copy it to change it."""
    own = tmp_path_factory.getbasetemp()
    return lived_once(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="session")
def rehearsals(tmp_path_factory: pytest.TempPathFactory) -> Rehearsals:
    return Rehearsals(tmp_path_factory.mktemp("rehearsals"))


@pytest.fixture
async def stage(stage_url: str, rehearsals: Rehearsals) -> AsyncIterator[Stage]:
    """The cast of six in their branches, speaking Chinese."""
    async with rehearsals.staged(stage_url) as stage:
        yield stage


@pytest.fixture
async def english_stage(stage_url: str, rehearsals: Rehearsals) -> AsyncIterator[Stage]:
    """The same cast, reading English."""
    async with rehearsals.staged(stage_url, "en") as stage:
        yield stage


@pytest.fixture(params=["zh-hans", "en"])
async def either_stage(request: pytest.FixtureRequest, stage_url: str, rehearsals: Rehearsals) -> AsyncIterator[Stage]:
    """The cast once in each of the two languages."""
    async with rehearsals.staged(stage_url, request.param) as stage:
        yield stage
