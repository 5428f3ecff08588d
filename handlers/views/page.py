"""What a view returns, and how it speaks: every field of a sentence is text, never markup."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from locales import Language

CALLBACK_BYTES = 64
SHOWN = 600
"""How many characters of people's own words a screen shows unless it says otherwise."""


class Html(str):
    """Text that is markup already and is not escaped again."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Button:
    """A button beneath a message: `press` is `verb:arg:arg` (64 bytes at most) or `url` a link."""

    text: str
    press: str = ""
    url: str = ""


def button(text: str, verb: str, *args: object) -> Button:
    press = ":".join([verb, *(str(arg) for arg in args)])
    if len(press.encode()) > CALLBACK_BYTES:
        raise ValueError(f"the button {verb} carries more than {CALLBACK_BYTES} bytes")
    return Button(text, press)


@dataclass(frozen=True, slots=True)
class Document:
    """A file that is made after the commit, off the event loop."""

    name: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture drawn from SVG after the commit."""

    svg: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that Telegram holds already: `kind` is photo, document or voice."""

    kind: str
    file_id: str


File = Document | Picture | Stored
Rows = Sequence[Sequence[Button]]


@dataclass(frozen=True, slots=True)
class Message:
    """HTML text, buttons beneath it, files after it. `menu` replaces the permanent keyboard ([] takes it away)."""

    text: str
    buttons: Rows = ()
    files: Sequence[File] = ()
    menu: Sequence[Sequence[str]] | None = None
    toast: str = ""
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Say:
    """A language speaking HTML for chat. `say(...)` escapes its fields; `say.plain(...)` is for buttons and files."""

    language: Language
    zone: str
    now: dt.datetime

    def __call__(self, message: str, /, **fields: object) -> Html:
        return Html(self.language.text(message, **_escaped(fields)))

    def many(self, one: str, many: str, number: int, /, **fields: object) -> Html:
        return Html(self.language.plural(one, many, number, **_escaped(fields)))

    def plain(self, message: str, /, **fields: object) -> str:
        return self.language.text(message, **fields)

    def paragraph(self, *sentences: str | None) -> Html:
        """Whole sentences, one after another, those that are there."""
        return Html(self.language.paragraph(sentence for sentence in sentences if sentence))

    def date(self, day: dt.date) -> str:
        return self.language.date(day)

    def short_date(self, day: dt.date) -> str:
        return self.language.short_date(day)

    def moment(self, instant: dt.datetime) -> str:
        return self.language.moment(instant, self.zone)

    def names(self, names: Iterable[str]) -> str:
        return self.language.names(names)


def text(value: object) -> Html:
    """User text as HTML."""
    return value if isinstance(value, Html) else Html(escape(str(value), quote=False))


def bold(value: object) -> Html:
    return Html(f"<b>{text(value)}</b>")


def quote(value: object) -> Html:
    return Html(f"<blockquote>{text(value)}</blockquote>")


def lines(*parts: str | None) -> Html:
    """Join paragraphs and lines that are there; an empty string is an empty line."""
    return Html("\n".join(part for part in parts if part is not None))


INNER = str.maketrans("“”", "‘’")
"""Quotation marks inside quotation marks."""


def within(words: str) -> str:
    """A person's words as they stand in quotation marks inside a sentence of ours, which has its own stop."""
    return inside(words.strip().rstrip("。．."))


def inside(words: str) -> str:
    """A person's words as they stand in quotation marks of ours."""
    return words.translate(INNER)


def shortened(text: str, limit: int = SHOWN) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def turns(say: Say, page: int, verb: str, *args: object, more: bool) -> list[list[Button]]:
    """The row that leads to the page before and, if there is `more`, to the page after; its number goes last."""
    row = [button(say.plain("‹ Previous"), verb, *args, page - 1)] if page else []
    row += [button(say.plain("Next ›"), verb, *args, page + 1)] if more else []
    return [row] if row else []


def _escaped(fields: dict[str, object]) -> dict[str, object]:
    return {name: text(value) if isinstance(value, str) else value for name, value in fields.items()}
