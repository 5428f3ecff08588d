"""The checks behind `run.py check`; each gives lines that say what was looked at and, if it is not well, what to do."""

from __future__ import annotations

import os
import re
import shutil
import stat
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from commands.backup_sentences import said

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.database import Reader

WHOLE_TOKEN = re.compile(r"\d{6,12}:[\w-]{30,}", re.ASCII)
BACKUP_AGE = timedelta(hours=36)
"""A nightly backup that failed once is noticed on the same day."""
ROOM = 3
"""A backup and a restore beside the database want this many times its size."""


@dataclass(frozen=True, slots=True)
class Line:
    """`within_reach`: if it is not well, the program's own tables cannot be read."""

    subject: str
    ok: bool
    told: str
    within_reach: bool = False


def well(subject: str, told: str) -> Line:
    return Line(subject, True, told)


def problem(subject: str, told: str, *, within_reach: bool = False) -> Line:
    return Line(subject, False, told, within_reach)


def settings(found: Settings, now: datetime) -> list[Line]:
    subject = said("settings", "设置")
    return [
        well(subject, said("each has a value that is allowed", "各项取值均有效")),
        token(found),
        *secret_files(),
        zone(found, now),
    ]


def token(found: Settings) -> Line:
    subject, kept = said("token", "令牌"), found.telegram_bot_token.get_secret_value()
    if not kept:
        return problem(
            subject,
            said(
                "none: send /newbot to @BotFather, set TELEGRAM_BOT_TOKEN",
                "未设置：请向 @BotFather 发送 /newbot，填入 TELEGRAM_BOT_TOKEN",
            ),
        )
    if not WHOLE_TOKEN.fullmatch(kept):
        return problem(
            subject,
            said(
                "it looks cut short: copy it again from @BotFather (/token)",
                "似乎不完整：请从 @BotFather（/token）重新复制",
            ),
        )
    return well(subject, said("is set", "已设置"))


def secret_files() -> list[Line]:
    """Files that hold secrets and that others on this machine could read."""
    names = [".env", *(value for name, value in os.environ.items() if name.endswith("_FILE") and "TOKEN" in name)]
    return [
        problem(name, said(f"others can read it: chmod 600 {name}", f"其他用户可读：请执行 chmod 600 {name}"))
        for name in names
        if Path(name).is_file() and stat.S_IMODE(Path(name).stat().st_mode) & 0o077
    ]


def zone(found: Settings, now: datetime) -> Line:
    local = now.astimezone(ZoneInfo(found.timezone))
    return well(
        said("time", "时间"),
        said(f"it is {local:%Y-%m-%d %H:%M} in {found.timezone}", f"{found.timezone} 现在是 {local:%Y-%m-%d %H:%M}"),
    )


def files(url: str) -> list[Line]:
    """Rights and room of an SQLite file; a server keeps its own."""
    if not url.startswith("sqlite"):
        return []
    from storage.backups import database_path

    path, subject = database_path(url), said("files", "文件")
    if not path.is_file():
        told = said(
            f"{path} is not there: the first `serve` makes it, `restore` brings one back",
            f"{path} 不存在：首次 `serve` 会创建，或用 `restore` 恢复",
        )
        return [problem(subject, told, within_reach=True)]
    loose = [
        place for place, mode in ((path, 0o600), (path.parent, 0o700)) if stat.S_IMODE(place.stat().st_mode) & ~mode
    ]
    if loose:
        wanted = "; ".join(f"chmod {'700' if place.is_dir() else '600'} {place}" for place in loose)
        return [problem(subject, said(f"others can read it: {wanted}", f"其他用户可读：请执行 {wanted}")), room(path)]
    return [well(subject, said("the database is private", "数据库仅本用户可读")), room(path)]


def room(path: Path) -> Line:
    free, size = shutil.disk_usage(path.parent).free, path.stat().st_size
    subject, megabytes = said("disk", "磁盘"), free // 1_000_000
    if free < ROOM * size + 100_000_000:
        return problem(subject, said(f"only {megabytes} MB are free: make room", f"仅剩 {megabytes} MB，请清理空间"))
    return well(subject, said(f"{megabytes} MB are free", f"剩余 {megabytes} MB"))


def database(found: Settings) -> list[Line]:
    """Schema and soundness, as far as the database can be reached."""
    import sqlite3

    from sqlalchemy.exc import SQLAlchemyError

    from commands.serve import cause
    from storage import schema
    from storage.backups import database_path

    subject, url = said("database", "数据库"), found.database_url
    if url.startswith("sqlite") and not database_path(url).is_file():
        return []
    try:
        revision = schema.stored(url)
    except (SQLAlchemyError, sqlite3.Error) as error:
        reason = cause(error) if error.__cause__ else str(error)
        told = said(
            f"it cannot be read ({reason}): check DATABASE_URL, or restore a backup",
            f"无法读取（{reason}）：请检查 DATABASE_URL，或恢复备份",
        )
        return [problem(subject, told, within_reach=True)]
    return [line for line in (_schema(subject, revision), _soundness(url)) if line]


