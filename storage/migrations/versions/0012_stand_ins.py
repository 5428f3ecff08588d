"""Whoever stands in for a mentor who is away guides for those days.

Revision: 0012, after 0011
"""

import sqlalchemy as sa
from alembic import op


revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pairing_mentor", sa.Column("leave_id", sa.BigInteger()))
    op.create_index(op.f("ix_pairing_mentor_leave_id"), "pairing_mentor", ["leave_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_pairing_mentor_leave_id"), "pairing_mentor")
    with op.batch_alter_table("pairing_mentor") as table:
        table.drop_column("leave_id")
