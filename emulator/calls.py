"""One call of the Bot API as it came in, and the log of the last ones."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from emulator.bell import Bell
from emulator.files import Upload
from emulator.refusals import Json, bad_request


@dataclass(slots=True)
class Call:
    """Form values are strings and JSON values are what they are; the accessors take both, as the servers do."""

    method: str
    values: dict[str, Any]
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        value = self.values.get(name, "")
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        try:
            return int(self.text(name).strip() or default)
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in {"true", "yes", "1"}

    def structure(self, name: str, called: str = "") -> Any:
        """The object or array of this name, None when there is none; a broken one is refused."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return json.loads(value)
        except ValueError as broken:
            raise bad_request(f"can't parse {called or name} JSON object") from broken

    def items(self, name: str) -> list[object]:
        value = self.structure(name)
        return value if isinstance(value, list) else []

    def shown(self) -> Json:
        """The parameters for the log: files by name and size."""
        files = {name: {"name": upload.name, "size": len(upload.data)} for name, upload in self.uploads.items()}
        return {**self.values, **files}


class CallLog:
    """The last calls with their answers; empty polls are left out. `n` counts all calls noted."""

    def __init__(self, size: int = 10_000) -> None:
        self.bell = Bell()
        self.open = 0
        self.begun = 0
        self.watched = 0
        """Of those begun, the ones that concern a chat somebody looks at."""
        self.noted = 0
        self._last: deque[Json] = deque(maxlen=size)

    def note(self, call: Call, status: int, answer: Json, at: str) -> None:
        if call.method == "getupdates" and answer.get("result") == []:
            return
        self.noted += 1
        entry = {"n": self.noted, "at": at, "method": call.method, "params": call.shown()}
        self._last.append({**entry, "status": status, "answer": answer})

    def since(self, number: int) -> list[Json]:
        """The noted calls after the given one, oldest first."""
        found = []
        for entry in reversed(self._last):
            if entry["n"] <= number:
                break
            found.append(entry)
        return found[::-1]

    def begin(self, *, counted: bool, watched: bool = True) -> None:
        """Count a call that is being answered; a poll that only waits is not `counted`."""
        self.open += counted
        self.begun += counted
        self.watched += counted and watched
        self.bell.ring()

    def end(self, *, counted: bool) -> None:
        self.open -= counted
        self.bell.ring()
