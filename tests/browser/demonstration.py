"""What the tests do with the page of a demonstration, beside following its story."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import httpx
from playwright.sync_api import Locator, Page, expect

from commands.demo.walking import SLOWEST


def phone(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=f"{name}的手机")


def now(url: str) -> datetime:
    return datetime.fromisoformat(httpx.get(f"{url}clock", trust_env=False).json()["now"])


def travels(page: Page, url: str, way: str, by: timedelta) -> None:
    """Until the clock has arrived and can be turned again; right after the tap it looks as if it could."""
    arrival, give_up = now(url) + by, time.monotonic() + SLOWEST / 1000
    page.get_by_role("button", name=way).click()
    while now(url) < arrival:
        assert time.monotonic() < give_up
        page.wait_for_timeout(100)
    expect(page.get_by_role("button", name="+1 小时")).to_be_visible(timeout=SLOWEST)
