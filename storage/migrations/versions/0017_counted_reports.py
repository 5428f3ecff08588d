"""Reports counted per unit and month, and since when each is answered.

Revision: 0017, after 0016
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Key

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

COUNTED = """
INSERT INTO report_count (unit_id, month, due_at, handed_in, late, excused, missed, owed)
SELECT unit_id, month, owed_until,
    count(*) FILTER (WHERE state = 'done'),
    count(*) FILTER (WHERE state = 'done' AND done_at > due_at),
    count(*) FILTER (WHERE state = 'excused'),
    count(*) FILTER (WHERE state = 'missed'),
    count(*) FILTER (WHERE owed_until IS NOT NULL)
FROM (
    SELECT person.unit_id, duty.month, duty.state, duty.done_at, duty.due_at,
        CASE WHEN duty.state IN ('scheduled', 'open') THEN duty.due_at END AS owed_until
    FROM duty JOIN person ON person.id = duty.holder_id
    WHERE duty.kind = 'report' AND duty.state <> 'cancelled'
) AS told
GROUP BY unit_id, month, owed_until
"""
ANSWERED = """
UPDATE check_in SET reviewed_at = (
    SELECT min(review.at) FROM review
    WHERE review.check_in_id = check_in.id AND review.withdrawn_at IS NULL AND review.capacity <> 'secretary'
        AND (review.kind <> 'please_add' OR review.answered_at IS NULL)
)
"""
STANDING, ADDED_TO = sa.text("withdrawn_at IS NULL"), sa.text("answered_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "report_count",
        sa.Column("id", Key, nullable=False),
        sa.Column("unit_id", Key, nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("due_at", Instant()),
        sa.Column("handed_in", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("excused", sa.Integer(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("owed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_report_count_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_count")),
    )
    op.create_index("ix_report_count_unit_id_month", "report_count", ["unit_id", "month"])
    op.create_table(
        "recount",
        sa.Column("id", Key, nullable=False),
        sa.Column("unit_id", Key),
        sa.Column("holder_id", Key),
        sa.Column("month", sa.String(7)),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_recount_unit_id")),
        sa.ForeignKeyConstraint(["holder_id"], ["person.id"], name=op.f("fk_recount_holder_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recount")),
    )
    op.add_column("check_in", sa.Column("reviewed_at", Instant()))
    op.execute(COUNTED)
    op.execute(ANSWERED)
    op.create_index(op.f("ix_need_closed_at"), "need", ["closed_at"])
    op.create_index(op.f("ix_rotation_closed_at"), "rotation", ["closed_at"])
    reviewed = ["month", "reviewed_at", "submitted_at", "person_id"]
    op.create_index("ix_check_in_reviewed", "check_in", reviewed, sqlite_where=STANDING, postgresql_where=STANDING)
    op.create_index(
        "ix_review_answered_at", "review", ["answered_at"], sqlite_where=ADDED_TO, postgresql_where=ADDED_TO
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_rotation_closed_at"), "rotation")
    op.drop_index(op.f("ix_need_closed_at"), "need")
    op.drop_index("ix_review_answered_at", "review")
    op.drop_index("ix_check_in_reviewed", "check_in")
    op.drop_column("check_in", "reviewed_at")
    op.drop_table("recount")
    op.drop_table("report_count")
