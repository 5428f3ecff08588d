"""A reader of Telegram's HTML: few tags, few references, and a loud refusal of everything else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlsplit, urlunsplit

from emulator.refusals import BotApiError, Json, bad_request

SIMPLE = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler",
}  # fmt: skip
TAGS = frozenset(SIMPLE) | {"a", "code", "pre", "blockquote", "tg-emoji"}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_SPACE = " \t\r\n\v\0"
_RUN = re.compile(r"[^<&]+")
_NAME = re.compile(rf"[^{_SPACE}>]*")
_SPACES = re.compile(rf"[{_SPACE}]*")
_ATTRIBUTE = re.compile(rf"[^{_SPACE}=>]*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9A-Fa-f]*)|#(?P<dec>[0-9]*)|(?P<name>[A-Za-z]*));?")


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    start: int


class HtmlText:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.pieces: list[str] = []
        self.length = 0  # in UTF-16 units
        self.stack: list[_Open] = []
        self.entities: list[Json] = []

    def parse(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            if self.source[self.at] == "<":
                self._tag()
            elif self.source[self.at] == "&":
                self._add(self._reference())
            else:
                self._add(self._take(_RUN))
        if self.stack:
            raise unparsable(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        return "".join(self.pieces), sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text.encode("utf-16-le", "surrogatepass")) // 2

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.source, self.at)
        assert match is not None
        self.at = match.end()
        return match[0]

    def _peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def _reference(self) -> str:
        """One character for a known reference; an unknown one leaves its ampersand as text."""
        match = _REFERENCE.match(self.source, self.at)
        assert match is not None
        character = _referred(match)
        self.at = match.end() if character else self.at + 1
        return character or "&"

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self._peek() == "/":
            self.at += 1
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        tag = self._take(_NAME).lower()
        if not self._peek():
            raise self._error("Unclosed start tag", begin)
        if tag not in TAGS:
            raise self._error(f'Unsupported start tag "{tag}"', begin)
        argument = ""
        while self._peek() != ">":
            self._take(_SPACES)
            if self._peek() == ">":
                break
            argument = self._attribute(tag, begin) or argument
        self.at += 1
        if tag == "span" and argument != "tg-spoiler":
            raise self._error('Tag "span" must have class "tg-spoiler"', begin)
        self.stack.append(_Open(tag, argument, self.length, len(self.pieces)))

    def _attribute(self, tag: str, begin: int) -> str:
        """The attribute's value when it means something in this tag, else nothing."""
        name = self._take(_ATTRIBUTE)
        if not name:
            raise self._error(f'Empty attribute name in the tag "{tag}"', begin)
        self._take(_SPACES)
        if self._peek() != "=":
            if not self._peek():
                raise self._error(f'Unclosed start tag "{tag}"', begin)
            return "expandable" if (tag, name) == ("blockquote", "expandable") else ""
        self.at += 1
        self._take(_SPACES)
        if not self._peek():
            raise self._error(f'Unclosed start tag "{tag}"', begin)
        return _meaning(tag, name, self._value(begin))

    def _value(self, begin: int) -> str:
        value = self._quoted() if self._peek() in {"'", '"'} else self._token()
        if not self._peek():
            raise self._error("Unclosed start tag", begin)
        return value

    def _token(self) -> str:
        begin = self.at
        token = self._take(_TOKEN).lower()
        if self._peek() and self._peek() not in _SPACE + ">":
            raise self._error("Unexpected end of name token", begin)
        return token

    def _quoted(self) -> str:
        quote = self.source[self.at]
        self.at += 1
        pieces = []
        while self._peek() and self._peek() != quote:
            if self._peek() == "&":
                pieces.append(self._reference())
            else:
                pieces.append(self._peek())
                self.at += 1
        self.at += 1
        return "".join(pieces)

    def _end_tag(self, begin: int) -> None:
        if not self.stack:
            raise self._error("Unexpected end tag", begin)
        name = self._take(_NAME).lower()
        self._take(_SPACES)
        if self._peek() != ">":
            raise self._error("Unclosed end tag", begin)
        opened = self.stack[-1]
        if name and name != opened.tag:
            raise self._error("Unmatched end tag", begin, f', expected "</{opened.tag}>", found "</{name}>"')
        self.at += 1
        self.stack.pop()
        if self.length > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        span: Json = {"offset": opened.offset, "length": self.length - opened.offset}
        if opened.tag in {"pre", "code"}:
            self._close_code(opened, span)
        elif opened.tag == "a":
            self._close_link(opened, span)
        elif opened.tag == "blockquote":
            kind = "expandable_blockquote" if opened.argument else "blockquote"
            self.entities.append({"type": kind, **span})
        elif opened.tag == "tg-emoji":
            if not opened.argument.isdigit():
                raise unparsable("Invalid custom emoji identifier specified")
            self.entities.append({"type": "custom_emoji", **span, "custom_emoji_id": opened.argument})
        else:
            self.entities.append({"type": SIMPLE[opened.tag], **span})

    def _close_code(self, opened: _Open, span: Json) -> None:
        """A `pre` around (or inside) a `code` with a language is one block in that language."""
        inner = self.entities[-1] if self.entities else {}
        nested = {key: inner.get(key) for key in span} == span
        if opened.tag == "pre" and nested and inner["type"] == "code" and inner.get("language"):
            inner["type"] = "pre"
        elif opened.tag == "code" and nested and inner["type"] == "pre" and opened.argument:
            inner["language"] = opened.argument
        else:
            language = {"language": opened.argument} if opened.argument else {}
            self.entities.append({"type": opened.tag, **span, **language})

    def _close_link(self, opened: _Open, span: Json) -> None:
        address = opened.argument or "".join(self.pieces[opened.start :])
        user_id = _mentioned(address)
        if user_id is not None:
            self.entities.append({"type": "text_mention", **span, "user": {"id": user_id}})
        elif link := checked_link(address):
            self.entities.append({"type": "text_link", **span, "url": link})

    def _error(self, what: str, position: int, more: str = "") -> BotApiError:
        offset = len(self.source[:position].encode("utf-8", "surrogatepass"))
        return unparsable(f"{what} at byte offset {offset}{more}")


