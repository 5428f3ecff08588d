"""How names are spoken, so that people are found by pinyin: 曾伟 is kept as `zengwei zw`."""

from __future__ import annotations

from functools import lru_cache

# A surname is often read differently from the same character elsewhere; two characters go before one.
_SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "曾": "zeng", "区": "ou", "盖": "ge", "朴": "piao",
    "任": "ren", "华": "hua", "翟": "zhai", "繁": "po", "缪": "miao", "折": "she", "种": "chong", "员": "yun",
    "乐": "yue", "覃": "qin", "尹": "yin", "冼": "xian", "逄": "pang", "宓": "mi", "郇": "xun", "重": "chong",
    "洗": "xian", "黑": "he", "秘": "bi", "冯": "feng", "贾": "jia", "石": "shi", "召": "shao", "燕": "yan",
    "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "澹台": "tan tai", "单于": "chan yu", "令狐": "ling hu",
}  # fmt: skip


def load() -> None:
    """The dictionaries, a quarter of a second and 55 MB: for who has time before the first name is spelled."""
    import pypinyin  # noqa: F401 - to be imported is all that is wanted of it


def pinyin(name: str) -> str:
    """Without tones and in small letters: all syllables together, a space, their first letters; ü is v as it is typed.

    A separator (`·`) is not spoken.
    """
    syllables = [syllable for syllable in _syllables(name) if syllable.isalnum()]
    return f"{''.join(syllables)} {''.join(syllable[0] for syllable in syllables)}".strip()


def _syllables(name: str) -> list[str]:
    surname = next((name[:length] for length in (2, 1) if name[:length] in _SURNAMES), "")
    spoken = _SURNAMES[surname].split() if surname else []
    return [*spoken, *_spoken(name[len(surname) :])]


@lru_cache(maxsize=8192)
def _spoken(text: str) -> list[str]:
    """Character by character, as long as none of them belong together as a word that may be read differently."""
    if _holds_a_word(text):
        return _read(text)
    return [syllable for character in text for syllable in _read_alone(character)]


def _holds_a_word(text: str) -> bool:
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    pieces = (text[start:end] for start in range(len(text)) for end in range(start + 2, len(text) + 1))
    return any(ord(character) not in PINYIN_DICT for character in text) or any(
        piece in PHRASES_DICT for piece in pieces
    )


@lru_cache(maxsize=8192)
def _read_alone(character: str) -> list[str]:
    return _read(character)


def _read(text: str) -> list[str]:
    from pypinyin import lazy_pinyin  # not before a name is spelled

    return [part.lower() for syllable in lazy_pinyin(text) for part in syllable.split()]
