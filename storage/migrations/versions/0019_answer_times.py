"""How long answering took, kept with a report's duty and counted beside it.

Revision: 0019, after 0018
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Key

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


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


def downgrade() -> None:
    op.drop_index("ix_answer_time_unit_id_month", "answer_time")
    op.drop_table("answer_time")
    op.drop_column("duty", "answered_in")
