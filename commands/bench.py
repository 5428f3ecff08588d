"""`run.py bench`: the figures that the program promises, measured here and now beside their peers."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

FOLDER = Path(__file__).resolve().parent.parent / "benchmarks"
NAMES = ("start", "updates", "interactive", "tick", "summary")


def bench(
    name: Annotated[str, typer.Argument(help=f"One of {', '.join(NAMES)}. / 只测其中一项。")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line. / 每项一行 JSON。")] = False,
) -> None:
    """Each figure is the median of at least five runs; use a quiet machine."""
    there = [one for one in NAMES if (FOLDER / f"{one}.py").exists()]
    if name and name not in there:
        raise typer.BadParameter(f"{name}: wanted one of {', '.join(there)}")
    for one in [name] if name else there:
        figure = import_module(f"benchmarks.{one}").measure()
        typer.echo(figure.as_json() if as_json else figure.as_text())
