"""An index that finds what senders hold and what rests, instead of the one that found what they hold.

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CLAIMED = sa.text("claimed_by IS NOT NULL")
HELD = sa.text("state = 'waiting' AND claimed_until IS NOT NULL")
COLUMNS = ["person_id", "telegram_id"]


def upgrade() -> None:
    op.drop_index("ix_outbox_claimed", "outbox")
    op.create_index("ix_outbox_held", "outbox", COLUMNS, sqlite_where=HELD, postgresql_where=HELD)


def downgrade() -> None:
    op.drop_index("ix_outbox_held", "outbox")
    op.create_index("ix_outbox_claimed", "outbox", COLUMNS, sqlite_where=CLAIMED, postgresql_where=CLAIMED)
