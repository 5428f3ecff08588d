"""Names are spelled with the surname apart, so that those of one surname stand together: `chenjing cj` is kept as `chen jing chenjing cj`.

Revision: 0021, after 0020
"""

from __future__ import annotations

import re
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

FINALS = (
    "iang|iong|uang|ang|eng|ing|ong|ian|iao|uan|uai|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|a|e|i|o|u|v"
)
PERSON = sa.table("person", sa.column("id", sa.BigInteger), sa.column("pinyin", sa.Text))


def upgrade() -> None:
    _rewrite(_parted)


def downgrade() -> None:
    _rewrite(_joined)


def _rewrite(spelled: Callable[[str], str]) -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.select(PERSON.c.id, PERSON.c.pinyin)).all()
    changed = [{"of": row.id, "new": spelled(row.pinyin)} for row in rows if spelled(row.pinyin) != row.pinyin]
    if changed:
        statement = sa.update(PERSON).where(PERSON.c.id == sa.bindparam("of")).values(pinyin=sa.bindparam("new"))
        connection.execute(statement, changed)


def _parted(kept: str) -> str:
    """Where the first letters say beyond doubt how long the first syllable is; a name is spelled anew when it changes."""
    whole, _, letters = kept.partition(" ")
    syllables = "".join(_syllable(letter) for letter in letters)
    found = re.fullmatch(syllables, whole) if len(letters) > 1 else None
    return f"{found[1]} {whole[len(found[1]) :]} {kept}" if found else kept


def _syllable(letter: str) -> str:
    if letter in "aeo":
        return f"((?={letter})(?:{FINALS}))"
    return f"({letter}h?(?:{FINALS}))"


def _joined(kept: str) -> str:
    words = kept.split(" ")
    return " ".join(words[2:]) if len(words) == 4 else kept
