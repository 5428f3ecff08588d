"""What mentors at home say of a rotation's talks and evaluation.

Revision: 0022, after 0021
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Instant, Key

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rotation_comment",
        sa.Column("id", Key, nullable=False),
        sa.Column("rotation_id", Key, nullable=False),
        sa.Column("about", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by", Key, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["rotation_id"], ["rotation.id"], name=op.f("fk_rotation_comment_rotation_id")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_rotation_comment_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rotation_comment")),
    )
    op.create_index(op.f("ix_rotation_comment_rotation_id"), "rotation_comment", ["rotation_id"])


def downgrade() -> None:
    op.drop_table("rotation_comment")
