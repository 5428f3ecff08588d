"""A phone on the page is a chat client: what the bot sends is shown, and what people do reaches the bot."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from playwright.sync_api import expect

from emulator.seen import white_picture
from tests.browser.conftest import CHEN_JING, LI_MING, WANG_FANG, ZHOU_WEI, Stage


def inline(*rows: list[tuple[str, str]]) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": text, "callback_data": data} for text, data in row] for row in rows]}


def test_a_dialogue(stage: Stage) -> None:
    phone = stage.phone(LI_MING)
    stage.write(LI_MING, "独立完成10千伏备自投试验")
    (update,) = stage.updates()
    assert update["message"]["text"] == "独立完成10千伏备自投试验"
    stage.bot("sendChatAction", chat_id=LI_MING, action="typing")
    expect(phone.get_by_text("正在输入…")).to_be_visible()
    sent = stage.say(LI_MING, "进展如何？", reply_markup=inline([("按计划推进", "plan"), ("需要支持", "need")]))
    expect(phone.get_by_text("正在输入…")).to_be_hidden()
    phone.get_by_role("button", name="按计划推进").click()
    expect(phone.get_by_role("button", name="按计划推进")).to_have_attribute("aria-busy", "true")
    (update,) = stage.updates()
    assert update["callback_query"]["data"] == "plan"
    stage.bot("answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text="已记录")
    expect(phone.get_by_role("status")).to_have_text("已记录")
    stage.bot("editMessageText", chat_id=LI_MING, message_id=sent, text="已收到，谢谢！")
    expect(phone.get_by_text("已收到，谢谢！")).to_be_visible()
    expect(phone.get_by_role("button", name="按计划推进")).to_have_count(0)
    stage.bot("deleteMessage", chat_id=LI_MING, message_id=sent)
    expect(phone.get_by_text("已收到，谢谢！")).to_have_count(0)
    expect(stage.phone(WANG_FANG).get_by_role("listitem").filter(has_text="进展如何")).to_have_count(0)


def test_an_alert_stands_before_one_phone_only(stage: Stage) -> None:
    stage.say(LI_MING, "撤销？", reply_markup=inline([("撤销", "undo")]))
    phone = stage.phone(LI_MING)
    phone.get_by_role("button", name="撤销").click()
    query = stage.updates()[0]["callback_query"]
    stage.bot("answerCallbackQuery", callback_query_id=query["id"], text="已过一分钟，不能撤销。", show_alert=True)
    expect(phone.get_by_role("alertdialog")).to_contain_text("不能撤销")
    stage.write(WANG_FANG, "在")
    stage.page.keyboard.press("Tab")
    phone.get_by_role("button", name="好", exact=True).click()
    expect(phone.get_by_role("alertdialog")).to_have_count(0)


def test_every_kind_of_text(stage: Stage) -> None:
    html = (
        "<b>粗<i>斜</i></b> <u>下划</u> <s>删除</s> <code>x &lt; y</code> <tg-spoiler>隐藏</tg-spoiler>\n"
        "<blockquote>引用</blockquote>\n<pre>一\n二</pre>\n"
        '<a href="https://example.org/a?b=c">链接</a> https://example.org/d /help'
    )
    stage.say(LI_MING, html)
    text = stage.phone(LI_MING).locator(".message").last.locator(".text")
    expect(text.locator("strong")).to_have_text("粗斜")
    expect(text.locator("strong em")).to_have_text("斜")
    for tag, words in (("u", "下划"), ("s", "删除"), ("blockquote", "引用"), ("pre", "一\n二")):
        expect(text.locator(tag)).to_have_text(words)
    expect(text.locator("code").first).to_have_text("x < y")
    links = text.locator("a")
    assert [links.nth(place).get_attribute("href") for place in range(2)] == [
        "https://example.org/a?b=c", "https://example.org/d",
    ]  # fmt: skip
    assert links.first.get_attribute("rel") == "noreferrer noopener"
    text.get_by_role("button", name="点击显示隐藏内容").click()
    expect(text.get_by_text("隐藏", exact=True)).to_be_visible()
    text.get_by_role("button", name="/help").click()
    assert stage.updates()[0]["message"]["text"] == "/help"


def test_markup_in_names_and_texts_stays_text(stage: Stage) -> None:
    evil = "<img src=x onerror=\"document.title='hacked'\"><script>document.title='hacked'</script>"
    stage.control("/users", first_name=evil[:60], id=LI_MING, about=evil)
    stage.write(WANG_FANG, evil)
    stage.bot("sendMessage", chat_id=WANG_FANG, text=evil, reply_markup=inline([(evil[:40], "x")]))
    expect(stage.phone(WANG_FANG).locator(".message").last).to_contain_text("<script>")
    expect(stage.page.locator("img[src=x], main script")).to_have_count(0)
    assert "hacked" not in stage.page.title()
    address = {"inline_keyboard": [[{"text": "去", "url": "tg://resolve?domain=other"}]]}
    stage.bot("sendMessage", chat_id=WANG_FANG, text="x", reply_markup=address)


def test_keyboard_and_commands(stage: Stage) -> None:
    phone = stage.phone(LI_MING)
    commands = [{"command": "checkin", "description": "汇报"}, {"command": "me", "description": "我的"}]
    stage.bot("setMyCommands", commands=commands)
    stage.say(LI_MING, "您好", reply_markup={"keyboard": [["汇报", "我的"]], "resize_keyboard": True})
    phone.get_by_role("button", name="汇报", exact=True).click()
    assert stage.updates()[0]["message"]["text"] == "汇报"
    phone.get_by_role("button", name="收起按钮").click()
    expect(phone.get_by_role("button", name="汇报", exact=True)).to_have_count(0)
    field = phone.get_by_role("textbox")
    field.fill("/m")
    expect(phone.get_by_role("option")).to_have_text(["/me我的"])
    field.fill("/")
    expect(phone.get_by_role("option")).to_have_count(2)
    field.press("ArrowDown")
    field.press("Enter")
    assert stage.updates()[0]["message"]["text"] == "/me"
    expect(phone.get_by_role("listbox")).to_have_count(0)


def test_reply_edit_and_copy(stage: Stage) -> None:
    phone = stage.phone(LI_MING)
    sent = stage.say(LI_MING, "请补充一点")
    bot_message = phone.get_by_role("listitem").filter(has_text="请补充一点")
    bot_message.hover()
    bot_message.get_by_role("button", name="更多操作").click()
    stage.page.get_by_role("menuitem", name="回复").click()
    stage.write(LI_MING, "补充如下")
    (update,) = stage.updates()
    assert update["message"]["reply_to_message"]["message_id"] == sent
    expect(phone.locator(".quoted")).to_contain_text("请补充一点")
    field = phone.get_by_role("textbox")
    field.press("ArrowUp")
    expect(field).to_have_value("补充如下")
    field.fill("补充如下：已完成")
    field.press("Enter")
    assert stage.updates()[0]["edited_message"]["text"] == "补充如下：已完成"
    expect(phone.get_by_role("listitem").filter(has_text="已完成")).to_contain_text("已编辑")


def test_in_haste_nothing_is_said_twice_and_nothing_is_overlooked(stage: Stage) -> None:
    phone = stage.phone(LI_MING)
    field, newest = phone.get_by_role("textbox"), phone.get_by_role("button", name="看最新消息")
    stage.page.evaluate(
        """() => { const field = document.querySelector(".compose textarea"); field.value = "甲";
        for (const _ of [1, 2]) field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true })); field.value = "乙"; }"""
    )
    assert stage.updates()[0]["message"]["text"] == "甲"
    expect(phone.get_by_role("listitem").filter(has_text="甲")).to_have_count(1)
    expect(field).to_have_value("乙")
    field.press("Enter")
    assert stage.updates()[0]["message"]["text"] == "乙"
    stage.say(LI_MING, "一行\n" * 60 + "完")
    expect(phone.get_by_text("完")).to_be_visible()
    phone.locator(".scroller").evaluate("one => { one.scrollTop = 0; }")
    expect(newest).to_be_visible()
    stage.say(LI_MING, "又来一件")
    expect(newest).to_have_accessible_name("看最新消息: 1 条未读")
    newest.click()
    expect(phone.get_by_text("又来一件")).to_be_in_viewport()
    expect(newest).to_be_hidden()


def test_photos_and_files_both_ways(stage: Stage, tmp_path: Path) -> None:
    phone, picture = stage.phone(LI_MING), tmp_path / "现场.png"
    picture.write_bytes(white_picture(40, 30))
    phone.locator("input[type=file]").set_input_files(picture)
    stage.page.get_by_label("说明（可不填）").fill("试验接线")
    stage.page.get_by_role("button", name="发送", exact=True).last.click()
    (update,) = stage.updates()
    assert (update["message"]["photo"][0]["width"], update["message"]["caption"]) == (40, "试验接线")
    phone.get_by_role("button", name="放大图片").click()
    expect(stage.page.get_by_role("dialog", name="图片")).to_be_visible()
    stage.page.keyboard.press("Escape")
    answer = stage.http.post(
        f"{stage.url}/bot{_token()}/sendDocument", data={"chat_id": LI_MING}, files={"document": ("小结.xlsx", b"PK")}
    )
    assert answer.json()["ok"]
    with stage.page.expect_download() as coming:
        phone.get_by_role("link", name="下载 小结.xlsx").click()
    assert (coming.value.suggested_filename, coming.value.path().read_bytes()) == ("小结.xlsx", b"PK")


def test_a_voice_note_is_recorded_or_dropped(stage: Stage) -> None:
    phone = stage.phone(LI_MING)
    phone.get_by_role("button", name="录语音").click()
    expect(phone.get_by_role("button", name="结束并发送")).to_be_visible()
    expect(phone.get_by_placeholder("正在录音…")).to_be_visible()
    stage.page.keyboard.press("Escape")
    expect(phone.get_by_role("button", name="录语音")).to_be_focused()
    phone.get_by_role("button", name="录语音").click()
    expect(phone.get_by_role("button", name="取消")).to_be_visible()
    stage.page.wait_for_timeout(300)
    phone.get_by_role("button", name="结束并发送").click()
    (update,) = stage.updates()
    assert update["message"]["voice"]["file_size"] > 0
    expect(phone.get_by_label("语音", exact=True)).to_be_visible()


def test_a_picture_is_pasted(stage: Stage) -> None:
    field = stage.phone(LI_MING).get_by_role("textbox")
    field.evaluate(
        """(field, bytes) => { const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes)], "截图.png", { type: "image/png" }));
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }""",
        list(white_picture(12, 9)),
    )
    stage.page.get_by_label("以文件形式发送").check()
    stage.page.get_by_role("button", name="发送", exact=True).last.click()
    assert stage.updates()[0]["message"]["document"]["file_name"] == "截图.png"


def test_start_block_and_unblock(stage: Stage) -> None:
    stage.bot("setMyDescription", description="汇报、点评、小结")
    stage.page.get_by_role("button", name="陈静").first.click()
    stage.page.get_by_role("dialog").get_by_role("button", name="周伟").click()
    phone = stage.phone(ZHOU_WEI)
    phone.get_by_role("button", name="开始", exact=True).click()
    assert stage.updates()[-1]["message"]["text"] == "/start"
    phone.get_by_role("button", name="更多操作").first.click()
    stage.page.get_by_role("menuitem", name="停用机器人").click()
    assert stage.updates()[0]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    phone.get_by_role("button", name="重新启用").click()
    assert stage.updates()[0]["my_chat_member"]["new_chat_member"]["status"] == "member"
    expect(phone.get_by_role("textbox")).to_be_visible()


def test_an_invitation_link_opens_on_the_phone_of_ones_choice(stage: Stage) -> None:
    username = stage.bot("getMe")["username"]
    stage.say(CHEN_JING, f"邀请：https://t.me/{username}?start=7K2M9QXA")
    stage.phone(CHEN_JING).get_by_role("button", name=f"https://t.me/{username}").click()
    stage.page.get_by_role("dialog").get_by_role("button", name="周伟").click()
    (update,) = stage.updates()
    assert (update["message"]["from"]["id"], update["message"]["text"]) == (ZHOU_WEI, "/start 7K2M9QXA")
    expect(stage.phone(ZHOU_WEI).get_by_text("/start 7K2M9QXA")).to_be_visible()
    stage.phone(ZHOU_WEI).get_by_role("button", name="更多操作").first.click()
    stage.page.get_by_role("menuitem", name="打开邀请链接或代码").click()
    stage.page.get_by_role("textbox", name="链接或代码").fill("7K2M-9QXA")
    stage.page.get_by_role("button", name="打开", exact=True).click()
    assert stage.updates()[0]["message"]["text"] == "/start 7K2M9QXA"


def test_a_group_with_the_bot(stage: Stage) -> None:
    phone = stage.phone(CHEN_JING)
    phone.get_by_role("button", name="更多操作").first.click()
    stage.page.get_by_role("menuitem", name="新建群组").click()
    stage.page.get_by_label("群组名称").fill("变电检修党支部")
    stage.page.get_by_role("button", name="创建").click()
    joined = stage.updates(2)[-1]["message"]
    assert joined["chat"]["title"] == "变电检修党支部"
    stage.bot("sendMessage", chat_id=joined["chat"]["id"], text="各位同志好")
    expect(phone.get_by_text("各位同志好")).to_be_visible()
    other = stage.phone(LI_MING)
    other.get_by_role("button", name="聊天列表").click()
    stage.page.get_by_role("menuitem", name="变电检修党支部").click()
    expect(other.get_by_role("listitem").filter(has_text="各位同志好")).to_contain_text("双培助手")
    stage.write(LI_MING, "/help@" + stage.bot("getMe")["username"])
    assert stage.updates()[0]["message"]["from"]["id"] == LI_MING


def test_the_bell_tells_of_those_who_have_no_phone_here(stage: Stage) -> None:
    stage.control(f"/users/{ZHOU_WEI}/start")
    bell = stage.page.get_by_role("button", name="其他人的消息")
    stage.say(ZHOU_WEI, "小结已到")
    expect(bell).to_have_accessible_name("其他人的消息: 1 条未读")
    bell.click()
    stage.page.get_by_role("dialog").get_by_role("button", name="周伟").click()
    expect(stage.phone(ZHOU_WEI).get_by_text("小结已到")).to_be_visible()
    expect(bell).to_have_accessible_name("其他人的消息")


def test_from_tap_to_answer(stage: Stage) -> None:
    """The page's own share of the way, without a bot that thinks: from the tap to its update, and back to the bubble."""
    stage.say(LI_MING, "？", reply_markup=inline([("按", "tap")]))
    key = stage.phone(LI_MING).get_by_role("button", name="按", exact=True)
    expect(key).to_be_visible()
    key.evaluate(
        """key => { window.ways = []; key.addEventListener("click", () => { window.tapped = performance.now(); }, true);
        new MutationObserver(() => window.ways.push(performance.now() - window.tapped))
          .observe(document.querySelector(".toast"), { childList: true }); }"""
    )
    for number in range(9):
        key.click()
        query = stage.updates()[0]["callback_query"]
        stage.bot("answerCallbackQuery", callback_query_id=query["id"], text=str(number))
        expect(stage.phone(LI_MING).get_by_role("status")).to_have_text(str(number))
    ways = stage.page.evaluate("window.ways")
    assert len(ways) == 9
    print(f"from tap to answer: {median(ways):.0f} ms")  # noqa: T201 - read with -rP; a busy machine would make a limit a riddle


def _token() -> str:
    from emulator.world import TOKEN

    return TOKEN
