"""One rendering process for all stages of a run: it takes longer to start than a picture takes to draw.

Most stories show the same few pictures, and the same drawing gives the same picture.
"""

from __future__ import annotations

from reports.studio import Studio


class DrawnOnce(Studio):
    def __init__(self) -> None:
        super().__init__()
        self._drawn: dict[str, bytes] = {}

    async def render(self, svg: str) -> bytes:
        if svg not in self._drawn:
            self._drawn[svg] = await super().render(svg)
        return self._drawn[svg]


STUDIO = DrawnOnce()
