"""Every value of a closed vocabulary has its word, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import pytest

from domain.check_ins import Standing
from domain.needs import NeedAudience
from domain.pairings import GuideKind, Track
from domain.people import Stage
from domain.reviews import ReviewKind
from domain.roles import RoleKind
from locales import available, language
from reports import words

ZH = language("zh_Hans")
TABLES = {name: table for name, table in vars(words).items() if name.isupper() and isinstance(table, Mapping)}
VOCABULARIES = {name: table for name, table in TABLES.items() if all(isinstance(value, StrEnum) for value in table)}


@pytest.mark.parametrize("table", VOCABULARIES.values(), ids=VOCABULARIES)
def test_no_value_is_without_a_word(table: Mapping[StrEnum, str]) -> None:
    [kind] = {type(value) for value in table}
    assert set(table) == set(kind)
    for code in available():
        told = [language(code).text(message) for message in table.values()]
        assert len(set(told)) == len(told)


def test_the_words_are_the_fields_own() -> None:
    assert [words.standing(ZH, value) for value in Standing] == ["按计划推进", "进度稍慢", "需要支持", "已达成"]
    assert [words.review_kind(ZH, value) for value in ReviewKind] == ["已阅", "点评", "请补充", "推荐为亮点"]
    assert words.track(ZH, Track.BACKBONE_TO_MEMBER) == "把骨干培养成党员"


def test_a_mentor_is_the_cultivation_contact_from_activist_on() -> None:
    assert words.guide(ZH, Track.BACKBONE_TO_MEMBER, Stage.APPLICANT) == "导师"
    assert words.guide(ZH, Track.BACKBONE_TO_MEMBER, Stage.ACTIVIST) == "培养联系人"
    assert words.guide(ZH, Track.MEMBER_TO_BACKBONE, Stage.FULL_MEMBER) == "导师"


def test_who_may_know_is_called_as_the_stage_decides() -> None:
    both = NeedAudience.MENTOR_AND_SECRETARY
    assert words.need_audience(ZH, both, [GuideKind.CONTACT]) == "培养联系人和书记"
    assert words.need_audience(ZH, both, [GuideKind.MENTOR]) == "导师和书记"
    assert words.need_audience(ZH, both, [GuideKind.CONTACT, GuideKind.MENTOR]) == "培养联系人、导师和书记"
    assert words.need_audience(ZH, NeedAudience.SECRETARY_ONLY, [GuideKind.CONTACT]) == "仅书记"


def test_a_post_is_told_in_the_readers_language() -> None:
    assert words.title(language("en"), "支部书记", RoleKind.SECRETARY) == "branch secretary"
    assert words.title(language("en"), "专职副书记", RoleKind.SECRETARY) == "专职副书记"
    assert words.title(ZH, "", RoleKind.OFFICER) == "组织干事"


@pytest.mark.parametrize(("unit", "title", "together"), [
    ("变电检修党支部", "支部书记", "变电检修党支部书记"),
    ("青江供电公司党委", "党委书记", "青江供电公司党委书记"),
    ("青江供电公司党委", "党委组织干事", "青江供电公司党委组织干事"),
    ("变电检修党支部", "组织委员", "变电检修党支部组织委员"),
    ("Logistics", "secretary", "Logisticssecretary"),
])  # fmt: skip
def test_a_title_does_not_repeat_what_the_unit_ends_with(unit: str, title: str, together: str) -> None:
    assert unit + words.behind_unit(unit, title) == together
