"""A real browser before a real emulator; in most tests the test itself is the bot, so that each of its words is known."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from commands.demo.processes import database_url
from commands.demo.showing import LEFT, Left
from commands.demo.walking import NoBrowser, chromium
from emulator.__main__ import Server, listen
from emulator.app import create_app
from emulator.clock import Clock
from emulator.loopback import LimitedBody, LoopbackOnly
from emulator.world import TOKEN, World
from tests.lived import OPENS

MORNING = datetime(2026, 10, 12, 1, 0, tzinfo=UTC)
LI_MING, WANG_FANG, CHEN_JING, ZHOU_WEI = 1001, 1002, 1003, 1004
CAST = {LI_MING: "李明", WANG_FANG: "王芳", CHEN_JING: "陈静", ZHOU_WEI: "周伟"}
SECONDS = 5.0

expect.set_options(timeout=SECONDS * 1000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Not for the whole session: its event loop runs as long as it is open, and other tests need theirs."""
    with contextlib.ExitStack() as stack:
        try:
            yield stack.enter_context(chromium())
        except NoBrowser:
            give_up = pytest.fail if os.environ.get("CI") else pytest.skip
            give_up("no Chromium here: install it (apt install chromium) to try the page in a browser")


@pytest.fixture
def organisation(lived: Path, tmp_path: Path) -> Path:
    """A folder with the demonstration's organisation, as if it had been left on its first morning."""
    shutil.copy(lived, database_url(tmp_path).removeprefix("sqlite:///"))
    Left(OPENS).write(tmp_path / LEFT)
    return tmp_path


@contextmanager
def emulator() -> Iterator[str]:
    """The address of an emulator that runs in a thread of this process."""
    listener = listen(0)
    ready, parts = threading.Event(), {}

    async def run() -> None:
        world = World(clock=Clock(MORNING))
        app = LoopbackOnly(LimitedBody(create_app(world)))
        parts["server"] = Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1), world)
        ready.set()
        await parts["server"].serve(sockets=[listener])

    thread = threading.Thread(target=asyncio.run, args=(run(),))
    thread.start()
    ready.wait(SECONDS)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        parts["server"].should_exit = True
        thread.join(SECONDS)


@dataclass(slots=True)
class Stage:
    """The browser's page, and this test as the bot behind it."""

    url: str
    http: httpx.Client
    context: BrowserContext
    page: Page
    offset: int = 0
    problems: list[str] = field(default_factory=list)

    def bot(self, method: str, **fields: Any) -> Any:
        answer = self.http.post(f"{self.url}/bot{TOKEN}/{method}", json=fields).json()
        assert answer["ok"], answer
        return answer["result"]

    def updates(self, count: int = 1) -> list[dict[str, Any]]:
        """What the people did since the last look; waits for so many."""
        found: list[dict[str, Any]] = []
        while len(found) < count:
            came = self.bot("getUpdates", offset=self.offset, timeout=int(SECONDS), limit=count - len(found))
            assert came, f"{len(found)} of {count} updates came: {found}"
            found += came
            self.offset = found[-1]["update_id"] + 1
        return found

    def say(self, user_id: int, text: str, **fields: Any) -> int:
        return int(self.bot("sendMessage", chat_id=user_id, text=text, parse_mode="HTML", **fields)["message_id"])

    def control(self, path: str, **body: Any) -> Any:
        return self.http.post(f"{self.url}/control{path}", json=body).raise_for_status().json()

    def open(self) -> None:
        self.page.goto(f"{self.url}/")
        expect(self.page.get_by_role("main")).to_be_visible()

    def phone(self, user_id: int) -> Locator:
        return self.page.get_by_role("region", name=f"{CAST[user_id]}的手机")

    def write(self, user_id: int, text: str) -> None:
        field = self.phone(user_id).get_by_role("textbox")
        field.fill(text)
        field.press("Enter")


@pytest.fixture
def stage(browser: Browser) -> Iterator[Stage]:
    with emulator() as url, httpx.Client(timeout=30, trust_env=False) as http:
        yield from a_stage(browser, url, http, {"width": 1440, "height": 900})


@pytest.fixture
def narrow_stage(browser: Browser) -> Iterator[Stage]:
    with emulator() as url, httpx.Client(timeout=30, trust_env=False) as http:
        yield from a_stage(browser, url, http, {"width": 390, "height": 780})


def a_stage(browser: Browser, url: str, http: httpx.Client, size: Any) -> Iterator[Stage]:
    """The cast with their phones, all of whom but 周伟 have started the bot. No script may fail on the way."""
    context = browser.new_context(viewport=size, locale="zh-CN")
    stage = Stage(url, http, context, context.new_page())
    stage.page.on("pageerror", lambda error: stage.problems.append(str(error)))
    stage.page.on("console", lambda line: stage.problems.append(line.text) if line.type == "error" else None)
    for user_id, name in CAST.items():
        stage.control("/users", first_name=name, id=user_id, language_code="zh-hans", about="变电检修党支部")
        if user_id != ZHOU_WEI:
            stage.control(f"/users/{user_id}/start")
    stage.updates(len(CAST) - 1)
    stage.open()
    yield stage
    context.close()
    assert stage.problems == []
