"""`run.py bench`: the figures that the program promises, measured here and now beside their peers."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

MODULES = {
    "start": "start", "updates": "updates", "interactive": "interactive", "tick": "tick", "summary": "summary",
    "import": "roster_import", "replicas": "replicas",
}  # fmt: skip
"""In which module each is measured."""
NAMES = tuple(MODULES)


def bench(
    name: Annotated[str, typer.Argument(help=f"One of {', '.join(NAMES)}. · 只测其中一项：{'、'.join(NAMES)}。")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line. · 每项一行 JSON。")] = False,
) -> None:
    """Each figure is the median of at least five runs; use a quiet machine."""
    if name and name not in MODULES:
        raise typer.BadParameter(f"{name}: wanted one of {', '.join(MODULES)}")
    for one in [name] if name else MODULES:
        figure = import_module(f"benchmarks.{MODULES[one]}").measure()
        typer.echo(figure.as_json() if as_json else figure.as_text())
