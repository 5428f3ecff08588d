"""A pairing's cadence changes from its next period on.

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pairing", sa.Column("next_cadence", sa.String(length=12)))
    op.add_column("pairing", sa.Column("next_report_day", sa.Integer()))
    op.add_column("pairing", sa.Column("changes_on", sa.Date()))
    op.create_index(op.f("ix_pairing_changes_on"), "pairing", ["changes_on"])


def downgrade() -> None:
    op.drop_index(op.f("ix_pairing_changes_on"), "pairing")
    with op.batch_alter_table("pairing") as table:
        for name in ("changes_on", "next_report_day", "next_cadence"):
            table.drop_column(name)
