"""What is entered for the host of a rotation of whom only the name is known.

Revision: 0020, after 0019
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Key

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("entered_act") as table:
        table.add_column(sa.Column("name", sa.Text(), nullable=False, server_default=""))
        table.alter_column("person_id", existing_type=Key, nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM entered_act WHERE person_id IS NULL")
    with op.batch_alter_table("entered_act") as table:
        table.alter_column("person_id", existing_type=Key, nullable=False)
        table.drop_column("name")
