"""Units renamed, split and merged, each on its day.

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Json, Key

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("unit", sa.Column("closed_on", sa.Date()))
    op.create_table(
        "unit_change",
        sa.Column("id", Key, nullable=False),
        sa.Column("unit_id", Key, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("was", sa.Text(), server_default="", nullable=False),
        sa.Column("other_id", Key),
        sa.Column("people", Json, nullable=False),
        sa.Column("entered_by", Key),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("done_at", Instant()),
        sa.Column("cancelled_at", Instant()),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_change_unit_id")),
        sa.ForeignKeyConstraint(["other_id"], ["unit.id"], name=op.f("fk_unit_change_other_id")),
        sa.ForeignKeyConstraint(["entered_by"], ["account.id"], name=op.f("fk_unit_change_entered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_change")),
    )
    op.create_index(op.f("ix_unit_change_unit_id"), "unit_change", ["unit_id"])
    op.create_index(op.f("ix_unit_change_other_id"), "unit_change", ["other_id"])
    op.create_index(op.f("ix_unit_change_on_day"), "unit_change", ["on_day"])


def downgrade() -> None:
    op.drop_index(op.f("ix_unit_change_on_day"), "unit_change")
    op.drop_index(op.f("ix_unit_change_other_id"), "unit_change")
    op.drop_index(op.f("ix_unit_change_unit_id"), "unit_change")
    op.drop_table("unit_change")
    with op.batch_alter_table("unit") as table:
        table.drop_column("closed_on")
