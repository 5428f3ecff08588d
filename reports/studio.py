"""Pictures are rendered in a process of their own: rendering holds the interpreter's lock for a tenth of a second."""

from __future__ import annotations

import asyncio
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

FONT = "Noto Sans CJK SC"
"""Exactly so: for a family it does not know the renderer draws no text and says nothing."""


class Studio:
    """One rendering process, started with the first picture and again should it have died."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    async def render(self, svg: str) -> bytes:
        """PNG of an SVG that names no other font than `FONT`."""
        pool = self._started()
        try:
            return await _drawn(pool, svg)
        except BrokenProcessPool:
            # Others may be waiting on the same dead process: only the first of them replaces it.
            if self._pool is pool:
                self.close()
            return await _drawn(self._started(), svg)

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, get_context("spawn"), initializer=_leave_interrupts_to_the_parent)
        return self._pool


async def _drawn(pool: ProcessPoolExecutor, svg: str) -> bytes:
    return await asyncio.get_running_loop().run_in_executor(pool, draw, svg)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def draw(svg: str) -> bytes:
    import resvg_py
    from noto_cjk_sans_otc import FONT_PATH

    png: bytes = resvg_py.svg_to_bytes(
        svg_string=svg, skip_system_fonts=True, font_files=[str(FONT_PATH)], font_family=FONT
    )
    return png
