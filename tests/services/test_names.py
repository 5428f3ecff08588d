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
        ("李明", "li ming liming lm"),
        ("曾伟", "zeng wei zengwei zw"),
        ("单雄信", "shan xiongxin shanxiongxin sxx"),
        ("仇英", "qiu ying qiuying qy"),
        ("区明", "ou ming ouming om"),
        ("尉迟恭", "yuchi gong yuchigong ycg"),
        ("阿依古丽·买买提", "a yigulimaimaiti ayigulimaimaiti ayglmmt"),
        ("Li Ming", "li ming liming lm"),
        ("李", "li l"),
        ("", ""),
    ],
)
def test_a_name_is_spelt_as_it_is_spoken(name: str, spoken: str) -> None:
    assert pinyin(name) == spoken


@given(st.text(st.sampled_from("长乐重庆朝阳行都和伟芳娜秀英国华玉珍曾单·a "), max_size=6))
def test_a_given_name_is_read_as_the_dictionary_of_words_reads_it(text: str) -> None:
    read = [part for syllable in lazy_pinyin(text) for part in syllable.split() if part.isalnum()]
    assert pinyin(f"李{text}").split(" ")[-2] == "li" + "".join(read).lower()


@pytest.mark.parametrize("names", [("陈刚", "陈静", "程超"), ("Chen Gang", "Chen Jing", "Cheng Chao")])
def test_those_of_one_surname_stand_together(names: tuple[str, ...]) -> None:
    shuffled = [names[place] for place in (1, 2, 0)]
    assert sorted(shuffled, key=pinyin) == list(names)
