"""The first words, and an answer to whatever is not understood."""

from __future__ import annotations

from tests.stage import Stage


async def test_a_member_is_greeted_by_name(stage: Stage) -> None:
    [*_, answer] = await stage["李明"].say("/home")
    assert "李明同志" in answer.text


async def test_a_member_is_greeted_in_english(english_stage: Stage) -> None:
    [*_, answer] = await english_stage["李明"].say("/home")
    assert answer.text.startswith("Hello, 李明.")


async def test_who_has_nothing_to_do_yet_has_the_button_for_what_will_come_first(stage: Stage) -> None:
    for name, offered in (("李明", True), ("陈静", False)):
        await stage[name].say("/home")
        assert any("汇报" in row for row in await stage[name].phone.keyboard()) is offered
    [*_, answer] = await stage["李明"].press("汇报")
    assert "您的结对或轮岗还没有开始" in answer.text


async def test_whoever_has_no_key_to_report_with_is_not_sent_to_it(stage: Stage) -> None:
    for name, named in (("李明", True), ("陈静", False)):
        for answer in (await stage[name].say("今天天气很好"), await stage[name].send("photo")):
            assert ("请点“汇报”" in answer[-1].text or "请先点“汇报”" in answer[-1].text) is named, answer[-1].text


async def test_an_unknown_command_points_to_help(stage: Stage) -> None:
    [*_, answer] = await stage["李明"].say("/nonsense")
    assert "/help" in answer.text


async def test_a_button_from_an_earlier_time_says_so_and_changes_nothing(stage: Stage) -> None:
    li_ming = stage["李明"]
    before = [(message.id, message.text) for message in await li_ming.phone.messages()]
    await li_ming.forge("pairing.nonsense:7:13")
    assert "这个按钮已经过时" in (await li_ming.phone.alerts())[-1].text
    assert [(message.id, message.text) for message in await li_ming.phone.messages()] == before


async def test_a_button_from_an_earlier_time_in_english(english_stage: Stage) -> None:
    await english_stage["李明"].forge(":::")
    assert (await english_stage["李明"].phone.alerts())[-1].text.startswith("This button is from an earlier time")


async def test_whatever_is_sent_gets_an_answer(stage: Stage) -> None:
    li_ming = stage["李明"]
    for kind, fields in (
        ("sticker", {}), ("location", {"latitude": 31.2, "longitude": 121.5}), ("voice", {}), ("photo", {}),
        ("contact", {"phone_number": "+8613800000000", "first_name": "王芳"}), ("document", {"content": b"x", "name": "a"}),
    ):  # fmt: skip
        heard = len(await li_ming.phone.messages())
        await li_ming.send(kind, **fields)
        assert len(await li_ming.phone.messages()) == heard + 2, kind


async def test_a_text_as_long_as_telegram_takes_gets_an_answer(stage: Stage) -> None:
    [*_, answer] = await stage["李明"].say("<b>&" + "长" * 4092)
    assert answer.text
