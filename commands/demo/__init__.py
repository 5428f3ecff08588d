"""`run.py demo`: the whole story between a real bot process and a local Telegram, without a token or a network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def demo(
    play: Annotated[bool, typer.Option("--play", help="Play the story in the terminal. / 在终端中演示全过程。")] = True,
    lang: Annotated[str, typer.Option("--lang", help="zh or en / 语言")] = "",
    out: Annotated[Path, typer.Option("--out", help="Where the month's files go. / 月度小结文件存放处。")] = Path(
        "demo-out"
    ),
) -> None:
    """Exits 0 only if all went as it should."""
    import asyncio

    from commands.demo.play import play_story
    from locales import resolve

    _ = play  # the story in the terminal is the only demo so far
    raise typer.Exit(asyncio.run(play_story(resolve(lang), out)))
