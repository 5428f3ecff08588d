"""`run.py migrate`: bring the database to this version's schema, or back to an earlier one."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import spoken


def migrate(
    to: Annotated[str, typer.Option("--to", help="A revision, or base. · 目标版本；base 为清空结构。")] = "head",
    down: Annotated[bool, typer.Option("--down", help="Go back to it instead of up. · 回退而不是升级。")] = False,
) -> None:
    """Back up first: going back loses what only the newer schema can hold."""
    from bot.settings import load
    from bot.settings_problem import SettingsProblem
    from commands.serve import prepare, stopped
    from storage import schema

    try:
        url = load().database_url
    except SettingsProblem as problem:
        raise stopped(*problem.told(spoken())) from None
    if down:
        schema.downgrade(url, to)
    else:
        prepare(url, to)
    typer.echo(f"schema: {to if to != 'head' else schema.head()}")
