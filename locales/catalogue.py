"""Catalogues read with Babel when first needed, and a language as the rest of the program speaks it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

DEFAULT = "zh_Hans"
FOLDER = Path(__file__).parent


class CatalogueError(Exception):
    """Two files of one language translate the same message differently."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a language writes days (CLDR patterns) and lists."""

    title: str
    day: str
    short_day: str
    plain_day: str
    month: str
    day_and_time: str
    comma: str
    last_comma: str
    clause_comma: str
    sentence_space: str


MANNERS = {
    "zh_Hans": Manner(
        "简体中文", "y年M月d日（EEEE）", "M月d日（EEEE）", "y年M月d日", "y年M月", "{day}{time}", "、", "、", "，", ""
    ),
    "en": Manner(
        "English", "EEEE, d MMMM y", "EEE d MMM", "d MMMM y", "MMMM y", "{day}, {time}", ", ", " and ", ", ", " "
    ),
}


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a message that is translated elsewhere
    return message


def available() -> tuple[str, ...]:
    return tuple(MANNERS)


def resolve(code: str | None, default: str = DEFAULT) -> str:
    """The language meant by what Telegram or a person says: `zh-CN`, `zh-hans`, `en-GB`; else the default."""
    spoken = (code or "").replace("-", "_").casefold().split("_")[0]
    return next((name for name in MANNERS if name.casefold().split("_")[0] == spoken), default)


@cache
def language(code: str | None = None, default: str = DEFAULT) -> Language:
    name = resolve(code, default)
    return Language(name, _compiled(merged(name)))


class Language:
    """Messages are English sentences with named placeholders; the fields are filled in after translation."""

    def __init__(self, code: str, translations: GNUTranslations) -> None:
        self.code = code
        self._translations = translations
        self._locale = Locale.parse(code)
        self._manner = MANNERS[code]

    def __repr__(self) -> str:
        return f"Language({self.code!r})"

    @property
    def title(self) -> str:
        """The language's own name for itself."""
        return self._manner.title

    def text(self, message: str, /, **fields: object) -> str:
        return self._translations.gettext(message).format(**fields)

    def plural(self, one: str, many: str, number: int, /, **fields: object) -> str:
        return self._translations.ngettext(one, many, number).format(number=number, **fields)

    def date(self, day: dt.date) -> str:
        """`2026年10月16日（星期五）`, `Friday, 16 October 2026`."""
        return self._day(day, self._manner.day)

    def short_date(self, day: dt.date) -> str:
        """`10月16日（星期五）`, `Fri 16 Oct`."""
        return self._day(day, self._manner.short_day)

    def plain_date(self, day: dt.date) -> str:
        """`2026年10月16日`, `16 October 2026`: as papers are dated."""
        return self._day(day, self._manner.plain_day)

    def moment(self, instant: dt.datetime, zone: str | dt.tzinfo) -> str:
        """Date, weekday and time of an aware instant, on the clocks of the zone."""
        local = instant.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
        return self._manner.day_and_time.format(day=self.date(local.date()), time=f"{local:%H:%M}")

    def month(self, month: object) -> str:
        """A month given as its key `2026-10`, or as anything that reads so as a string."""
        return self._day(dt.date.fromisoformat(f"{month}-01"), self._manner.month)

    def names(self, names: Iterable[str]) -> str:
        *first, last = [*names] or [""]
        return self._manner.last_comma.join([self._manner.comma.join(first), last]) if first else last

    def clauses(self, parts: Iterable[str]) -> str:
        """Parts of a sentence, the empty ones left out."""
        return self._manner.clause_comma.join(filter(None, parts))

    def paragraph(self, sentences: Iterable[str]) -> str:
        """Whole sentences, one after another."""
        return self._manner.sentence_space.join(sentences)

    def _day(self, day: dt.date, pattern: str) -> str:
        return format_date(day, pattern, locale=self._locale)


def merged(code: str, folder: Path = FOLDER) -> Catalog:
    """All `*.po` files of a language as one catalogue; the same message twice must be translated the same."""
    whole = Catalog(locale=code)
    for path in sorted((folder / code).glob("*.po")):
        for message in _read(path, code):
            known = whole.get(message.id)
            if known is not None and known.string != message.string:
                raise CatalogueError(
                    f"{path.parent.name}/{path.name} translates {message.id!r} differently: {message.string!r}"
                )
            whole.add(message.id, message.string)
    return whole


def _read(path: Path, code: str) -> list[Message]:
    with path.open("rb") as file:
        return [message for message in read_po(file, locale=code, abort_invalid=True) if message.id]


def _compiled(catalogue: Catalog) -> GNUTranslations:
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
