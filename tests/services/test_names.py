"""Names are found by full pinyin and by initials, surnames as they are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

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


@given(st.text(st.sampled_from("长乐重庆朝阳行都和伟芳娜秀英国华玉珍曾单·a "), max_size=6))
def test_a_given_name_is_read_as_the_dictionary_of_words_reads_it(text: str) -> None:
    read = [part for syllable in lazy_pinyin(text) for part in syllable.split() if part.isalnum()]
    assert pinyin(f"李{text}").partition(" ")[0] == "li" + "".join(read).lower()
