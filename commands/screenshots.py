"""`run.py screenshots`: the pictures of the page in both languages, taken while the guided story is walked through."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TO = "The folder for the pictures. · 图片存放目录。"
STEPS = {7: "review", 8: "need"}
"""Which picture is taken when a step begins: of what the one before has led to."""
WIDE, NARROW = (1440, 900), (390, 780)
AS_WEBP = """async ([picture, quality]) => {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", quality).split(",")[1];
}"""
DEVELOPED = """() => [...document.images].every((image) => {
  const { top, bottom } = image.getBoundingClientRect();
  return bottom < 0 || top > innerHeight || (image.complete && image.naturalWidth > 0);
})"""
"""Every picture within sight is there."""
QUALITY = 0.72
Took = Callable[["Page", str], None]


def screenshots(to: Annotated[Path, typer.Option("--to", help=TO)] = Path("docs/pictures")) -> None:
    """Wants a Chromium on the path."""
    from commands.demo.walking import NoBrowser, chromium

    to.mkdir(parents=True, exist_ok=True)
    try:
        with chromium() as browser:
            for language in ("zh", "en"):
                _of_one_language(browser, language, to)
    except NoBrowser:
        typer.echo("No Chromium is on the path: install it (apt install chromium) and start again.", err=True)
        raise typer.Exit(1) from None


def _of_one_language(browser: Browser, language: str, to: Path) -> None:
    from commands.demo.walking import demo, walk

    darkroom = browser.new_page()

    def took(page: Page, name: str) -> None:
        page.wait_for_function(DEVELOPED)
        page.wait_for_timeout(400)  # until what just came has come to rest
        path = to / f"{name}.{language}.webp"
        path.write_bytes(developed(darkroom, page.screenshot(animations="disabled")))
        typer.echo(f"{path}  {path.stat().st_size // 1024} KB")

    with demo("--lang", language) as url:
        page = _opened(browser, url, WIDE, "light")
        left = dict(STEPS)
        for step in walk(page):
            if step in left:
                took(page, left.pop(step))
        page.locator(".guide .do .primary").click()
        took(page, "month")
        _behind(page, took)
        _on_a_phone(browser, url, took)


def developed(darkroom: Page, picture: bytes) -> bytes:
    """A screenshot as WebP, which is a quarter of its size."""
    return base64.b64decode(darkroom.evaluate(AS_WEBP, [base64.b64encode(picture).decode(), QUALITY]))


def _opened(browser: Browser, url: str, size: tuple[int, int], scheme: Literal["light", "dark"]) -> Page:
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    page.goto(url)
    page.locator(".guide").wait_for()
    return page


def _behind(page: Page, took: Took) -> None:
    page.locator(".tools .behind").click()
    page.locator(".ledger table").first.wait_for()
    took(page, "behind")


def _on_a_phone(browser: Browser, url: str, took: Took) -> None:
    page = _opened(browser, url, NARROW, "dark")
    page.locator(".guide .do .quiet").click()
    page.locator(".tab").nth(2).click()
    took(page, "narrow")
