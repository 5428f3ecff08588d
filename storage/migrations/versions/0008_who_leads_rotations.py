"""Find the rotations that somebody leads as party backbone, for a handover.

Revision: 0008, after 0007
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_rotation_leader_id"), "rotation", ["leader_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_rotation_leader_id"), "rotation")
