"""The page shuts nobody out: WCAG 2.2 AA, measured in its main states, in light and dark, wide and narrow.

axe-core is the engine that the trade agrees on; a wheel brings it, so that nothing is fetched. It does not measure the
edges of controls nor whether the focus can be seen, and that is done here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page, expect

from emulator.seen import white_picture
from emulator.world import TOKEN
from tests.browser.conftest import CHEN_JING, LI_MING, WANG_FANG, Stage
from tests.browser.test_chat import inline
from tests.browser.test_frame import tell_a_story

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
MEASURES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOK = """(only) => axe.run(document, { runOnly: only, resultTypes: ["violations"] }).then((found) => found.violations.flatMap(
  (one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}: ${node.failureSummary}`)))"""
EDGES = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const shown = (colours) => { canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return canvas.getImageData(0, 0, 1, 1).data; };
  const light = (colours) => { const [r, g, b] = [...shown(colours)].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const grounds = (one) => (one ? [...grounds(one.parentElement), getComputedStyle(one).backgroundColor] : ["#fff"]);
  const ratio = (one, other) => { const [a, b] = [light(one), light(other)].sort((x, y) => y - x); return (a + 0.05) / (b + 0.05); };
  const edged = [...document.querySelectorAll("button, input, .knob")].filter((one) => one.checkVisibility({ opacityProperty: true }) &&
    !one.matches(".quiet, :disabled, [type=radio]") && (one.matches(".knob") || parseFloat(getComputedStyle(one).borderTopWidth) > 0));
  return edged.filter((one) => { const around = grounds(one.parentElement);
    return Math.max(ratio([...around, getComputedStyle(one).borderTopColor], around), ratio(grounds(one), around)) < 3; }).map((one) => one.outerHTML);
}"""
FOCUSED = """() => { const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const rings = style.outlineStyle !== "none" || getComputedStyle(one.parentElement).boxShadow !== "none";
  return one === document.body ? "the end" : rings && at && (one.contains(at) || at.contains(one)) ? "" : one.outerHTML; }"""


def problems(page: Page) -> list[str]:
    """What axe-core finds in light; and in dark, what cannot be read."""
    if page.evaluate("!window.axe"):
        page.evaluate(AXE)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found = [*page.evaluate(LOOK, MEASURES), *page.evaluate(EDGES)]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found += [*page.evaluate(LOOK, {"type": "rule", "values": ["color-contrast"]}), *page.evaluate(EDGES)]
    return [one for one in found if not one.startswith("scrollable-region-focusable: #commands-")]  # arrows scroll it


def a_chat(stage: Stage) -> None:
    """Every kind of text, key and file, the keyboard beneath, and something that somebody wrote."""
    texts = "<b>您好</b> /help <blockquote>引用</blockquote> <code>x</code> <tg-spoiler>隐藏</tg-spoiler> https://example.org/"
    stage.say(LI_MING, texts, reply_markup=inline([("已阅", "noted"), ("评论", "comment")]))
    stage.say(WANG_FANG, "有1份汇报待您点评", reply_markup={"keyboard": [["待点评", "帮助"]], "resize_keyboard": True})
    stage.say(WANG_FANG, "Hello, 王芳. Please choose below.")
    stage.write(LI_MING, "在 /me")
    for kind, name, data in (
        ("Photo", "小结.png", white_picture(40, 30)),
        ("Document", "小结.xlsx", b"PK"),
        ("Voice", "说.ogg", b"O"),
    ):
        stage.http.post(
            f"{stage.url}/bot{TOKEN}/send{kind}", data={"chat_id": LI_MING}, files={kind.lower(): (name, data)}
        ).raise_for_status()
    expect(stage.phone(LI_MING).locator("audio")).to_be_visible()


@contextmanager
def opened(stage: Stage, opener: str, *, within: Any = None) -> Iterator[None]:
    (within or stage.page).get_by_role("button", name=opener, exact=True).first.click()
    yield
    stage.page.keyboard.press("Escape")


def test_nobody_is_shut_out(stage: Stage) -> None:
    page, phone = stage.page, stage.phone(LI_MING)
    tell_a_story(stage)
    expect(page.get_by_role("button", name="开始")).to_be_visible()
    a_chat(stage)
    found = {"first visit": problems(page)}
    page.get_by_role("button", name="开始").click()
    found["guide"] = problems(page)
    with opened(stage, "放大图片", within=phone):
        expect(page.get_by_role("dialog", name="图片")).to_be_visible()
        found["photo"] = problems(page)
    with opened(stage, "设置"):
        found["settings"] = problems(page)
    stage.bot("setMyCommands", commands=[{"command": "me", "description": "我的"}])
    with opened(stage, "命令", within=phone):
        expect(phone.get_by_role("option")).to_have_count(1)
        found["commands"] = problems(page)
    phone.get_by_role("button", name="已阅").click()
    query = stage.updates(2)[-1]["callback_query"]["id"]
    stage.bot("answerCallbackQuery", callback_query_id=query, text="请先读完", show_alert=True)
    expect(phone.get_by_role("alertdialog")).to_be_visible()
    found["alert"] = problems(page)
    assert {state: trouble for state, trouble in found.items() if trouble} == {}
    spoken = [text.get_attribute("lang") for text in stage.phone(WANG_FANG).locator(".text").all()[-2:]]
    assert spoken == [None, "en"], "what is not in the page's language says so"


def test_nobody_is_shut_out_where_it_is_narrow(narrow_stage: Stage) -> None:
    """At 320 pixels, which is what a wide window has at 400 %."""
    stage, page = narrow_stage, narrow_stage.page
    page.set_viewport_size({"width": 320, "height": 640})
    tell_a_story(stage)
    group = stage.control("/groups", title="变电检修党支部", creator=LI_MING, members=[LI_MING, CHEN_JING])
    stage.control(f"/users/{CHEN_JING}/say", chat=group["id"], text="各位同志好")
    page.get_by_role("button", name="开始").click()
    page.get_by_role("tab", name="李明").click()
    found = {"guide": problems(page)}
    stage.phone(LI_MING).get_by_role("button", name="聊天列表").click()
    page.get_by_role("menuitem", name="变电检修党支部").click()
    expect(stage.phone(LI_MING).get_by_text("各位同志好")).to_be_visible()
    found["group"] = problems(page)
    page.get_by_role("button", name="幕后").click()
    expect(page.get_by_role("switch", name="网络很慢")).to_be_visible()
    found["behind the scenes"] = problems(page)
    assert {state: trouble for state, trouble in found.items() if trouble} == {}
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    cut = page.evaluate("""() => [...document.querySelectorAll(".guide *")].filter((one) => one.scrollWidth > one.clientWidth + 1
      && getComputedStyle(one).overflowX !== "visible").map((one) => one.textContent)""")
    assert cut == []


def test_the_focus_is_seen_wherever_it_is(narrow_stage: Stage) -> None:
    page = narrow_stage.page
    assert unseen(page) == []
    page.get_by_role("button", name="幕后").click()
    shut = page.get_by_role("complementary").get_by_role("button", name="关闭")
    expect(shut).to_be_focused()
    assert unseen(page) == [], "what lies under it is out of the way"
    shut.focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="幕后")).to_be_focused()


def unseen(page: Page) -> list[str]:
    """What gets the focus on the way to the page's end, and cannot be seen to have it."""
    found = []
    page.keyboard.press("Tab")
    while (seen := page.evaluate(FOCUSED)) != "the end":
        found += [seen] if seen else []
        page.keyboard.press("Tab")
    return found
