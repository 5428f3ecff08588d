"""Groups stand as people count them, however the numerals are written."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.natural_order import natural_key
from domain.units import UnitKind, full_name


@pytest.mark.parametrize(
    "in_order",
    [
        [
            "第一党小组",
            "第二党小组",
            "第三党小组",
            "第九党小组",
            "第十党小组",
            "第十一党小组",
            "第二十党小组",
            "第二十三党小组",
        ],
        ["运维2班", "运维9班", "运维10班", "运维一〇二班"],
        ["1组", "二组", "３组", "十组", "一百零五组"],
    ],
)
def test_numerals_count_as_numbers(in_order: list[str]) -> None:
    assert sorted(set(in_order), key=natural_key) == in_order


@given(st.lists(st.text(alphabet="第组班Aa一二十百零〇两0123９ ", max_size=6)))
def test_any_names_have_one_order(names: list[str]) -> None:
    keys = sorted(natural_key(name) for name in names)
    assert all(one <= other for one, other in pairwise(keys))


@pytest.mark.parametrize(
    ("kind", "name", "above", "told"),
    [
        (UnitKind.GROUP, "第一党小组", "变电检修党支部", "变电检修党支部第一党小组"),
        (UnitKind.GROUP, "Group 1", "Substation Branch", "Substation Branch Group 1"),
        (UnitKind.GROUP, "变电检修党支部第一党小组", "变电检修党支部", "变电检修党支部第一党小组"),
        (UnitKind.BRANCH, "变电检修党支部", "生产党总支", "变电检修党支部"),
        (UnitKind.COMMITTEE, "青江供电公司党委", "", "青江供电公司党委"),
    ],
)
def test_a_group_is_named_with_its_branch(kind: UnitKind, name: str, above: str, told: str) -> None:
    assert full_name(kind, name, above) == told
