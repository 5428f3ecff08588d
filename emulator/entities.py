"""Text with entities: Telegram's HTML, what Telegram finds by itself, and the trimming, all in UTF-16 offsets.

Written from the Bot API's page on formatting options; the sentences of errors are those the servers give.
"""

from __future__ import annotations

import re

from emulator.html_text import HtmlText
from emulator.refusals import Json, bad_request

KNOWN_TYPES = frozenset({
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic", "underline",
    "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre", "text_link", "text_mention",
    "custom_emoji", "date_time",
})  # fmt: skip
DETECTED = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
_PATTERNS = re.compile(
    r"(?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,})"
    r"|(?P<url>(?<![\w/@.])(?:https?://[^\s<>\"]+[^\s<>\".,;:!?)】。，；：！？）]|t\.me/[\w/?=&+-]+))"
    r"|(?P<bot_command>(?<![\w/@.<])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))"
    r"|(?P<mention>(?<![\w@/.])@[A-Za-z][A-Za-z0-9_]{2,31}(?![\w@]))"
    r"|(?P<hashtag>(?<![\w#&])#\w*[^\W\d_]\w*)"
)


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Raise BotApiError 400 "can't parse entities: …" for what Telegram would not accept."""
    return HtmlText(source).parse()


def detect(text: str, taken: list[Json]) -> list[Json]:
    """Commands, mentions, links, addresses and hashtags outside what is `taken` by links and code."""
    found = []
    for match in _PATTERNS.finditer(text):
        entity = {
            "type": match.lastgroup,
            "offset": utf16_length(text[: match.start()]),
            "length": utf16_length(match[0]),
        }
        if not any(_overlap(entity, other) for other in taken if other["type"] in _CLOSED):
            found.append(entity)
    return found


def trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without the white space at both ends, as Telegram sends every text; entities move and shrink with it."""
    stripped = text.strip(_TRIMMED)
    if stripped == text:
        return text, entities
    cut = utf16_length(text[: len(text) - len(text.lstrip(_TRIMMED))])
    end = utf16_length(stripped)
    moved = [_clip(entity, cut, end) for entity in entities]
    return stripped, [entity for entity in moved if entity["length"] > 0]


def given(text: str, wanted: list[object]) -> list[Json]:
    """The entities a caller states himself; what Telegram detects on its own is left out here."""
    end = utf16_length(text)
    return [entity for item in wanted if (entity := _checked(item, end))["type"] not in DETECTED]


def formatted(text: str, parse_mode: str, wanted: list[object]) -> tuple[str, list[Json]]:
    """What a chat shows of `text`: parsed, trimmed, with detected entities, in Telegram's order."""
    if parse_mode and parse_mode.lower() not in {"none", "html"}:
        raise bad_request("unsupported parse_mode")
    plain, entities = parse_html(text) if parse_mode.lower() == "html" else (text, given(text, wanted))
    plain, entities = trim(plain, entities)
    entities = entities + detect(plain, entities)
    return plain, sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


_TRIMMED = " \t\r\n\v\f\0\xa0"  # and not the full-width space, by which Chinese paragraphs are indented
_CLOSED = {"code", "pre", "text_link", "text_mention"}


def _overlap(one: Json, other: Json) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])


def _clip(entity: Json, cut: int, end: int) -> Json:
    begins = max(0, entity["offset"] - cut)
    ends = min(end, entity["offset"] + entity["length"] - cut)
    return {**entity, "offset": begins, "length": ends - begins}


def _checked(item: object, end: int) -> Json:
    if not isinstance(item, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    offset, length = item.get("offset"), item.get("length")
    if str(item.get("type")) not in KNOWN_TYPES:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length <= 0:
        raise bad_request("can't parse MessageEntity: wrong offset or length specified")
    if offset > end:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {offset}")
    if offset + length > end:
        raise bad_request(
            f"entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {end}"
        )
    return dict(item)
