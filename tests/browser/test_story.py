"""The guided story, as somebody walks through it who knows nothing: doing only what the page points at."""

from __future__ import annotations

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.demonstration import SLOWEST, demo, phone

MOST_MOVES = 80
RELOADED_AT = 3  # in this step, to see that nothing is lost by it


def test_the_whole_story_on_three_phones(browser: Browser) -> None:
    with demo("--lang", "zh") as url:
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        page.goto(url)
        guide = page.get_by_role("region", name="引导")
        guide.get_by_role("button", name="开始").click()
        for name in ("苏晴", "王芳", "陈静"):
            expect(phone(page, name)).to_be_visible()
        titles = follow(page, guide)
        assert [titles[0], titles[-1], len(titles)] == ["邀请一位新同志", "月度小结", 8]
        expect(phone(page, "陈静").get_by_text("本月师徒同练").first).to_be_visible()
        guide.get_by_role("button", name="好", exact=True).click()
        expect(guide).to_be_hidden()
        page.get_by_role("button", name="引导").click()
        expect(guide).to_be_visible()
        page.close()


def follow(page: Page, guide: Locator) -> list[str]:
    """To the end; the titles of the steps on the way."""
    titles, reloaded = list[str](), False
    for _ in range(MOST_MOVES):
        title = guide.get_by_role("heading").inner_text()
        if title == "走完了，就这么多":
            return titles
        if title not in titles:
            titles.append(title)
        if len(titles) == RELOADED_AT and not reloaded:
            page.reload()
            reloaded = True
        before = guide.inner_text()
        move(page, guide)
        expect(guide).not_to_have_text(before, use_inner_text=True, timeout=SLOWEST)
    raise AssertionError(f"the story does not come to its end: {titles}")


def move(page: Page, guide: Locator) -> None:
    """The guide's own button, and else what is pointed at."""
    travel, fill = guide.get_by_role("button", name="快进"), guide.get_by_role("button", name="填入")
    if travel.is_visible():
        travel.click()
    elif fill.is_visible():
        fill.click()
        page.keyboard.press("Enter")
    else:
        pointed = page.locator(".pointed").last
        is_link = pointed.get_attribute("data-link")
        pointed.click()
        if is_link:
            page.get_by_role("dialog").get_by_role("button", name="苏晴").click()
