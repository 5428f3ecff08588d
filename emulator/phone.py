"""Clients of the control API for tests and the demo: one phone per person, and Telegram as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from http import HTTPStatus
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode

import httpx

from emulator.direct import call
from emulator.refusals import Json
from emulator.seen import Alert, Button, Seen, SentFile, alert_of, seen_of, white_picture
from emulator.world import World

if TYPE_CHECKING:
    from starlette.applications import Starlette

__all__ = ["Alert", "Button", "Phone", "PhoneError", "Seen", "SentFile", "Telegram", "white_picture"]

IN_PROCESS = "http://telegram.test"
NOTHING = 2**62  # after this message id there are no messages, only the state of the chat


class PhoneError(Exception):
    """The emulator's sentence on what cannot be done on this phone."""


class Telegram:
    """A client of the emulator's control API, in-process or by URL. Use it as an async context manager."""

    def __init__(self, http: httpx.AsyncClient, app: Starlette | None = None) -> None:
        self.http = http
        self._app = app

    @classmethod
    def in_process(cls, world: World | None = None) -> Self:
        """A new emulator in this process; `transport()` puts it beneath a bot's httpx client."""
        from emulator.app import create_app  # the server is needed in-process only

        app = create_app(world)
        return cls(httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=IN_PROCESS), app)

    @classmethod
    def at(cls, url: str) -> Self:
        return cls(httpx.AsyncClient(base_url=url, timeout=90, trust_env=False))

    @property
    def world(self) -> World:
        """The world itself; only in-process."""
        world: World = self.app.state.world
        return world

    @property
    def app(self) -> Starlette:
        """The emulator as an application; only in-process."""
        assert self._app is not None, "the emulator itself can be reached in-process only"
        return self._app

    def transport(self) -> httpx.ASGITransport:
        return httpx.ASGITransport(app=self.app)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._app is not None:
            await self.world.shut_down()
        await self.http.aclose()

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
        await self._ask("DELETE", f"/groups/{group_id}/bot", params={"by": by.user_id})

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
        await self._ask("DELETE", "/faults", params={} if fault_id is None else {"id": fault_id})

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

    async def get(self, path: str, **params: Any) -> Any:
        if self._app is None:
            return await self._ask("GET", path, params=params)
        return _read(*await call(self._app, "GET", f"/control{path}", query=urlencode(params)))

    async def post(self, path: str, **fields: object) -> Any:
        body = {name: value for name, value in fields.items() if value is not None}
        if self._app is None:
            return await self._ask("POST", path, json=body)
        return _read(
            *await call(self._app, "POST", f"/control{path}", body=json.dumps(body).encode(), kind="application/json")
        )

    async def send(self, path: str, data: dict[str, str], name: str, content: bytes) -> Any:
        return await self._ask("POST", path, data=data, files={"file": (name, content)})

    async def download(self, file_id: str) -> bytes:
        answer = await self.http.get(f"/control/files/{file_id}")
        return answer.raise_for_status().content

    async def _ask(self, verb: str, path: str, **request: Any) -> Any:
        answer = await self.http.request(verb, f"/control{path}", **request)
        return _read(answer.status_code, answer.content)


def _read(status: int, answer: bytes) -> Any:
    body = json.loads(answer)
    if status >= HTTPStatus.BAD_REQUEST:
        raise PhoneError(body["error"])
    return body


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
