"""Clients of the control API for tests and the demo: one phone per person, and Telegram as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from emulator.line import Line, PhoneError
from emulator.refusals import Json
from emulator.seen import Alert, Button, Seen, SentFile, alert_of, seen_of, white_picture

__all__ = ["Alert", "Button", "Phone", "PhoneError", "Seen", "SentFile", "Telegram", "white_picture"]

NOTHING = 2**62  # after this message id there are no messages, only the state of the chat


class Telegram(Line):
    """Telegram as a whole: who is there, what the clock shows, what goes wrong."""

    async def add_user(
        self, first_name: str, *, id: int | None = None, last_name: str = "", username: str = "",  # noqa: A002 — theirs
        language_code: str = "zh-hans", about: str = "",
    ) -> Phone:  # fmt: skip
        fields = {"first_name": first_name, "id": id, "last_name": last_name, "username": username, "about": about}
        user = await self.post("/users", **fields, language_code=language_code)
        return Phone(self, user["id"], user["first_name"])

    async def add_crowd(self, user_ids: Iterable[int]) -> None:
        await self.post("/crowd", ids=list(user_ids))

    async def phone(self, user_id: int) -> Phone:
        users = await self.get("/users")
        return next(Phone(self, user["id"], user["first_name"]) for user in users if user["id"] == user_id)

    async def create_group(
        self, title: str, creator: Phone, members: Iterable[Phone] = (), *, known_id: int | None = None
    ) -> int:
        """`known_id`: the bot has been in it since before."""
        ids = [phone.user_id for phone in members]
        body = {"title": title, "creator": creator.user_id, "members": ids, "id": known_id}
        return int((await self.post("/groups", **body))["id"])

    async def add_bot(self, group_id: int, by: Phone, *, standing: str = "member") -> None:
        await self.post(f"/groups/{group_id}/bot", by=by.user_id, **{"as": standing})

    async def remove_bot(self, group_id: int, by: Phone) -> None:
        await self.ask("DELETE", f"/groups/{group_id}/bot", params={"by": by.user_id})

    async def migrate(self, group_id: int, by: Phone) -> int:
        return int((await self.post(f"/groups/{group_id}/migrate", by=by.user_id))["id"])

    async def now(self) -> datetime:
        return datetime.fromisoformat((await self.get("/clock"))["now"])

    async def moved(self, after: datetime, *, follower: str, seconds: float = 20) -> datetime:
        """What the clock shows when somebody has turned it, or after some time; a journey waits for who follows."""
        params: dict[str, str | float] = {"after": after.isoformat(), "timeout": seconds, "follower": follower}
        answer = await self.http.get("/clock", params=params, timeout=seconds + 10)
        return datetime.fromisoformat(answer.raise_for_status().json()["now"])

    async def set_clock(self, instant: datetime) -> None:
        await self.post("/clock", now=instant.isoformat())

    async def advance(self, by: timedelta) -> None:
        await self.post("/clock", advance=by.total_seconds())

    async def fault(self, kind: str, **fields: object) -> int:
        """Switch a fault on; the fields are those of `emulator.faults.Fault`."""
        return int((await self.post("/faults", kind=kind, **fields))["id"])

    async def clear_faults(self, fault_id: int | None = None) -> None:
        await self.ask("DELETE", "/faults", params={} if fault_id is None else {"id": fault_id})

    async def calls(self, method: str = "", after: int = 0) -> list[Json]:
        found: list[Json] = await self.get("/calls", method=method, after=after)
        return found

    async def state(self) -> Json:
        state: Json = await self.get("/state")
        return state

    async def quiet(self, *, seconds: float = 10, settle: float = 0.05) -> None:
        """Wait until the bot has taken every update and asks no more; raise PhoneError if it does not come to rest."""
        answer = await self.get("/quiet", timeout=seconds, settle=settle)
        if not answer["quiet"]:
            raise PhoneError(f"the bot did not come to rest within {seconds} s: {answer}")


class Phone:
    """One person's phone, looking at the private chat with the bot, or at a group (`in_chat`)."""

    def __init__(self, telegram: Telegram, user_id: int, name: str, chat_id: int | None = None) -> None:
        self.telegram = telegram
        self.user_id = user_id
        self.name = name
        self.chat_id = chat_id or user_id
        self._heard = 0  # the last event before this person's last own act

    def in_chat(self, chat_id: int) -> Phone:
        return Phone(self.telegram, self.user_id, self.name, chat_id)

    async def start(self, payload: str | None = None) -> Seen:
        return await self._do("start", payload=payload)

    async def say(self, text: str, *, reply_to: Seen | None = None) -> Seen:
        return await self._do("say", text=text, reply_to=reply_to.id if reply_to else None)

    async def press(self, text: str) -> Seen:
        return await self._do("press", text=text)

    async def edit(self, message: Seen, text: str) -> Seen:
        return await self._do("edit", message_id=message.id, text=text)

    async def tap(
        self, text: str = "", *, data: str = "", message: Seen | None = None, forge: bool = False
    ) -> str:  # fmt: skip
        """The callback query's id, or the address of a link button. `forge` presses data that no button has."""
        await self._listen()
        at = message.id if message else None
        body = {"text": text, "data": data, "chat": self.chat_id, "message_id": at, "forge": forge}
        answer = await self.telegram.post(f"/users/{self.user_id}/tap", **body)
        return str(answer.get("query_id") or answer["url"])

    async def send_document(self, content: bytes, name: str, caption: str = "") -> Seen:
        return await self._send("document", name, content, caption)

    async def send_photo(self, content: bytes | None = None, caption: str = "") -> Seen:
        return await self._send("photo", "photo.png", content or white_picture(), caption)

    async def send_voice(self, content: bytes = b"OggS", seconds: int = 1, caption: str = "") -> Seen:
        return await self._send("voice", "voice.ogg", content, caption, duration=str(seconds))

    async def send_sticker(self) -> Seen:
        return await self._send("sticker", "sticker.webp", b"RIFF....WEBP", "")

    async def send_location(self, latitude: float, longitude: float) -> Seen:
        return await self._do("send", location={"latitude": latitude, "longitude": longitude})

    async def send_contact(self, phone_number: str, first_name: str) -> Seen:
        return await self._do("send", contact={"phone_number": phone_number, "first_name": first_name})

    async def block(self) -> None:
        await self.telegram.post(f"/users/{self.user_id}/block")

    async def unblock(self) -> None:
        await self.telegram.post(f"/users/{self.user_id}/unblock")

    async def messages(self, after: int = 0) -> list[Seen]:
        return [seen_of(message) for message in (await self.view(after))["messages"]]

    async def last(self) -> Seen:
        """The last message of the bot in this chat."""
        last = (await self.view(after=NOTHING))["last"]
        if last is None:
            raise PhoneError(f"the bot has said nothing to {self.name}")
        return seen_of(last)

    async def answer(self, count: int = 1, *, seconds: float = 5) -> list[Seen]:
        """The messages the bot sent or edited since this person's last act; waits until there are `count` of them."""
        shown: dict[int, Json] = {}
        heard = self._heard
        while len(shown) < count:
            heard, events = await self._events(heard, "message,edited", seconds)
            if not events:
                raise PhoneError(f"the bot showed {self.name} {len(shown)} of {count} answers within {seconds} s")
            shown.update(
                (event["message_id"], event["message"]) for event in events if event["by_bot"] and event["message"]
            )
        return [seen_of(message) for message in shown.values()]

    async def toast(self, *, seconds: float = 5) -> Alert:
        """What answered the last tap, once it is answered; the text may be empty."""
        _, events = await self._events(self._heard, "answered", seconds)
        answered = [event for event in events if event["kind"] == "answered"]
        if not answered:
            raise PhoneError(f"the bot did not answer the tap of {self.name} within {seconds} s")
        return alert_of(answered[-1])

    async def keyboard(self) -> list[list[str]]:
        """The reply keyboard beneath the chat."""
        rows = ((await self.view(after=NOTHING))["keyboard"] or {}).get("keyboard", [])
        return [[button["text"] for button in row] for row in rows]

    async def buttons(self) -> list[str]:
        """The inline buttons of the bot's last message."""
        return (await self.last()).buttons

    async def alerts(self) -> list[Alert]:
        """What answered taps showed this person, oldest first; answers without a text show nothing."""
        _, events = await self._events(0, "answered", 0, only="answered")
        return [alert_of(event) for event in events if event["text"]]

    async def commands(self) -> list[str]:
        return [command["command"] for command in (await self.view(after=NOTHING))["commands"]]

    async def typing(self) -> bool:
        return (await self.view(after=NOTHING))["action"] is not None

    async def download(self, file: SentFile) -> bytes:
        return await self.telegram.download(file.id)

    async def view(self, after: int = 0) -> Json:
        view: Json = await self.telegram.get(f"/users/{self.user_id}/view", chat=self.chat_id, after=after)
        return view

    async def _events(self, after: int, until: str, seconds: float, only: str = "") -> tuple[int, list[Json]]:
        params = {"chat": self.chat_id, "after": after, "until": until, "timeout": seconds, "only": only}
        answer = await self.telegram.get(f"/users/{self.user_id}/events", **params)
        return answer["seq"], answer["events"]

    async def _listen(self) -> None:
        self._heard = (await self.view(after=NOTHING))["seq"]

    async def _do(self, verb: str, **body: object) -> Seen:
        await self._listen()
        return seen_of(await self.telegram.post(f"/users/{self.user_id}/{verb}", chat=self.chat_id, **body))

    async def _send(self, kind: str, name: str, content: bytes, caption: str, **fields: str) -> Seen:
        await self._listen()
        data = {"kind": kind, "caption": caption, "chat": str(self.chat_id), **fields}
        return seen_of(await self.telegram.send(f"/users/{self.user_id}/send", data, name, content))
