"""Find the rotations that somebody leads as party backbone, for a handover.

Revision: 0009, after 0008
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_rotation_leader_id"), "rotation", ["leader_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_rotation_leader_id"), "rotation")