def unparsable(reason: str) -> BotApiError:
    return bad_request(f"can't parse entities: {reason}")


def checked_link(address: str) -> str:
    """The address as Telegram keeps it, or nothing when it is no address: then there is no link either."""
    address = address.strip()
    if not address or any(character.isspace() for character in address):
        return ""
    parts = _split(address if "://" in address else f"http://{address}")
    if parts is None:
        return ""
    if parts.scheme == "tg":
        return address
    if parts.scheme not in {"http", "https"} or "." not in (parts.hostname or "").strip("."):
        return ""
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", parts.query, parts.fragment))


def _referred(match: re.Match[str]) -> str:
    if match["name"] is not None:
        return NAMED.get(match["name"], "")
    digits, base = (match["hex"], 16) if match["hex"] is not None else (match["dec"], 10)
    if not digits or len(match[0].rstrip(";")) >= 10:
        return ""
    code = int(digits, base)
    if 0xD800 <= code <= 0xDFFF:
        raise unparsable(
            "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate "
            "code units"
        )
    return chr(code) if 0 < code < 0x10FFFF else ""


def _meaning(tag: str, name: str, value: str) -> str:
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id") | ("span", "class"):
            return value
        case ("code", "class"):
            return value.removeprefix("language-") if value.startswith("language-") else ""
        case ("blockquote", "expandable"):
            return "expandable"
    return ""


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None


def _mentioned(address: str) -> int | None:
    parts = _split(address)
    if parts is None or (parts.scheme, parts.netloc) != ("tg", "user"):
        return None
    number = parse_qs(parts.query).get("id", [""])[0]
    return int(number) if number.isdigit() else None
