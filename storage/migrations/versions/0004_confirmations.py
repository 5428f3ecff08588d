"""What secretaries say to their units' months (确认上报).

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Key

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "confirmation",
        sa.Column("id", Key, nullable=False),
        sa.Column("unit_id", Key, nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("remark", sa.Text(), server_default="", nullable=False),
        sa.Column("confirmed_at", Instant()),
        sa.Column("confirmed_by", Key),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_confirmation_unit_id")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name=op.f("fk_confirmation_confirmed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confirmation")),
        sa.UniqueConstraint("unit_id", "month", name=op.f("uq_confirmation_unit_id_month")),
    )
    op.create_index(op.f("ix_confirmation_month"), "confirmation", ["month"])


def downgrade() -> None:
    op.drop_index(op.f("ix_confirmation_month"), "confirmation")
    op.drop_table("confirmation")
