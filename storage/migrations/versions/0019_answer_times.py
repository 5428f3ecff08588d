"""How long answering took, kept with a report's duty and counted beside it; for what was asked of late, from what is known.

Revision: 0019, after 0018
"""

from collections import defaultdict
from datetime import datetime, timedelta

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Json, Key

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

RECENT = timedelta(days=62)
CHUNK = 500
SENT = sa.table(
    "outbox", sa.column("kind"), sa.column("state"), sa.column("payload", Json), sa.column("settled_at", Instant())
)
DUTY = sa.table(
    "duty", sa.column("id"), sa.column("kind"), sa.column("state"), sa.column("done_at", Instant()),
    sa.column("answered_in"),
)  # fmt: skip


def upgrade() -> None:
    op.add_column("duty", sa.Column("answered_in", sa.Integer()))
    op.create_table(
        "answer_time",
        sa.Column("id", Key, nullable=False),
        sa.Column("unit_id", Key, nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("answered_in", sa.Integer()),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_answer_time_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_time")),
    )
    op.create_index("ix_answer_time_unit_id_month", "answer_time", ["unit_id", "month"])
    if answered := _answered(op.get_bind()):
        minutes = sa.update(DUTY).where(DUTY.c.id == sa.bindparam("of")).values(answered_in=sa.bindparam("minutes"))
        op.get_bind().execute(minutes, answered)
        op.execute("INSERT INTO recount (unit_id) SELECT id FROM unit")


def _answered(connection: sa.Connection) -> list[dict[str, int]]:
    asked = _asked(connection)
    found: list[dict[str, int]] = []
    for first in range(0, len(asked), CHUNK):
        ids = list(asked)[first : first + CHUNK]
        done = sa.select(DUTY.c.id, DUTY.c.done_at).where(DUTY.c.kind == "report", DUTY.c.state == "done")
        for duty_id, at in connection.execute(done.where(DUTY.c.id.in_(ids))):
            before = [moment for moment in asked[duty_id] if moment <= at]
            found += [{"of": duty_id, "minutes": _minutes(at - max(before))}] if before else []
    return found


def _asked(connection: sa.Connection) -> dict[int, list[datetime]]:
    """When each duty was reminded of in the last two months for which there is anything."""
    prompts = (SENT.c.kind == "reminders.prompt", SENT.c.state == "sent")
    newest = connection.scalar(sa.select(sa.func.max(SENT.c.settled_at)).where(*prompts))
    asked: dict[int, list[datetime]] = defaultdict(list)
    if newest is not None:
        recent = sa.select(SENT.c.payload, SENT.c.settled_at).where(*prompts, SENT.c.settled_at >= newest - RECENT)
        for payload, at in connection.execute(recent):
            for duty_id in payload.get("duties", ()):
                asked[duty_id].append(at)
    return asked


def _minutes(taken: timedelta) -> int:
    """To the nearest five minutes of an hour, half an hour of a day, half a day of a month."""
    minutes = taken // timedelta(minutes=1)
    most, step = next(((m, s) for m, s in ((60, 5), (1440, 30)) if minutes < m), (31 * 1440, 720))
    return max(5, round(min(minutes, most) / step) * step)


def downgrade() -> None:
    op.drop_index("ix_answer_time_unit_id_month", "answer_time")
    op.drop_table("answer_time")
    op.drop_column("duty", "answered_in")
