"""The guided story, as somebody walks through it who knows nothing: doing only what the page points at."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from commands.demo.walking import demo, walk
from tests.browser.demonstration import phone

RELOADED_AT = 3  # at the beginning of this step, to see that nothing is lost by it


def test_the_whole_story_on_three_phones(browser: Browser, organisation: Path) -> None:
    with demo("--lang", "zh", "--keep", str(organisation)) as url:
        page = browser.new_page(
            viewport={"width": 1440, "height": 900},
            locale="zh-CN",
            reduced_motion="reduce",  # what pulses is painted sixty times a second
        )
        page.goto(url)
        steps: list[int] = []
        for step in walk(page):
            if not steps:
                expect(phone(page, "苏晴").get_by_text("请用支部发给您的邀请链接")).to_be_visible()
            if step not in steps:
                steps.append(step)
            if step == RELOADED_AT == len(steps) and not page.evaluate("window.loadedAgain"):
                page.reload()
                page.evaluate("window.loadedAgain = true")
        assert steps == list(range(1, 10))
        for name in ("苏晴", "王芳", "陈静"):
            expect(phone(page, name)).to_be_visible()
        expect(phone(page, "陈静").get_by_text("本月师徒同练").first).to_be_visible()
        guide = page.get_by_role("region", name="引导")
        expect(guide.get_by_role("heading")).to_have_text("走完了，就这么多")
        guide.get_by_role("button", name="好", exact=True).click()
        expect(guide).to_be_hidden()
        page.get_by_role("button", name="引导").click()
        expect(guide).to_be_visible()
        page.close()
