"""Files that were sent, kept in memory: their identifiers, their paths, and how messages show them."""

from __future__ import annotations

import hashlib
import mimetypes
import re
from dataclasses import dataclass
from enum import StrEnum

from emulator import limits
from emulator.pictures import size_of
from emulator.refusals import BotApiError, Json, bad_request


class FileKind(StrEnum):
    DOCUMENT = "document"
    PHOTO = "photo"
    VOICE = "voice"
    STICKER = "sticker"


FOLDERS = {FileKind.DOCUMENT: "documents", FileKind.PHOTO: "photos", FileKind.VOICE: "voice",
           FileKind.STICKER: "stickers"}  # fmt: skip


SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}$")


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    data: bytes
    mime_type: str = ""


@dataclass(frozen=True, slots=True)
class StoredFile:
    id: str
    unique_id: str
    path: str
    kind: FileKind
    name: str
    mime_type: str
    data: bytes
    width: int = 0
    height: int = 0

    def as_json(self) -> Json:
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": len(self.data)}


class Files:
    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep(self, kind: FileKind, upload: Upload) -> StoredFile:
        """Raise BotApiError for what Telegram would not take: nothing, too much, or a photo that is none."""
        if not upload.data:
            raise bad_request("file must be non-empty")
        if len(upload.data) > limits.UPLOAD:
            raise BotApiError(413, "Request Entity Too Large")
        width, height = _checked_picture(upload.data) if kind is FileKind.PHOTO else size_of(upload.data) or (0, 0)
        number = len(self._by_id) + 1
        digest = hashlib.sha256(kind.encode() + upload.data).hexdigest()
        suffix = ".jpg" if kind is FileKind.PHOTO else "".join(SUFFIX.findall(upload.name))
        stored = StoredFile(
            id=f"{kind}-{number}-{digest[:24]}",
            unique_id=digest[:16],
            path=f"{FOLDERS[kind]}/file_{number}{suffix}",
            kind=kind,
            name=upload.name,
            mime_type=mimetypes.guess_type(upload.name)[0] or upload.mime_type or "application/octet-stream",
            data=upload.data,
            width=width,
            height=height,
        )
        self._by_id[stored.id] = self._by_path[stored.path] = stored
        return stored

    def by_id(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)


def content_of(stored: StoredFile, *, duration: int = 0) -> Json:
    """The message field for this file, under its Bot API name."""
    shown = stored.as_json()
    match stored.kind:
        case FileKind.PHOTO:
            return {"photo": [{**shown, "width": stored.width, "height": stored.height}]}
        case FileKind.VOICE:
            return {"voice": {**shown, "duration": duration, "mime_type": "audio/ogg"}}
        case FileKind.STICKER:
            still = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
            return {"sticker": {**shown, **still, "emoji": "👍"}}
    return {"document": {**shown, "file_name": stored.name, "mime_type": stored.mime_type}}


def _checked_picture(data: bytes) -> tuple[int, int]:
    size = size_of(data)
    if len(data) > limits.PHOTO:
        raise bad_request("too big file for a photo")
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > 10_000 or not width or not height or max(size) > 20 * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height
