"""What the people of the demonstration write: in Chinese and in English, by specialty and standing, drawn so that no two look copied."""

from __future__ import annotations

from commands.demo.words.kinds import Words


def words_of(locale: str) -> Words:
    if locale == "zh_Hans":
        from commands.demo.words.chinese import WORDS
    else:
        from commands.demo.words.english import WORDS
    return WORDS
