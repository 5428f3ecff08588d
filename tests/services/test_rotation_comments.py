"""A mentor at home reads a rotation and says a sentence about it, on both engines."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.refusals import Refusal
from domain.rotation_comments import About
from domain.rotations import NoteKind, RotationState
from services import my_data, rotation_comments, rotation_courses, rotation_notes, rotations
from storage.database import Database, Writer
from storage.tables import rotation
from tests.services.duty_cast import Cast
from tests.services.test_rotation_notes import in_post

MINUTE = timedelta(minutes=1)


def talked(tx: Writer) -> tuple[Cast, int]:
    """王芳 guides 李明, with whom 赵强 has had his mid-term talk."""
    cast, rotation_id = in_post(tx)
    cast.pair()
    rotation_notes.write(tx, cast.actor("赵强"), rotation_id, NoteKind.MIDTERM, "进步很快\n多练带电作业")
    return cast, rotation_id


def code(cast: Cast, name: str, rotation_id: int, about: About = About.MIDTERM, words: str = "安全规程再学一遍") -> str:
    try:
        rotation_comments.write(cast.tx, cast.actor(name), rotation_id, about, words)
    except Refusal as refusal:
        return refusal.code
    return ""


def read(cast: Cast, rotation_id: int, name: str = "李明") -> list[str]:
    return [one.text for one in rotations.card(cast.tx, cast.actor(name), rotation_id).comments]


async def test_the_mentor_alone_comments_and_all_concerned_read_it(database: Database) -> None:
    def unit(tx: Writer) -> tuple[dict[str, str], list[list[str]]]:
        cast, rotation_id = talked(tx)
        said = {name: code(cast, name, rotation_id) for name in cast.people}
        return said, [read(cast, rotation_id, name) for name in ("李明", "赵强", "陈静", "王芳")]

    said, seen = await database.write(unit)
    assert said == {name: "" if name == "王芳" else "not_yours" for name in said}
    assert seen == [["安全规程再学一遍"]] * 4


async def test_there_must_be_something_to_comment_on(database: Database) -> None:
    def unit(tx: Writer) -> list[str]:
        cast, rotation_id = talked(tx)
        found = [code(cast, "王芳", rotation_id, about) for about in (About.FINAL, About.EVALUATION)]
        found.append(code(cast, "王芳", rotation_id, words=" \n "))
        found.append(code(cast, "王芳", rotation_id, words="很" * 201))
        tx.run(update(rotation).values(state=RotationState.CANCELLED))
        return [*found, code(cast, "王芳", rotation_id)]

    nothing = "nothing_to_comment"
    assert await database.write(unit) == [nothing, nothing, "text_missing", "text_too_long", nothing]


@pytest.mark.parametrize("acted", ["written anew", "closed"])
async def test_it_can_be_changed_until_somebody_acted_on_it(database: Database, acted: str) -> None:
    def unit(tx: Writer) -> list[list[str]]:
        cast, rotation_id = talked(tx)
        seen = []
        for words in ("多练", "多练，注意安全"):
            code(cast, "王芳", rotation_id, words=words)
            seen.append(read(cast, rotation_id))
        cast.now += MINUTE
        if acted == "closed":
            tx.run(update(rotation).values(state=RotationState.CLOSED, closed_at=cast.now))
        else:
            rotation_notes.write(tx, cast.actor("赵强"), rotation_id, NoteKind.MIDTERM, "进步很快\n先学规程")
        code(cast, "王芳", rotation_id, words="这样好")
        return [*seen, read(cast, rotation_id)]

    assert await database.write(unit) == [["多练"], ["多练，注意安全"], ["多练，注意安全", "这样好"]]


async def test_it_is_undone_within_the_minute_and_no_later(database: Database) -> None:
    def unit(tx: Writer) -> tuple[list[list[str]], str]:
        cast, rotation_id = talked(tx)
        seen = []
        for words in ("多练", "多练，注意安全"):
            code(cast, "王芳", rotation_id, words=words)
            rotation_courses.undo(tx, cast.actor("王芳", cast.now + MINUTE / 2), rotation_id)
            seen.append(read(cast, rotation_id))
            code(cast, "王芳", rotation_id, words=words)
        with pytest.raises(Refusal, match="too_late_to_undo"):
            rotation_courses.undo(tx, cast.actor("王芳", cast.now + 2 * MINUTE), rotation_id)
        with pytest.raises(Refusal, match="too_late_to_undo"):
            rotation_courses.undo(tx, cast.actor("李明"), rotation_id)
        return seen, read(cast, rotation_id)[0]

    assert await database.write(unit) == ([[], ["多练"]], "多练，注意安全")


async def test_the_person_can_take_it_along(database: Database) -> None:
    def unit(tx: Writer) -> list[tuple[str, str]]:
        cast, rotation_id = talked(tx)
        code(cast, "王芳", rotation_id)
        kept = my_data.copy(tx, cast.actor("李明")).kept["rotation_comments"]
        return [(one["about"], one["text"]) for one in kept]

    assert await database.write(unit) == [("midterm", "安全规程再学一遍")]
