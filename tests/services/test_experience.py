"""Experience on both engines: found as its author let it be read, and used by other branches once each."""

from __future__ import annotations

from domain.check_ins import Capacity
from domain.reviews import Attribution, ReviewKind
from domain.roles import RoleKind
from services import erasure, experience
from storage import experience as rows
from storage import people, reviews
from storage.database import Database, Writer
from storage.tables import pairing, role
from tests.services.duty_cast import START
from tests.services.test_check_ins import WORDS, cast_of, on, refused, submitted
from tests.storage.plans import scans


async def test_it_is_used_once_by_a_branch_and_goes_with_its_author(database: Database) -> None:
    cast = await cast_of(database)

    def story(tx: Writer) -> None:
        check_in = submitted(tx, cast)
        tx.insert(role, kind=RoleKind.SECRETARY, person_id=cast.people["赵强"], unit_id=cast.other, given_at=START)
        secretary, reader = on(tx, cast).actor("赵强"), cast.actor("林一")
        made = [
            reviews.add(tx, check_in, cast.people[name], Capacity.MENTOR, ReviewKind.HIGHLIGHT, "", START)
            for name in ("王芳", "陈静")
        ]
        assert experience.search(tx, reader, "", 0).lines == ()
        refused("gone", lambda: experience.card(tx, reader, made[0]))
        for review_id in made:
            reviews.attribute(tx, review_id, Attribution.ANONYMOUS)
        people.update_fields(tx, cast.people["李明"], specialty="Relay protection 继电保护")
        for words in ("", "主变", "继电", "relay PROTECTION"):
            [found] = experience.search(tx, reader, words, 0).lines
            assert (found.text, found.author, found.unit) == (WORDS, "", "变电检修党支部")
        assert experience.search(tx, reader, "线路", 0).lines == ()
        refused("not_yours", lambda: experience.adopt(tx, cast.actor("陈静"), found.id, cast.branch))
        for _ in range(2):
            experience.adopt(tx, secretary, found.id, cast.other)
            refused("already_done", lambda: experience.adopt(tx, secretary, found.id, cast.other))
            assert experience.card(tx, reader, found.id).adopters == ("输电运检党支部",)
            experience.drop(tx, secretary, found.id, cast.other)
        refused("already_done", lambda: experience.drop(tx, secretary, found.id, cast.other))
        tx.insert(role, kind=RoleKind.ADMINISTRATOR, person_id=cast.people["周伟"], given_at=START)
        tx.run(pairing.update().values(state="completed"))
        erasure.erase(tx, cast.actor("周伟"), cast.people["李明"])
        assert experience.search(tx, reader, "", 0).lines == ()

    await database.write(story)


async def test_an_index_carries_it(database: Database) -> None:
    def unit(tx: Writer) -> None:
        rows.found(tx, "主变", offset=0, limit=6)
        rows.get(tx, 1)
        rows.adopters(tx, 1)

    assert await scans(database, unit) == []
