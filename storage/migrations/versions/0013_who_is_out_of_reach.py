"""An index that finds the few whom Telegram no longer reaches.

Revision: 0013, after 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

LOST = sa.text("unreachable_since IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_account_unreachable_since", "account", ["unreachable_since"], sqlite_where=LOST, postgresql_where=LOST)


def downgrade() -> None:
    op.drop_index("ix_account_unreachable_since", "account")
