"""`run.py demo` as a newcomer meets it: the real assistant behind the phones, and a clock to turn."""

from __future__ import annotations

from pathlib import Path

import httpx
from playwright.sync_api import Browser, expect

from tests.browser.demonstration import SLOWEST, demo, phone, travels

REPORT = "跟班完成2号主变保护校验，把上周学的整组传动用上了。"


def test_a_report_goes_from_the_member_to_his_mentor(browser: Browser, tmp_path: Path) -> None:
    with demo("--lang", "zh", "--keep", str(tmp_path)) as url:
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        page.goto(url)
        member, mentor = phone(page, "李明"), phone(page, "王芳")
        member.get_by_role("button", name="汇报", exact=True).click(timeout=SLOWEST)
        expect(member.get_by_text("两三句话即可")).to_be_visible()
        field = member.get_by_role("textbox")
        field.fill(REPORT)
        field.press("Enter")
        member.get_by_role("button", name="按计划推进").click()
        member.get_by_role("button", name="提交", exact=True).click()
        expect(member.get_by_role("button", name="撤销")).to_be_visible()
        travels(page, "+2 分钟")
        mentor.get_by_role("button", name="待点评", exact=True).click()
        mentor.get_by_role("button", name="逐份点评").click()
        expect(mentor.get_by_text(REPORT)).to_be_visible()
        for one in (member, mentor):
            expect(one.locator(".chat-header")).to_be_in_viewport(ratio=1)
            expect(one.get_by_role("textbox")).to_be_in_viewport(ratio=1)
        page.close()
        before = httpx.get(f"{url}clock", trust_env=False).json()["now"]
    with demo("--lang", "zh", "--keep", str(tmp_path)) as url:
        assert httpx.get(f"{url}clock", trust_env=False).json()["now"] > before
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        page.goto(url)
        phone(page, "王芳").get_by_role("button", name="待点评", exact=True).click(timeout=SLOWEST)
        expect(phone(page, "王芳").get_by_text("1份汇报待您点评")).to_be_visible()
        page.close()
