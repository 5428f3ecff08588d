"""The guides name buttons, commands, pictures and pages that are there, and say the same in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.routes import Routes
from locales import language as language_of
from locales.catalogue import merged

HOUSE = Path(__file__).resolve().parent.parent
GUIDES, VIEWS = HOUSE / "docs" / "guides", HOUSE / "handlers" / "views"
PAGES = sorted(path.name for path in (GUIDES / "zh").glob("*.md"))
ELSEWHERE = {"newbot", "revoke", "setprivacy", "bind"}
"""Said to @BotFather, or in a group."""
LANGUAGES = {"zh": ("zh_Hans", re.compile("【([^】]+)】")), "en": ("en", re.compile(r"\*\*([^*]+)\*\*"))}


def sentences(code: str) -> set[str]:
    """All that the program may say in a language; of a message with plural forms, each."""
    strings: Iterator[object] = (message.string for message in merged(code))
    return {str(form) for forms in strings for form in (forms if isinstance(forms, tuple | list) else (forms,))}


def titles(code: str) -> set[str]:
    """What a guide may call a button: its title, or as much of it as stands before a name."""
    said = sentences(code)
    return said | {one.partition("{")[0].rstrip("： ") for one in said if "{" in one}


def page(language: str, name: str) -> str:
    return (GUIDES / language / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_every_button_that_is_named_is_there(language: str, name: str) -> None:
    code, marked = LANGUAGES[language]
    named = {one.rstrip("… ") for one in marked.findall(page(language, name))}
    assert named, "a guide that names no button guides nobody"
    assert named - titles(code) == set()


def on_buttons() -> set[str]:
    """The titles that views put on buttons, as message ids."""
    views = "".join(path.read_text(encoding="utf-8") for path in VIEWS.glob("*.py"))
    return set(re.findall(r'button\(\s*say\.plain\(\s*"([^"]+)"', views))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_what_has_no_place_on_the_keyboard_is_on_a_button_where_it_is_named(language: str, name: str) -> None:
    code, marked = LANGUAGES[language]
    named = set(marked.findall(page(language, name)))
    hidden = [command for command in Routes().commands.values() if not command.on_keyboard]
    typed_only = {command.title for command in hidden} - on_buttons()
    speaks = language_of(code)
    assert {title for title in typed_only if speaks.text(title) in named} == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_every_command_that_is_named_is_there(language: str, name: str) -> None:
    named = set(re.findall(r"`/(\w+)", page(language, name)))
    assert named - set(Routes().commands) - ELSEWHERE == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_every_link_and_picture_leads_somewhere(language: str, name: str) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", page(language, name)):
        assert (GUIDES / language / target).exists(), target


def test_both_languages_have_the_same_pages_and_the_index_names_them() -> None:
    assert [path.name for path in sorted((GUIDES / "en").glob("*.md"))] == PAGES
    index = (GUIDES / "README.md").read_text(encoding="utf-8")
    assert all(f"({language}/{name})" in index for language in LANGUAGES for name in PAGES)
