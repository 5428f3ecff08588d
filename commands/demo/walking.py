"""Walks through the page of a demonstration in a real browser, as somebody does who follows what it points at.

For the tests of the page and for the pictures of it; Playwright drives a Chromium that is there already.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from commands.demo.keeping import free_port
from commands.demo.processes import ROOT

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
"""One that hums, and that every page may use without being asked."""
SLOWEST = 60_000  # milliseconds for a journey of some weeks on a busy machine
MOST_MOVES = 80


class NoBrowser(Exception):
    """There is no Chromium on the path."""


class NoEnd(Exception):
    """The story went on and on."""


@contextmanager
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        raise NoBrowser
    with sync_playwright() as playwright:
        as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=[*as_root, *MICROPHONE])
        yield browser
        browser.close()


@contextmanager
def demo(*options: str) -> Iterator[str]:
    """The page's address; at the end it must have closed in order."""
    command = [sys.executable, "-u", str(ROOT / "run.py"), "demo", "--no-open", "--port", str(free_port()), *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own program
        assert process.stdout is not None
        line = next((line for line in process.stdout if "http://" in line), "")
        assert line, "the demonstration ended before it began"
        try:
            yield line[line.index("http://") :].strip()
        finally:
            process.send_signal(signal.SIGINT)
            process.stdout.read()
    assert process.returncode == 0


def walk(page: Page) -> Iterator[int]:
    """Through the guided story, move by move; before each the number of its step is given, from 1, and one more at the end."""
    guide = page.locator(".guide")
    guide.locator(".do .primary").click()
    expect(guide.locator(".progress")).to_be_visible()
    for _ in range(MOST_MOVES):
        if guide.locator(".progress").count() == 0:
            yield 9
            return
        yield guide.locator(".progress .past").count() + 1
        before = guide.inner_text()
        move(page, guide)
        expect(guide).not_to_have_text(before, use_inner_text=True, timeout=SLOWEST)
    raise NoEnd


def move(page: Page, guide: Locator) -> None:
    """The guide's own button, and what it filled in; else what is pointed at: of several, the one that is named, or the first."""
    own = guide.locator(".do .button")
    if own.count():
        fills = page.locator(".compose.pointed").count() > 0
        own.click()
        if fills:
            page.keyboard.press("Enter")
        return
    words = guide.locator(".do .names .name").inner_text()
    pointed = next(
        (one for one in page.locator(".pointed").all() if one.inner_text() in words), page.locator(".pointed").first
    )
    is_link = pointed.get_attribute("data-link")
    whose = guide.locator(".do .names .soft").inner_text()
    pointed.click()
    if is_link:
        page.get_by_role("dialog").get_by_role("button", name=whose).click()
