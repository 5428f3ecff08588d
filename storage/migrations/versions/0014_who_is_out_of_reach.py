"""An index that finds the few whom Telegram no longer reaches.

Revision: 0014, after 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

LOST = sa.text("unreachable_since IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_account_unreachable_since", "account", ["unreachable_since"], sqlite_where=LOST, postgresql_where=LOST)


def downgrade() -> None:
    op.drop_index("ix_account_unreachable_since", "account")
