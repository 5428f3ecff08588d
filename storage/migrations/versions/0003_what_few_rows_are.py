"""Indexes that find the few for a month's summary: reports that came after the lock, and highlights.

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CORRECTED, ATTRIBUTED = sa.text("done_at >= closes_at"), sa.text("attribution IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_duty_corrected", "duty", ["done_at"], sqlite_where=CORRECTED, postgresql_where=CORRECTED)
    op.create_index("ix_review_attributed", "review", ["at"], sqlite_where=ATTRIBUTED, postgresql_where=ATTRIBUTED)


def downgrade() -> None:
    op.drop_index("ix_review_attributed", "review")
    op.drop_index("ix_duty_corrected", "duty")
