"""Reports entered for somebody (代录): from what, and as given on which day.

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("check_in", sa.Column("source", sa.String(8)))
    op.add_column("check_in", sa.Column("given_on", sa.Date()))


def downgrade() -> None:
    with op.batch_alter_table("check_in") as table:
        table.drop_column("given_on")
        table.drop_column("source")
