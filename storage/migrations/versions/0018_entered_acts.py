"""What a secretary entered in somebody's name, beside reports.

Revision: 0018, after 0017
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Key

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entered_act",
        sa.Column("id", Key, nullable=False),
        sa.Column("person_id", Key, nullable=False),
        sa.Column("act", sa.String(length=12), nullable=False),
        sa.Column("noun", sa.String(length=12), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("entered_by", Key, nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant()),
        sa.Column("paper", sa.Text(), nullable=False, server_default=""),
        sa.Column("paper_kind", sa.String(length=12), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_entered_act_person_id")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_entered_act_entered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entered_act")),
    )
    op.create_index(op.f("ix_entered_act_person_id"), "entered_act", ["person_id"])
    op.create_index("ix_entered_act_noun_subject_id", "entered_act", ["noun", "subject_id"])


def downgrade() -> None:
    op.drop_index("ix_entered_act_noun_subject_id", "entered_act")
    op.drop_index(op.f("ix_entered_act_person_id"), "entered_act")
    op.drop_table("entered_act")
