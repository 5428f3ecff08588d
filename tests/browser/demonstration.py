"""What the tests do with the page of a demonstration, beside following its story."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from commands.demo.walking import SLOWEST


def phone(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=f"{name}的手机")


def travels(page: Page, way: str) -> None:
    page.get_by_role("button", name=way).click()
    expect(page.get_by_role("button", name="+1 小时")).to_be_visible(timeout=SLOWEST)
