"""The words of the guided story name what is really on the buttons; the browser's tests play it through."""

from __future__ import annotations

import re

import pytest

from commands.demo.cast import MENTOR, NEWCOMER
from commands.demo.guide import told
from commands.demo.names import called
from locales.catalogue import merged
from reports.words import capital

QUOTED = re.compile("“([^”]+)”")


@pytest.mark.parametrize("locale", ["zh_Hans", "en"])
def test_what_is_quoted_is_on_a_button(locale: str) -> None:
    steps = told(locale, "0804")["steps"]
    assert len(steps) == 8
    quoted = {words for step in steps for move in step["moves"] for words in QUOTED.findall(move["words"])}
    texts = {capital(str(message.string)) for message in merged(locale)}
    assert {capital(one) for one in quoted} - texts - {called(NEWCOMER, locale), called(MENTOR, locale)} == set()


def test_both_languages_tell_the_same() -> None:
    chinese, english = (told(locale, "0804") for locale in ("zh_Hans", "en"))
    assert chinese["phones"] == english["phones"]
    signs = [
        [[(move["sign"], move["user_id"]) for move in step["moves"]] for step in one["steps"]]
        for one in (chinese, english)
    ]
    assert signs[0] == signs[1]
