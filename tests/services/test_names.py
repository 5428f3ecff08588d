"""Names are found by full pinyin and by initials, surnames as they are read."""

from __future__ import annotations

import pytest

from services.names import pinyin


@pytest.mark.parametrize(
    ("name", "spoken"),
    [
        ("李明", "liming lm"),
        ("曾伟", "zengwei zw"),
        ("单雄信", "shanxiongxin sxx"),
        ("仇英", "qiuying qy"),
        ("区明", "ouming om"),
        ("尉迟恭", "yuchigong ycg"),
        ("阿依古丽·买买提", "ayigulimaimaiti ayglmmt"),
        ("Li Ming", "liming lm"),
        ("", ""),
    ],
)
def test_a_name_is_spelt_as_it_is_spoken(name: str, spoken: str) -> None:
    assert pinyin(name) == spoken