def _schema(subject: str, revision: str | None) -> Line:
    from storage import schema

    if revision == schema.head():
        return well(subject, said(f"its schema is this version's ({revision})", f"结构与本版本一致（{revision}）"))
    if revision is None or schema.knows(revision):
        told = said("its schema is an older one: run `migrate`", "结构较旧：请执行 `migrate`")
    else:
        told = said(
            f"a newer version wrote it ({revision}): start that version",
            f"由更新的版本写入（{revision}）：请使用该版本",
        )
    return problem(subject, told, within_reach=True)


def _soundness(url: str) -> Line | None:
    """PostgreSQL watches over references and pages by itself."""
    from storage.backups import database_path
    from storage.sqlite_backup import faults

    if not url.startswith("sqlite"):
        return None
    subject, found = said("integrity", "完整性"), faults(database_path(url))
    if not found:
        return well(subject, said("pages and references are sound", "数据页与引用完好"))
    told = said(
        f"{len(found)} faults ({found[0]}): stop the bot and restore a backup",
        f"发现 {len(found)} 处错误（{found[0]}）：请停止助手并恢复备份",
    )
    return problem(subject, told, within_reach=True)


def contents(tx: Reader, found: Settings, now: datetime) -> list[Line]:
    return [administrators(tx, found), seals(tx), clock(tx, now)]


def administrators(tx: Reader, found: Settings) -> Line:
    from storage import accounts

    subject, known = said("administrators", "管理员"), len(accounts.administrators(tx))
    if known or found.admin_ids:
        number = max(known, len(found.admin_ids))
        return well(subject, said(f"{number} known", f"共 {number} 名"))
    return problem(
        subject,
        said(
            "none: set ADMIN_IDS, or type the code that `serve` prints to the bot",
            "没有：请设置 ADMIN_IDS，或把 `serve` 显示的一次性口令发给助手",
        ),
    )


def seals(tx: Reader) -> Line:
    from services import audit_seals

    subject, broken = said("audit", "审计"), audit_seals.verify(tx)
    if not broken:
        return well(subject, said("the chain of seals is whole", "封存链完整"))
    first = f"{broken[0].kind} {broken[0].id}"
    return problem(
        subject,
        said(
            f"{len(broken)} places do not agree, the first: {first}. Keep a copy, find out who had access",
            f"{len(broken)} 处不符，首处：{first}。请保留副本，并查明何人接触过数据库",
        ),
    )


def clock(tx: Reader, now: datetime) -> Line:
    from storage.audit import newest

    subject, last = said("clock", "时钟"), newest(tx)
    if last is not None and last > now + timedelta(minutes=5):
        told = said(
            f"it stands before the last entry ({last:%Y-%m-%d %H:%M} UTC): set this machine's clock",
            f"早于最近一次记录（{last:%Y-%m-%d %H:%M} UTC）：请校准本机时钟",
        )
        return problem(subject, told)
    return well(subject, said("agrees with the last entry", "与最近一次记录相符"))


def working_days(found: Settings, now: datetime) -> Line:
    from services.holiday_calendar import calendar_around

    today = now.astimezone(ZoneInfo(found.timezone)).date()
    subject, year = said("working days", "工作日"), calendar_around(today).missing_notice(today)
    if year is None:
        return well(subject, said("the State Council's notices are in", "已含国务院放假安排"))
    return problem(
        subject,
        said(
            f"the notice for {year} is not in this version, its days are provisional: upgrade once it is out",
            f"本版本未含{year}年放假安排，相应日期为暂定：通知发布后请升级",
        ),
    )


def newest_backup(found: Settings, now: datetime) -> Line:
    from storage.backup_files import kept

    subject, folder = said("backup", "备份"), Path(found.backup_folder)
    backups = kept(folder)
    if not backups:
        return problem(
            subject, said(f"none in {folder}: run `backup`, daily", f"{folder} 中没有备份：请每日执行 `backup`")
        )
    hours = int((now - backups[0].made_at) / timedelta(hours=1))
    if now - backups[0].made_at > BACKUP_AGE:
        return problem(
            subject,
            said(
                f"the newest is {hours} hours old: see why the daily `backup` did not run",
                f"最近一份距今 {hours} 小时：请检查每日 `backup` 为何未执行",
            ),
        )
    return well(subject, said(f"the newest is {hours} hours old", f"最近一份距今 {hours} 小时"))


def catalogues() -> list[Line]:
    from locales import available
    from locales.catalogue import CatalogueError, language, merged

    subject = said("catalogues", "语言文件")
    try:
        ids = {name: {message.id for message in merged(name) if message.id and message.string} for name in available()}
        for name in available():
            language(name)
    except (CatalogueError, OSError, ValueError) as error:
        return [problem(subject, said(f"{error}: install this version anew", f"{error}：请重新安装本版本"))]
    every = set().union(*ids.values())
    lacking = {name: len(every - known) for name, known in ids.items() if every - known}
    if lacking:
        return [problem(subject, said(f"sentences are missing: {lacking}", f"缺少译文：{lacking}"))]
    return [
        well(subject, said(f"{len(every)} sentences in {len(ids)} languages", f"{len(ids)} 种语言各 {len(every)} 句"))
    ]
