"""What `run.py test` says of published weaknesses: found, none, or nobody to ask."""

from __future__ import annotations

import importlib.util
import json

import pytest

from commands.advisories import read

SOUND = {"name": "aiohttp", "version": "3.14.5", "vulns": []}
WEAK = {
    "name": "jinja2",
    "version": "3.1.0",
    "vulns": [{"id": "PYSEC-2024-1", "fix_versions": ["3.1.3"]}, {"id": "PYSEC-2025-2", "fix_versions": []}],
}
UNKNOWN = {"name": "segno", "skip_reason": "Dependency not found and could not be audited: segno (1.6.6)"}


def told(*packages: object) -> str:
    return json.dumps({"dependencies": packages, "fixes": []})


def test_sound_packages_pass() -> None:
    advice = read(told(SOUND, UNKNOWN))
    assert advice.passes
    assert str(advice) == "passed, packages looked up: 1"


def test_a_weakness_fails_with_its_name_and_its_cure() -> None:
    advice = read(told(SOUND, WEAK))
    assert not advice.passes
    assert str(advice).splitlines() == [
        "FAILED",
        "  jinja2 3.1.0: PYSEC-2024-1, mended in 3.1.3",
        "  jinja2 3.1.0: PYSEC-2025-2, mended in no version yet",
    ]


@pytest.mark.parametrize("answer", ["", "ConnectionError: no route", "[]", "null", "{}", told(UNKNOWN)])
def test_with_nobody_to_ask_it_is_skipped_with_a_word(answer: str) -> None:
    advice = read(answer)
    assert advice.passes
    assert str(advice) == "skipped, no advisory service could be reached"


def test_the_tool_is_in_the_lock() -> None:
    """Without it nobody would ever be asked, and nobody would notice."""
    assert importlib.util.find_spec("pip_audit") is not None
