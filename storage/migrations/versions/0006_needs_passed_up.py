"""Needs passed up to the units above, and answers that all may read.

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Key

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("need", sa.Column("shared_at", Instant()))
    op.create_table(
        "referral",
        sa.Column("id", Key, nullable=False),
        sa.Column("need_id", Key, nullable=False),
        sa.Column("unit_id", Key, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("passed_by", Key, nullable=False),
        sa.Column("passed_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant()),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], name=op.f("fk_referral_need_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_referral_unit_id")),
        sa.ForeignKeyConstraint(["passed_by"], ["person.id"], name=op.f("fk_referral_passed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index(op.f("ix_referral_need_id"), "referral", ["need_id"])
    op.create_index(op.f("ix_referral_unit_id"), "referral", ["unit_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_referral_unit_id"), "referral")
    op.drop_index(op.f("ix_referral_need_id"), "referral")
    op.drop_table("referral")
    with op.batch_alter_table("need") as table:
        table.drop_column("shared_at")
