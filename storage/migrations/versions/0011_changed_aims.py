"""Direction and outcomes of a pairing that runs are changed by proposal, with their versions.

Revision: 0011, after 0010
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Json, Key

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pairing_change",
        sa.Column("id", Key, nullable=False),
        sa.Column("pairing_id", Key, nullable=False),
        sa.Column("aim", Json, nullable=False),
        sa.Column("before", Json),
        sa.Column("proposed_by", Key),
        sa.Column("proposed_at", Instant(), nullable=False),
        sa.Column("mentee_confirmed_at", Instant()),
        sa.Column("mentor_confirmed_at", Instant()),
        sa.Column("signed_on", sa.Date()),
        sa.Column("agreed_at", Instant()),
        sa.Column("withdrawn_at", Instant()),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairing.id"], name=op.f("fk_pairing_change_pairing_id")),
        sa.ForeignKeyConstraint(["proposed_by"], ["person.id"], name=op.f("fk_pairing_change_proposed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing_change")),
    )
    op.create_index(op.f("ix_pairing_change_pairing_id"), "pairing_change", ["pairing_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_pairing_change_pairing_id"), "pairing_change")
    op.drop_table("pairing_change")
