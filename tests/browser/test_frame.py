"""The page around the phones: time, room, languages, keyboard, and what happens when something breaks off."""

from __future__ import annotations

from datetime import datetime

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import CHEN_JING, LI_MING, WANG_FANG, Stage


def now(stage: Stage) -> datetime:
    return datetime.fromisoformat(stage.http.get(f"{stage.url}/clock").json()["now"])


def test_the_clock_is_turned(stage: Stage) -> None:
    time = stage.page.get_by_role("group", name="时间")
    expect(time).to_contain_text("09:00")
    expect(time).to_contain_text("2026年10月12日")
    for button, shown in (
        ("+2 分钟", "09:02"),
        ("+1 小时", "10:02"),
        ("下个工作日", "10月13日"),
        ("到月末", "11月2日"),
    ):
        time.get_by_role("button", name=button).focus()
        stage.page.keyboard.press("Enter")
        expect(time).to_contain_text(shown)
        expect(time.get_by_role("button", name=button), "the focus comes back from the journey").to_be_focused()
    time.get_by_role("button", name="选日期").click()
    stage.page.get_by_label("助手的时钟").last.fill("2026-11-04T18:30")
    stage.page.get_by_role("button", name="出发").click()
    expect(time).to_contain_text("18:30")
    assert now(stage).isoformat() == "2026-11-04T10:30:00+00:00"
    time.get_by_role("button", name="时钟已暂停").click()
    expect(time.get_by_role("button", name="时钟走动中")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(1024, 768), (1280, 720), (1366, 768)])
def test_on_a_small_screen_there_is_room_to_read(stage: Stage, width: int, height: int) -> None:
    stage.page.set_viewport_size({"width": width, "height": height})
    tell_a_story(stage)
    keyboard = {"keyboard": [[{"text": f"{row}左"}, {"text": f"{row}右"}] for row in range(8)], "is_persistent": True}
    stage.say(WANG_FANG, "请在下方选择要办的事", reply_markup=keyboard)
    keys = {
        "inline_keyboard": [
            [{"text": "已阅", "callback_data": "noted"}],
            [{"text": "写点评", "callback_data": "words"}],
        ]
    }
    stage.say(WANG_FANG, "有1份汇报待您点评", reply_markup=keys)
    phone = stage.phone(WANG_FANG)
    for shown in (
        phone.get_by_text("有1份汇报待您点评"),
        phone.get_by_role("button", name="已阅"),
        phone.get_by_role("textbox"),
    ):
        expect(shown).to_be_in_viewport(ratio=1)
    expect(phone.get_by_role("button", name="0左")).to_be_in_viewport(ratio=1)


def test_a_reload_in_the_middle_loses_nothing(stage: Stage) -> None:
    stage.write(LI_MING, "第一句")
    stage.say(LI_MING, "收到")
    stage.page.reload()
    expect(stage.phone(LI_MING).get_by_text("第一句")).to_be_visible()
    expect(stage.phone(LI_MING).get_by_text("收到")).to_be_visible()
    stage.say(LI_MING, "之后")
    expect(stage.phone(LI_MING).get_by_text("之后")).to_be_visible()


def test_whether_the_bot_is_there(stage: Stage) -> None:
    stage.bot("getUpdates", offset=stage.offset)
    stage.page.reload()
    expect(stage.page.locator(".banner")).to_be_hidden()
    expect(stage.page.locator(".banner")).to_contain_text("助手没有运行", timeout=10_000)


