"""Files in both directions, by upload and by identifier."""

from __future__ import annotations

from io import BytesIO

import pytest
from telegram import Bot, InputFile, Message
from telegram.error import BadRequest, NetworkError

from emulator import limits
from emulator.phone import Phone, Telegram, white_picture
from emulator.pictures import size_of


async def test_a_document_arrives_with_name_and_bytes(bot: Bot, li_ming: Phone) -> None:
    sent = await bot.send_document(
        li_ming.user_id, b"PK", caption="<b>十月</b>小结", parse_mode="HTML", filename="小结.xlsx"
    )
    seen = await li_ming.last()
    assert seen.file
    assert (seen.file.name, seen.file.size) == ("小结.xlsx", 2)
    assert (seen.text, seen.entities) == ("十月小结", [{"type": "bold", "offset": 0, "length": 2}])
    assert await li_ming.download(seen.file) == b"PK"
    again = await bot.send_document(li_ming.user_id, sent.document)  # type: ignore[arg-type]
    assert again.document == sent.document


async def test_attached_under_another_name(bot: Bot, local: Telegram, li_ming: Phone) -> None:
    attached = InputFile(BytesIO(b"PK"), filename="小结.xlsx", attach=True)
    answer = await local.http.post(
        f"/bot{local.world.token}/sendDocument",
        data={"chat_id": str(li_ming.user_id), "document": "attach://part-1"},
        files={"part-1": attached.field_tuple},
    )
    assert answer.json()["result"]["document"]["file_name"] == "小结.xlsx"


async def test_photo_and_voice(bot: Bot, li_ming: Phone) -> None:
    photo = await bot.send_photo(li_ming.user_id, white_picture(30, 20))
    assert (photo.photo[-1].width, photo.photo[-1].height) == (30, 20)
    voice = await bot.send_voice(li_ming.user_id, b"OggS", duration=3)
    assert voice.to_dict()["voice"]["duration"] == 3
    seen = await li_ming.messages()
    assert [message.file.kind for message in seen if message.file] == ["photo", "voice"]


async def test_what_a_person_sends_can_be_fetched(bot: Bot, li_ming: Phone) -> None:
    await li_ming.send_document(b"PK", "花名册.xlsx", "请导入")
    await li_ming.send_photo(caption="现场")
    await li_ming.send_voice(seconds=7)
    await li_ming.send_sticker()
    await li_ming.send_location(30.5, 114.3)
    await li_ming.send_contact("13800000000", "王芳")
    document, photo, voice, sticker, location, contact = [the_message(update) for update in await bot.get_updates()]
    assert document.document
    assert document.document.file_name == "花名册.xlsx"
    assert document.caption == "请导入"
    file = await document.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"PK"
    assert photo.photo
    assert photo.caption == "现场"
    assert bytes(await (await photo.photo[-1].get_file()).download_as_bytearray()) == white_picture()
    assert voice.to_dict()["voice"]["duration"] == 7
    assert sticker.sticker
    assert location.location
    assert contact.contact


def the_message(update: object) -> Message:
    message = getattr(update, "message", None)
    assert isinstance(message, Message)
    return message


async def test_files_telegram_would_not_take(bot: Bot, li_ming: Phone) -> None:
    chat = li_ming.user_id
    document = await bot.send_document(chat, b"PK", filename="小结.xlsx")
    assert document.document
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(chat, b"", filename="小结.xlsx")
    with pytest.raises(BadRequest, match=r"(?i)IMAGE_PROCESS_FAILED"):
        await bot.send_photo(chat, b"PK")
    with pytest.raises(BadRequest, match=r"(?i)PHOTO_INVALID_DIMENSIONS"):
        await bot.send_photo(chat, white_picture(210, 10))
    with pytest.raises(BadRequest, match="Can't use file of type document as photo"):
        await bot.send_photo(chat, document.document.file_id)
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await bot.send_document(chat, "nothing-of-ours")
    with pytest.raises(BadRequest, match="Failed to get http url content"):
        await bot.send_document(chat, "https://example.com/a.pdf")
    with pytest.raises(BadRequest, match="Invalid file_id"):
        await bot.get_file("nothing-of-ours")
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_document(chat, b"PK", caption="字" * 1025)
    await bot.send_document(chat, b"PK", caption="字" * 1024)


async def test_no_file_at_all(local: Telegram, li_ming: Phone) -> None:
    for document in ("", "attach://nothing"):
        body = {"chat_id": li_ming.user_id, "document": document}
        answer = await local.http.post(f"/bot{local.world.token}/sendDocument", json=body)
        assert answer.json()["description"] == "Bad Request: there is no document in the request"


async def test_the_limits_of_size(bot: Bot, li_ming: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UPLOAD", 100)
    monkeypatch.setattr(limits, "DOWNLOAD", 20)
    await li_ming.send_document(b"a" * 21, "大.txt")
    message = the_message((await bot.get_updates())[0])
    assert message.document
    with pytest.raises(BadRequest, match="File is too big"):
        await message.document.get_file()
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_document(li_ming.user_id, b"a" * 101)
    await bot.send_document(li_ming.user_id, b"a" * 100)


async def test_a_download_needs_token_and_path(bot: Bot, local: Telegram, li_ming: Phone) -> None:
    sent = await bot.send_document(li_ming.user_id, b"PK", filename="小结.xlsx")
    assert sent.document
    path = f"/file/bot{local.world.token}/documents/file_1.xlsx"
    assert (await local.http.get(path)).content == b"PK"
    assert (await local.http.get(path.replace("file_1", "file_2"))).status_code == 404
    assert (await local.http.get(path.replace(local.world.token, "1:a"))).status_code == 401


async def test_no_document_runs_as_a_page(bot: Bot, local: Telegram, li_ming: Phone) -> None:
    sent = await bot.send_document(li_ming.user_id, b"<script>", filename="小结.html")
    assert sent.document
    answer = await local.http.get(f"/control/files/{sent.document.file_id}")
    assert answer.headers["content-disposition"] == "attachment"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (white_picture(640, 480), (640, 480)),
        (b"GIF89a" + b"\x40\x01\xf0\x00", (320, 240)),
        (b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x11\x08\x00\xf0\x01\x40", (320, 240)),
        (b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x3f\x01\0\xef\0\0", (320, 240)),
        (b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x40\x01\xf0\x00", (320, 240)),
        (b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x3f\xc1\x3b\x00", (320, 240)),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"\xff\xd8\xff", None),
        (b"PK", None),
    ],
)
def test_the_size_of_pictures(data: bytes, size: tuple[int, int] | None) -> None:
    assert size_of(data) == size
