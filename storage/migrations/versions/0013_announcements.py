"""Announcements to a unit and to the groups of its branches.

Revision: 0013, after 0012
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Key

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_unit_group_chat_id"), "unit", ["group_chat_id"])
    op.create_table(
        "announcement",
        sa.Column("id", Key, nullable=False),
        sa.Column("unit_id", Key, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_by", Key, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant()),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_announcement_unit_id")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_announcement_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    op.create_index(op.f("ix_announcement_unit_id"), "announcement", ["unit_id"])
    op.create_index(op.f("ix_announcement_made_by"), "announcement", ["made_by"])


def downgrade() -> None:
    op.drop_index(op.f("ix_announcement_made_by"), "announcement")
    op.drop_index(op.f("ix_announcement_unit_id"), "announcement")
    op.drop_table("announcement")
    op.drop_index(op.f("ix_unit_group_chat_id"), "unit")
