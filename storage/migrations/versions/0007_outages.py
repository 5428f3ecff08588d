"""When the program, its database or Telegram did not work.

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Key

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outage",
        sa.Column("id", Key, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("began_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage")),
    )
    op.create_index(op.f("ix_outage_ended_at"), "outage", ["ended_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_outage_ended_at"), "outage")
    op.drop_table("outage")
