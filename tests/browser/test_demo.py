"""`run.py demo` as a newcomer meets it: the real assistant behind the phones, and a clock to turn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, expect

from commands.demo.walking import SLOWEST, demo
from tests.browser.demonstration import now, phone, travels

REPORT = "跟班完成2号主变保护校验，把上周学的整组传动用上了。"


def test_a_report_survives_a_killed_assistant_and_the_end_of_the_day(browser: Browser, organisation: Path) -> None:
    """From the member to his mentor; on the way the assistant is killed, the page reloaded, and all of it stopped."""
    with demo("--lang", "zh", "--keep", str(organisation)) as url:
        page = opened(browser, url)
        print(f"from tap to answer: {median(from_tap_to_answer(page)):.0f} ms")  # noqa: T201 - read with -rP, on a quiet machine
        begin_a_report(page)
        kill_and_start(page)
        member, mentor = phone(page, "李明"), phone(page, "王芳")
        member.get_by_role("button", name="提交", exact=True).click(timeout=SLOWEST)
        expect(member.get_by_role("button", name="撤销")).to_be_visible()
        travels(page, url, "+2 分钟", timedelta(minutes=2))
        mentor.get_by_role("button", name="待点评", exact=True).click()
        mentor.get_by_role("button", name="逐份点评").click()
        expect(mentor.get_by_text(REPORT)).to_be_visible()
        for one in (member, mentor):
            expect(one.locator(".chat-header")).to_be_in_viewport(ratio=1)
            expect(one.get_by_role("textbox")).to_be_in_viewport(ratio=1)
        before = now(url)
        page.close()
    with demo("--lang", "zh", "--keep", str(organisation)) as url:
        assert now(url) > before
        page = opened(browser, url)
        phone(page, "王芳").get_by_role("button", name="待点评", exact=True).click(timeout=SLOWEST)
        expect(phone(page, "王芳").get_by_text("1份汇报待您点评")).to_be_visible()
        page.close()


def opened(browser: Browser, url: str) -> Page:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page.goto(url)
    page.get_by_role("button", name="自己看看").click()
    return page


TAPPED = """key => new Promise((answered) => { const began = performance.now();
  const seen = (_, watch) => { watch.disconnect(); answered(performance.now() - began); };
  new MutationObserver(seen).observe(key.closest(".messages"), { childList: true, subtree: true }); key.click(); })"""


def from_tap_to_answer(page: Page) -> Iterator[float]:
    """Milliseconds on the whole way through the local Telegram and the assistant: reminders go off and on."""
    member = phone(page, "李明")
    member.get_by_role("button", name="提醒设置", exact=True).click(timeout=SLOWEST)
    for _ in range(4):
        for name in ("关闭提醒", "开启提醒"):
            key = member.get_by_role("button", name=name, exact=True)
            expect(key).to_be_visible()
            yield key.evaluate(TAPPED)
    expect(member.get_by_role("button", name="关闭提醒", exact=True)).to_be_visible()


def begin_a_report(page: Page) -> None:
    member = phone(page, "李明")
    member.get_by_role("button", name="汇报", exact=True).click(timeout=SLOWEST)
    expect(member.get_by_text("两三句话即可")).to_be_visible()
    field = member.get_by_role("textbox")
    field.fill(REPORT)
    field.press("Enter")
    expect(member.get_by_role("button", name="按计划推进")).to_be_visible()


def kill_and_start(page: Page) -> None:
    """What is tapped meanwhile waits, on a reloaded page as well."""
    page.get_by_role("button", name="幕后").click()
    behind = page.get_by_role("complementary")
    expect(behind.get_by_role("cell", name="汇报，10月").first).to_be_visible()
    behind.get_by_text("原始数据").first.click()
    expect(behind.get_by_text('"kind": "report"')).to_be_visible()
    page.get_by_role("switch", name="强行停止助手").click()
    expect(page.locator(".banner")).to_contain_text("消息会留着")
    phone(page, "李明").get_by_role("button", name="按计划推进").click()
    page.reload()
    expect(page.locator(".banner")).to_contain_text("消息会留着")
    page.get_by_role("button", name="幕后").click()
    switch = page.get_by_role("switch", name="强行停止助手")
    expect(switch).to_be_checked()
    switch.click()
