"""When it is seen to next that whoever stands in for the days of a leave still can.

Revision: 0023, after 0022
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Key

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "leave_look",
        sa.Column("id", Key, nullable=False),
        sa.Column("leave_id", Key, nullable=False),
        sa.Column("next_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["leave_id"], ["leave.id"], name=op.f("fk_leave_look_leave_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave_look")),
        sa.UniqueConstraint("leave_id", name=op.f("uq_leave_look_leave_id")),
    )
    op.create_index("ix_leave_look_next_at", "leave_look", ["next_at"])
    op.execute("INSERT INTO leave_look (leave_id, next_at) SELECT id, created_at FROM leave WHERE cancelled_at IS NULL")


def downgrade() -> None:
    op.drop_table("leave_look")
