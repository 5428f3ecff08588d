"""How names are spoken, so that people are found by pinyin: 曾伟 is kept as `zeng wei zengwei zw`."""

from __future__ import annotations

from collections.abc import Container, Iterable
from functools import cache, lru_cache

# A surname is often read differently from the same character elsewhere; two characters go before one.
_SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "曾": "zeng", "区": "ou", "盖": "ge", "朴": "piao",
    "任": "ren", "华": "hua", "翟": "zhai", "繁": "po", "缪": "miao", "折": "she", "种": "chong", "员": "yun",
    "乐": "yue", "覃": "qin", "尹": "yin", "冼": "xian", "逄": "pang", "宓": "mi", "郇": "xun", "重": "chong",
    "洗": "xian", "黑": "he", "秘": "bi", "冯": "feng", "贾": "jia", "石": "shi", "召": "shao", "燕": "yan",
    "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "澹台": "tan tai", "单于": "chan yu", "令狐": "ling hu",
}  # fmt: skip


Spoken = tuple[str, str]
"""The syllables together, and their first letters."""


def load() -> None:
    """The dictionaries, for who has time before the first name is spelled."""
    _dictionaries()


def pinyin(name: str) -> str:
    """Without tones and in small letters: surname and given name, all syllables together, their first letters; ü is v as it is typed.

    The surname stands first and apart, so that those of one surname stand together in a list. A separator (`·`) is not spoken.
    """
    length = 2 if name[:2] in _SURNAMES else 1 if name[:1] in _SURNAMES else 0
    surname, its_letters = _together(_SURNAMES[name[:length]].split()) if length else ("", "")
    rest, letters = _spoken(name[length:])
    whole = f"{surname}{rest}"
    return f"{_parted(name, surname, whole)}{whole} {its_letters}{letters}".strip()


def _parted(name: str, surname: str, whole: str) -> str:
    """Of a name in Latin letters its first word is the surname, else the first character."""
    first = surname or _spoken(name.partition(" ")[0] if name[:1].isascii() else name[:1])[0]
    given = whole.removeprefix(first)
    return f"{first} {given} " if first and given and given != whole else ""


def _together(syllables: Iterable[str]) -> Spoken:
    said = [syllable for syllable in syllables if syllable.isalnum()]
    return "".join(said), "".join(syllable[0] for syllable in said)


@lru_cache(maxsize=8192)
def _spoken(text: str) -> Spoken:
    """Character by character, as long as none of them belong together as a word that may be read differently."""
    if _holds_a_word(text):
        return _together(_read(text))
    return _together(syllable for character in text for syllable in _read_alone(character))


def _holds_a_word(text: str) -> bool:
    words, characters = _dictionaries()
    pieces = (text[start:end] for start in range(len(text)) for end in range(start + 2, len(text) + 1))
    return any(ord(character) not in characters for character in text) or any(piece in words for piece in pieces)


@cache
def _dictionaries() -> tuple[Container[str], Container[int]]:
    """Of words and of characters: a quarter of a second and 55 MB, so not before a name is spelled."""
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    return PHRASES_DICT, PINYIN_DICT


@lru_cache(maxsize=8192)
def _read_alone(character: str) -> list[str]:
    return _read(character)


def _read(text: str) -> list[str]:
    from pypinyin import lazy_pinyin  # not before a name is spelled

    return [part.lower() for syllable in lazy_pinyin(text) for part in syllable.split()]
