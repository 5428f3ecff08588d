"""Published weaknesses of the packages that are locked, as far as a service that knows of them can be reached."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
"""What is installed where the program serves; tools of the tests reach no user."""
SECONDS = 120
LOOK = ("--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", "5")


@dataclass(frozen=True, slots=True)
class Advice:
    """`looked_up` is how many packages the service knew; `weaknesses` are lines with package, version, name and cure."""

    looked_up: int
    weaknesses: tuple[str, ...]

    @property
    def passes(self) -> bool:
        return not self.weaknesses

    def __str__(self) -> str:
        if not self.looked_up:
            return "skipped, no advisory service could be reached"
        return (
            "\n".join(("FAILED", *self.weaknesses))
            if self.weaknesses
            else f"passed, packages looked up: {self.looked_up}"
        )


def advise() -> Advice:
    command = [sys.executable, "-m", "pip_audit", *LOOK, "--requirement", str(LOCK)]
    try:
        found = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)  # noqa: S603 - a tool of the lock
    except subprocess.TimeoutExpired:
        return read("")
    return read(found.stdout)


def read(told: str) -> Advice:
    """What the tool printed as JSON; it prints none when its service cannot be reached at all."""
    try:
        packages: list[dict[str, Any]] = json.loads(told)["dependencies"]
    except (ValueError, KeyError, TypeError):
        packages = []
    known = [one for one in packages if "vulns" in one]
    return Advice(len(known), tuple(_line(one, hole) for one in known for hole in one["vulns"]))


def _line(package: dict[str, Any], hole: dict[str, Any]) -> str:
    cure = ", ".join(hole["fix_versions"]) or "no version yet"
    return f"  {package['name']} {package['version']}: {hole['id']}, mended in {cure}"