def test_by_keyboard_alone(stage: Stage) -> None:
    page, phone = stage.page, stage.phone(WANG_FANG)
    page.keyboard.press("Alt+2")
    expect(phone.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("在\n")
    assert stage.updates()[0]["message"]["from"]["id"] == WANG_FANG
    keys = {"inline_keyboard": [[{"text": "已阅", "callback_data": "noted"}]]}
    stage.say(WANG_FANG, "有1份汇报待您点评", reply_markup=keys)
    expect(phone.get_by_role("button", name="已阅")).to_be_visible()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.textContent") == "已阅":
            break
    page.keyboard.press("Enter")
    query = stage.updates()[0]["callback_query"]
    assert query["data"] == "noted"
    stage.bot("answerCallbackQuery", callback_query_id=query["id"], text="请先读完", show_alert=True)
    expect(phone.get_by_role("button", name="好", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(phone.get_by_role("button", name="已阅")).to_be_focused()


def test_language_and_looks_are_kept(stage: Stage) -> None:
    page = stage.page
    page.get_by_role("button", name="设置", exact=True).click()
    page.get_by_role("radio", name="深色").click()
    page.get_by_role("radio", name="English").click()
    expect(page.get_by_role("button", name="+1 hour")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="+1 hour")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"


def tell_a_story(stage: Stage) -> None:
    """Two steps on 王芳's phone: she writes, and she writes once more."""
    move = {"user_id": WANG_FANG, "sign": "write", "words": "写一句话", "value": "请再补充一点"}
    steps = [{"title": title, "why": "为了李明", "moves": [move]} for title in ("点评", "再点评")]
    stage.control("/story", steps=steps, phones=[WANG_FANG, LI_MING])


def test_the_guide_by_keyboard_alone(stage: Stage) -> None:
    page, guide = stage.page, stage.page.get_by_role("region", name="引导")
    expect(guide).to_have_count(0)
    tell_a_story(stage)
    guide.get_by_role("button", name="开始").focus()
    page.keyboard.press("Enter")
    expect(stage.phone(LI_MING)).to_be_visible()
    expect(stage.page.get_by_role("region", name="陈静的手机")).to_have_count(0)
    expect(guide.get_by_role("img", name="第 1 步，共 2 步")).to_be_visible()
    expect(guide.get_by_role("button", name="填入")).to_be_focused()
    page.keyboard.press("Enter")
    field = stage.phone(WANG_FANG).get_by_role("textbox")
    expect(field).to_be_focused()
    expect(field).to_have_value("请再补充一点")
    page.keyboard.press("Enter")
    assert stage.updates()[0]["message"]["text"] == "请再补充一点"
    expect(guide.get_by_role("heading")).to_have_text("再点评")
    for name, heading in (("上一步", "点评"), ("跳过这一步", "再点评"), ("跳过这一步", "走完了，就这么多")):
        guide.get_by_role("button", name=name).focus()
        page.keyboard.press("Enter")
        expect(guide.get_by_role("heading")).to_have_text(heading)


def test_the_guide_shows_the_phone_on_which_the_next_move_is_made(narrow_stage: Stage) -> None:
    """Where only one is in view: a link is opened on the phone of whoever got it."""
    stage, guide = narrow_stage, narrow_stage.page.get_by_role("region", name="引导")
    stage.say(CHEN_JING, f"邀请：https://t.me/{stage.bot('getMe')['username']}?start=7K2M9QXA")
    move = {"user_id": LI_MING, "sign": "start", "link_of": CHEN_JING, "words": "点陈静手机上的链接", "value": ""}
    stage.control("/story", steps=[{"title": "登记", "why": "为了李明", "moves": [move]}], phones=[LI_MING, CHEN_JING])
    guide.get_by_role("button", name="开始").click()
    expect(stage.phone(CHEN_JING).locator(".in-text.pointed")).to_be_in_viewport()
    stage.page.get_by_role("tab", name="李明").click()
    guide.get_by_role("button", name="看手机").click()
    stage.phone(CHEN_JING).locator(".in-text.pointed").click()
    stage.page.get_by_role("dialog").get_by_role("button", name="李明").click()
    expect(guide.get_by_role("heading")).to_have_text("走完了，就这么多")


def test_what_the_guide_points_at_stays_in_view(stage: Stage) -> None:
    """Though more comes beneath it, and though it stands far down a long keyboard."""
    rows = [[f"第{number}项"] for number in range(12)]
    taps = {"user_id": WANG_FANG, "sign": "tap", "words": "点“已阅”", "value": "^noted$", "label": ""}
    press = {"user_id": WANG_FANG, "sign": "press", "words": "点“第11项”", "value": "第11项"}
    stage.control("/story", steps=[{"title": "点评", "why": "为了李明", "moves": [press, taps]}], phones=[WANG_FANG])
    stage.say(WANG_FANG, "您好", reply_markup={"keyboard": rows, "resize_keyboard": True})
    keys = {"inline_keyboard": [[{"text": "已阅", "callback_data": "noted"}]]}
    stage.say(WANG_FANG, "有1份汇报待您点评", reply_markup=keys)
    stage.page.get_by_role("button", name="开始").click()
    key = stage.phone(WANG_FANG).get_by_role("button", name="第11项")
    expect(key).to_be_in_viewport(ratio=1)
    key.click()
    expect(stage.phone(WANG_FANG).get_by_role("button", name="已阅")).to_contain_class("pointed")
    for number in range(12):
        stage.say(WANG_FANG, f"第{number}件事\n\n\n")
    expect(stage.phone(WANG_FANG).get_by_text("第11件事")).to_be_attached()
    expect(stage.phone(WANG_FANG).get_by_role("button", name="已阅")).to_be_in_viewport(ratio=1)


def test_the_guide_is_left_and_taken_up_again(stage: Stage) -> None:
    page, guide = stage.page, stage.page.get_by_role("region", name="引导")
    tell_a_story(stage)
    guide.get_by_role("button", name="自己看看").click()
    expect(guide).to_be_hidden()
    expect(page.locator(".pointed")).to_have_count(0)
    page.reload()
    expect(guide).to_be_hidden()
    page.get_by_role("button", name="引导").click()
    expect(guide.get_by_role("heading")).to_have_text("点评")
    expect(stage.phone(WANG_FANG).locator(".compose")).to_contain_class("pointed")
    guide.get_by_role("button", name="离开引导").click()
    expect(guide).to_be_hidden()


def test_faults_are_switched_on_and_off(stage: Stage) -> None:
    page = stage.page
    page.get_by_role("button", name="幕后").click()
    switch = page.get_by_role("switch", name="Telegram 断开")
    switch.focus()
    page.keyboard.press("Space")
    expect(switch).to_be_checked()
    expect(page.locator(".banner")).to_contain_text("故障开关已打开")
    stage.write(LI_MING, "没有丢")
    with pytest.raises(httpx.TransportError):
        stage.bot("getUpdates", offset=stage.offset)
    switch.click()
    expect(switch).not_to_be_checked()
    assert stage.updates()[0]["message"]["text"] == "没有丢"
    page.get_by_text("接口调用").click()
    expect(page.get_by_role("complementary").get_by_text("getupdates").first).to_be_visible()
    expect(page.get_by_role("switch", name="强行停止助手")).to_have_count(0)


def test_no_page_from_elsewhere_drives_it(stage: Stage) -> None:
    elsewhere = stage.context.new_page()
    elsewhere.goto("data:text/html,<title>elsewhere</title>")
    said = elsewhere.evaluate(
        """async (address) => { const asks = [fetch(address, { method: "POST", mode: "no-cors", body: '{"text":"1"}' }),
          fetch(address, { method: "POST", mode: "no-cors", body: new URLSearchParams({ text: "2" }) })];
          return (await Promise.allSettled(asks)).length; }""",
        f"{stage.url}/control/users/{LI_MING}/say",
    )
    assert said == 2
    elsewhere.close()
    stage.write(LI_MING, "只有这一句")
    assert [one["message"]["text"] for one in stage.updates()] == ["只有这一句"]
    assert "1" not in stage.phone(LI_MING).locator(".message.own .text").all_inner_texts()


def test_on_a_phone_one_phone_at_a_time(narrow_stage: Stage) -> None:
    stage, page = narrow_stage, narrow_stage.page
    expect(stage.phone(LI_MING)).to_be_visible()
    expect(stage.phone(WANG_FANG)).to_have_count(0)
    stage.say(WANG_FANG, "有1份汇报待您点评")
    tab = page.get_by_role("tab", name="王芳")
    expect(tab.get_by_label("1 条未读")).to_be_visible()
    tab.focus()
    page.keyboard.press("Enter")
    expect(stage.phone(WANG_FANG).get_by_text("待您点评")).to_be_visible()
    expect(tab).to_be_focused()
    expect(tab.get_by_label("条未读")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    outside = page.evaluate(
        """() => [...document.querySelectorAll("button, a, textarea")].filter((one) => one.checkVisibility() && !one.closest(".ways, .tabs"))
          .filter((one) => one.getBoundingClientRect().right > innerWidth).map((one) => one.outerHTML)"""
    )
    assert outside == []
    small = page.evaluate(
        """() => [...document.querySelectorAll("button")].filter((one) => one.checkVisibility() && !one.matches(".in-text"))
          .map((one) => [one.getBoundingClientRect(), one]).filter(([box]) => Math.min(box.width, box.height) < 24)
          .map(([, one]) => one.outerHTML)"""
    )
    assert small == []
    tab.click()
    expect(page.get_by_role("dialog", name="谁在用这部手机？")).to_be_visible()
