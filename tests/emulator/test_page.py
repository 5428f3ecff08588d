"""The page's files and what they promise: nothing but them runs, and no word is missing in either language."""

from __future__ import annotations

import re

import httpx
import pytest

from emulator.page import FILES, FOLDER
from emulator.phone import Telegram

SCRIPTS = {name: path.read_text(encoding="utf-8") for name, path in FILES.items() if name.endswith(".js")}
LANGUAGES = ("scripts/words/zh.js", "scripts/words/en.js")
ON_THE_WIRE = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "srcdoc")


async def get(local: Telegram, path: str) -> httpx.Response:
    return await local.http.get(path)


async def test_the_page_comes_with_a_strict_policy(local: Telegram) -> None:
    answer = await get(local, "/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"} <= set(
        policy.split("; ")
    )
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_every_part_is_served_as_what_it_is(local: Telegram) -> None:
    for name in FILES:
        answer = await get(local, f"/page/{name}")
        kind = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}[name.rpartition(".")[2]]
        assert (answer.status_code, answer.headers["content-type"]) == (200, f"{kind}; charset=utf-8"), name
        assert "content-security-policy" in answer.headers


@pytest.mark.parametrize(
    "path", ["/page/", "/page/index.html", "/page/__init__.py", "/page/..%2f__init__.py", "/page/%2e%2e/%2e%2e/app.py"]
)
async def test_nothing_else_can_be_asked_for(local: Telegram, path: str) -> None:
    assert (await get(local, path)).status_code == 404


def test_every_part_that_is_named_is_there() -> None:
    named = re.findall(r'"/page/([^"]+)"', (FOLDER / "index.html").read_text(encoding="utf-8"))
    for name, script in SCRIPTS.items():
        folder = name.rpartition("/")[0]
        named += [
            f"{folder}/{other.removeprefix('./')}"
            for other in re.findall(r'^import .*"(\./[^"]+)"', script, re.MULTILINE)
        ]
    assert [name for name in named if name not in FILES] == []
    assert [name for name in FILES if name not in {*named, "mark.svg"}] == []


def test_no_text_can_become_markup() -> None:
    assert [(name, word) for name, script in SCRIPTS.items() for word in ON_THE_WIRE if word in script] == []


def words(name: str) -> dict[str, str]:
    return dict(re.findall(r'^  (\w+): "(.*)",$', SCRIPTS[name], re.MULTILINE))


def test_both_languages_have_the_same_words_with_the_same_places() -> None:
    chinese, english = (words(name) for name in LANGUAGES)
    assert list(chinese) == list(english)
    placeholders = re.compile(r"\{\w+\}")
    assert {name: set(placeholders.findall(text)) for name, text in chinese.items()} == {
        name: set(placeholders.findall(text)) for name, text in english.items()
    }


def test_every_word_that_is_said_is_there_and_every_one_is_said() -> None:
    code = "\n".join(script for name, script in SCRIPTS.items() if name not in LANGUAGES)
    known = set(words(LANGUAGES[0]))
    said = set(re.findall(r'say\("(\w+)"', code))
    assert said - known == set()
    quoted = set(re.findall(r'"(\w+)"', code))
    made = [re.compile(f"{begins}\\w+{ends}") for begins, ends in re.findall(r"say\(`(\w*)\$\{\w+\}(\w*)`\)", code)]
    assert {word for word in known - quoted - {"code"} if not any(one.fullmatch(word) for one in made)} == set()


def test_no_part_is_long() -> None:
    assert [name for name, path in FILES.items() if path.read_text(encoding="utf-8").count("\n") > 300] == []
