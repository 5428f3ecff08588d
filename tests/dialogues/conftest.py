"""What several dialogues begin with."""

from __future__ import annotations

import pytest

from tests.programme import pair
from tests.stage import MONDAY, Stage


@pytest.fixture
async def paired(stage: Stage) -> Stage:
    """李明 is guided by 王芳."""
    await pair(stage.database, MONDAY, stage["李明"].person_id, [stage["王芳"].person_id])
    return stage
