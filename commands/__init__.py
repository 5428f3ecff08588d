"""The commands of the program, one module each, and the table that names them."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperOption

if TYPE_CHECKING:
    from locales import Language


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the table. `module` holds a function of the same name and is imported when it is needed."""

    name: str
    module: str
    english: str
    chinese: str
    passes_on: bool = False  # unknown options belong to the program behind it

    def is_there(self) -> bool:
        return find_spec(f"commands.{self.module}") is not None


COMMANDS = (
    Command(
        "demo",
        "demo",
        "Try it in the browser on this machine: no token, no network.",
        "在本机浏览器中试用，无需令牌和网络。",
    ),
    Command("serve", "serve", "Serve Telegram.", "启动助手，接入 Telegram。"),
    Command("migrate", "migrate", "Bring the database to this version's schema.", "把数据库结构升级到当前版本。"),
    Command("backup", "backup", "Back the database up while it runs.", "备份数据库，运行中即可进行。"),
    Command("restore", "restore", "Put a backup in the place of the database.", "用备份恢复数据库。"),
    Command("check", "check", "Check settings, database, audit and backups.", "检查设置、数据库、审计和备份。"),
    Command("export", "export", "Write a month's summaries into a folder.", "把月度小结导出到文件夹。"),
    Command("import-roster", "import_roster", "Read a roster workbook into the organisation.", "导入人员名册。"),
    Command(
        "invite", "invite", "Invite one person, or a unit, from the shell.", "在命令行生成邀请：一个人或整个组织。"
    ),
    Command("erase", "erase", "Erase a person for good, when they ask for it.", "应本人要求，彻底删除其个人信息。"),
    Command(
        "test",
        "test",
        "Run all checks (the long ones too with --long), or pytest alone with the arguments given.",
        "运行全部检查（加 --long 含耗时较长的），或按所给参数只运行 pytest。",
        passes_on=True,
    ),
    Command("screenshots", "screenshots", "Take the pictures of the demonstration.", "生成演示页面的图片。"),
    Command(
        "bench", "bench", "Measure the promised figures beside their peers.", "实测各项性能指标，并与对照程序比较。"
    ),
)


def speaks_chinese() -> bool:
    settings = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next(filter(None, settings), "").startswith("zh")


def spoken() -> Language:
    """The language of the shell."""
    from locales import language

    return language("zh" if speaks_chinese() else "en")


class InOneTongue(TyperCommand):
    """Says what an option is for in the language of the shell; beside the option both stand, parted by a dot."""

    def __init__(self, name: str | None, **rest: Any) -> None:
        super().__init__(name, **rest)
        for one in self.params:
            if isinstance(one, TyperOption | TyperArgument) and one.help:
                english, _, chinese = one.help.partition(" · ")
                one.help = chinese if chinese and speaks_chinese() else english


def assemble(commands: list[Command]) -> typer.Typer:
    app = typer.Typer(name="run.py", no_args_is_help=True, add_completion=False, pretty_exceptions_show_locals=False)
    app.callback(help="双培助手 · Shuangpei")(lambda: None)
    for command in commands:
        function = getattr(import_module(f"commands.{command.module}"), command.module)
        app.command(
            command.name,
            cls=InOneTongue,
            help=command.chinese if speaks_chinese() else command.english,
            context_settings={"allow_extra_args": command.passes_on, "ignore_unknown_options": command.passes_on},
        )(function)
    return app


def main() -> None:
    """Run the command that was asked for; only its module is imported, all of them for an overview."""
    there = [command for command in COMMANDS if command.is_there()]
    asked = [command for command in there if command.name in sys.argv[1:2]]
    if not sys.argv[1:] and not has_token():
        typer.echo(greeting(offer_demo=any(command.name == "demo" for command in there)))
    assemble(asked or there)(prog_name="run.py")


def has_token() -> bool:
    """Whether the settings name a token, without loading them: this answers before anything heavy is imported."""
    names = ("TELEGRAM_BOT_TOKEN=", "TELEGRAM_BOT_TOKEN_FILE=")
    dotenv = Path(".env").read_text(encoding="utf-8").splitlines() if Path(".env").is_file() else []
    lines = [*dotenv, *(f"{name}={value}" for name, value in os.environ.items())]
    return any(line.startswith(names) and line.partition("=")[2].strip() for line in lines)


def greeting(*, offer_demo: bool) -> str:
    """What somebody reads who starts the program without a command and without a token."""
    if speaks_chinese():
        demo = "；想先看演示，请运行：python3 run.py demo（无需令牌和网络）" if offer_demo else ""
        return (
            f"尚未设置令牌：请在 Telegram 中向 @BotFather 发送 /newbot，把令牌填入 .env 的 TELEGRAM_BOT_TOKEN{demo}。"
        )
    demo = ", or look round without one, and without a network: python3 run.py demo" if offer_demo else ""
    return f"No token is set: send /newbot to @BotFather in Telegram and put it into .env as TELEGRAM_BOT_TOKEN{demo}."
