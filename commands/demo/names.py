"""What people and units are called. Here all are known by their Chinese names; in English they are shown in Pinyin, surname
first, and units by what they do.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from commands.demo.roster import Organisation
    from domain.roster_rows import RosterValues

SURNAMES = {
    "王": "Wang", "李": "Li", "张": "Zhang", "刘": "Liu", "陈": "Chen", "杨": "Yang", "赵": "Zhao", "黄": "Huang",
    "周": "Zhou", "吴": "Wu", "徐": "Xu", "孙": "Sun", "胡": "Hu", "朱": "Zhu", "高": "Gao", "林": "Lin", "何": "He",
    "郭": "Guo", "马": "Ma", "罗": "Luo", "梁": "Liang", "宋": "Song", "郑": "Zheng", "谢": "Xie", "韩": "Han",
    "唐": "Tang", "冯": "Feng", "于": "Yu", "董": "Dong", "萧": "Xiao", "程": "Cheng", "曹": "Cao", "袁": "Yuan",
    "邓": "Deng", "许": "Xu", "傅": "Fu", "沈": "Shen", "曾": "Zeng", "彭": "Peng", "吕": "Lü", "苏": "Su", "卢": "Lu",
    "蒋": "Jiang", "蔡": "Cai", "贾": "Jia", "丁": "Ding", "魏": "Wei", "薛": "Xue", "叶": "Ye", "阎": "Yan",
}  # fmt: skip
GIVEN = {
    "伟": "Wei", "芳": "Fang", "娜": "Na", "敏": "Min", "静": "Jing", "丽": "Li", "强": "Qiang", "磊": "Lei",
    "洋": "Yang", "勇": "Yong", "艳": "Yan", "杰": "Jie", "涛": "Tao", "明": "Ming", "超": "Chao", "秀兰": "Xiulan",
    "霞": "Xia", "平": "Ping", "刚": "Gang", "桂英": "Guiying", "志刚": "Zhigang", "建华": "Jianhua",
    "文博": "Wenbo", "子轩": "Zixuan", "浩然": "Haoran", "雨桐": "Yutong", "思远": "Siyuan", "嘉怡": "Jiayi",
    "俊峰": "Junfeng", "海燕": "Haiyan", "晓东": "Xiaodong", "玉珍": "Yuzhen", "国庆": "Guoqing", "春梅": "Chunmei",
    "立新": "Lixin",
}  # fmt: skip
"""Of these the people of the organisation are drawn, in this order."""
KNOWN = {
    "李明": "Li Ming", "王芳": "Wang Fang", "陈静": "Chen Jing", "周伟": "Zhou Wei", "赵强": "Zhao Qiang",
    "林一": "Lin Yi", "苏晴": "Su Qing", "姚丽": "Yao Li", "郑国华": "Zheng Guohua", "方明远": "Fang Mingyuan",
    "马建国": "Ma Jianguo",
    "青江供电公司党委": "Qingjiang Power Party Committee", "生产党总支": "Production General Branch",
    "经营党总支": "Business General Branch", "变电检修党支部": "Substation Maintenance Branch",
    "输电运检党支部": "Transmission Lines Branch", "调度控制党支部": "Dispatching Branch",
    "信息通信党支部": "Communications Branch", "营销服务党支部": "Customer Service Branch",
    "物资供应党支部": "Supplies Branch", "工程建设党支部": "Construction Branch", "机关党支部": "Head Office Branch",
    "第一党小组": "Group 1", "第二党小组": "Group 2", "第三党小组": "Group 3",
}  # fmt: skip
"""Whoever and whatever a story names."""
NAMED = re.compile("|".join(KNOWN))


def called(name: str, locale: str) -> str:
    """A person, a unit or a group by the name that is shown; nobody and nothing stays so."""
    if locale == "zh_Hans" or not name:
        return name
    return KNOWN.get(name) or romanised(name)


def romanised(name: str) -> str:
    """Two who are spoken alike are written alike."""
    return KNOWN.get(name) or f"{SURNAMES[name[0]]} {GIVEN[name[1:]]}"


def spoken(text: str, locale: str) -> str:
    """A text with the names that a story knows in it as they are shown."""
    return text if locale == "zh_Hans" else NAMED.sub(lambda found: KNOWN[found[0]], text)


def workbook(drawn: Organisation, locale: str) -> bytes:
    """The roster as an officer sends it."""
    from reports.roster_workbook import roster_workbook

    return roster_workbook(
        [_shown(one, locale) for one in drawn.people],
        [replace(one, name=called(one.name, locale), parent=called(one.parent, locale)) for one in drawn.units],
        [replace(one, name=called(one.name, locale), unit=called(one.unit, locale)) for one in drawn.secretaries],
    )


def _shown(one: RosterValues, locale: str) -> RosterValues:
    return one._replace(
        name=called(one.name, locale), unit=called(one.unit, locale), group=called(one.group, locale),
        mentor_name=called(one.mentor_name, locale), rotation_unit=called(one.rotation_unit, locale),
        rotation_host=called(one.rotation_host, locale),
    )  # fmt: skip
