"""What stands behind the bot, for the page: where it shows what it has in store, and whether it is to run at all.

Whoever started the bot tells both; the emulator passes on what it sees, whatever that means.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx

from emulator.bell import Bell
from emulator.refusals import Json
from emulator.webhook import LOOPBACK

SECONDS = 2.0


class Backstage:
    """`runs` is None when nobody can start and stop the bot for us."""

    def __init__(self) -> None:
        self.url = ""
        self.runs: bool | None = None
        self.bell = Bell()

    def open_at(self, url: str) -> None:
        if url and (urlsplit(url).scheme != "http" or urlsplit(url).hostname not in LOOPBACK):
            raise ValueError("only an http address on loopback is looked at")
        self.url = url

    def let_run(self, *, runs: bool) -> None:
        self.runs = runs
        self.bell.ring()

    async def until(self, *, runs: bool, seconds: float) -> bool | None:
        await self.bell.wait_for(lambda: self.runs is runs, seconds)
        return self.runs

    async def look(self) -> Json | None:
        """What the bot shows; None while it shows nothing."""
        if not self.url:
            return None
        try:
            async with httpx.AsyncClient(timeout=SECONDS, trust_env=False) as http:
                answer = await http.get(self.url)
                shown = answer.raise_for_status().json()
        except (httpx.HTTPError, ValueError):
            return None
        return shown if isinstance(shown, dict) else None
