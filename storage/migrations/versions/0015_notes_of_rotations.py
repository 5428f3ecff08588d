"""The hand-over and the talks of a rotation.

Revision: 0015, after 0014
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Key

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rotation_note",
        sa.Column("id", Key, nullable=False),
        sa.Column("rotation_id", Key, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("second", sa.Text(), nullable=False, server_default=""),
        sa.Column("written_by", Key),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["rotation_id"], ["rotation.id"], name=op.f("fk_rotation_note_rotation_id")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_rotation_note_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rotation_note")),
        sa.UniqueConstraint("rotation_id", "kind", name=op.f("uq_rotation_note_rotation_id_kind")),
    )


def downgrade() -> None:
    op.drop_table("rotation_note")
