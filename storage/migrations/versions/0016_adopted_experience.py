"""The branches that use what a highlight tells.

Revision: 0016, after 0015
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Key

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "adoption",
        sa.Column("id", Key, nullable=False),
        sa.Column("review_id", Key, nullable=False),
        sa.Column("unit_id", Key, nullable=False),
        sa.Column("adopted_by", Key, nullable=False),
        sa.Column("adopted_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant()),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_adoption_review_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_adoption_unit_id")),
        sa.ForeignKeyConstraint(["adopted_by"], ["person.id"], name=op.f("fk_adoption_adopted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption")),
        sa.UniqueConstraint("review_id", "unit_id", name=op.f("uq_adoption_review_id_unit_id")),
    )
    op.create_index(op.f("ix_adoption_unit_id"), "adoption", ["unit_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_adoption_unit_id"), "adoption")
    op.drop_table("adoption")
