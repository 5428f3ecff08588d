"""`run.py demo`: a real bot process and a local Telegram, without a token or a network; to use in the browser, or as a story."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

PLAY = "Play the whole story in the terminal instead. · 改为在终端中演示全过程。"
OUT = "With --play: where the month's files go. · 配合 --play：月度小结文件存放处。"
STORY = "With --play: `main`, or `month` for a whole October of six people. · 配合 --play：main 为主线，month 为六位同志的整个十月。"
PORT = "Port of the page; 8765 if it is free. · 页面端口，默认 8765。"
OPEN = "Open the page in the browser. · 自动打开浏览器。"
KEEP = "A folder in which the data stays for the next time. · 数据保存目录，下次接着用。"
FRESH = "With --keep: begin anew. · 配合 --keep：清空后重新开始。"


class Story(StrEnum):
    MAIN = "main"
    MONTH = "month"


def demo(
    play: Annotated[bool, typer.Option("--play", help=PLAY)] = False,
    story: Annotated[Story, typer.Option("--story", help=STORY)] = Story.MAIN,
    lang: Annotated[str, typer.Option("--lang", help="zh or en · 语言，zh 或 en。")] = "",
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help=PORT)] = 0,
    opens: Annotated[bool, typer.Option("--open/--no-open", help=OPEN)] = True,
    keep: Annotated[Path | None, typer.Option("--keep", file_okay=False, help=KEEP)] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help=FRESH)] = False,
    out: Annotated[Path, typer.Option("--out", help=OUT)] = Path("demo-out"),
) -> None:
    """With --play it exits 0 only if all went as it should."""
    import asyncio

    locale = _spoken(lang)
    if play:
        from commands.demo.play import play_story

        raise typer.Exit(asyncio.run(play_story(locale, out, story)))
    from commands.demo.showing import Wishes, show

    raise typer.Exit(show(Wishes(locale, port, opens, keep, fresh)))


def _spoken(lang: str) -> str:
    """The shell's language without a wish; one that is not spoken here is not passed over in silence."""
    from commands.shell import either
    from locales import resolve

    wish = lang or either("en", "zh")
    if not wish.lower().startswith(("zh", "en")):
        raise typer.BadParameter(either("--lang is zh or en.", "--lang 请写 zh 或 en。"))
    return resolve(wish)
