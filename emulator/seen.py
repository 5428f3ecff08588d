"""What a person sees on the phone, as data."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime

from emulator.refusals import Json


@dataclass(frozen=True, slots=True)
class Button:
    text: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class SentFile:
    kind: str
    id: str
    name: str
    size: int
    mime_type: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as a person sees it; `text` is the caption when there is a file. `raw` holds everything else."""

    id: int
    chat_id: int
    sender_id: int
    from_bot: bool
    date: datetime
    text: str
    entities: list[Json]
    rows: list[list[Button]]
    file: SentFile | None
    reply_to: int | None
    edited: bool
    raw: Json

    @property
    def buttons(self) -> list[str]:
        return [button.text for row in self.rows for button in row]


@dataclass(frozen=True, slots=True)
class Alert:
    """What an answered tap showed: a toast, or a box to dismiss when `alert`."""

    text: str
    alert: bool
    query_id: str


def white_picture(width: int = 8, height: int = 8) -> bytes:
    """A PNG, for when it does not matter what is on the photo."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def alert_of(event: Json) -> Alert:
    return Alert(event["text"], event["alert"], event["query_id"])


def seen_of(raw: Json) -> Seen:
    rows = [
        [Button(key["text"], key.get("callback_data", ""), key.get("url", "")) for key in row] for row in raw["buttons"]
    ]
    return Seen(
        id=raw["id"],
        chat_id=raw["chat_id"],
        sender_id=raw["sender_id"],
        from_bot=raw["from_bot"],
        date=datetime.fromtimestamp(raw["date"], UTC),
        text=raw["text"],
        entities=raw["entities"],
        rows=rows,
        file=SentFile(**raw["file"]) if raw["file"] else None,
        reply_to=raw["reply_to"],
        edited=raw["edited"] is not None,
        raw=raw,
    )
