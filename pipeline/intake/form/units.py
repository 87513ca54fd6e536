"""The unit that a form names beside its figures: one that means one 座, or another, which returns all that it governs.

What means one 座 is a closed list; of 万户, 百座, 人, ㎡ nobody could write the whole list.
"""

import re

_ONE = frozenset(
    ("座", "户", "个", "座数", "户数", "个数", "户厕", "厕所", "厕", "toilet", "toilets", "household", "households")
)
_OF_OTHER_COLUMNS = frozenset(("%", "％", "元", "万元"))  # 单位：户、万元 over a form that has columns of money too
_NAMED = re.compile(
    r"(?:(?:^|[^\u4e00-\u9fff]|计量|数量|数据|数字|统计|本表|表内|以上)单位(?:\s*[:：]|为|是|(?=\s+[^\s:：]{1,4}(?:\s|$)))|\bunits?\b\s*[:：]?)\s*(?P<unit>(?:[^\s。；;]|(?<=[、,，/])\s)*)",
    re.IGNORECASE,
)
_COUNTED_IN = re.compile(r"以(?P<unit>[十百千万亿]*[户座个人元厕]{1,2}|人次|平方米)(?:为单位)?(?:计|统计|填报)")
_BARE = re.compile(r"[（(]\s*(?P<unit>[十百千万亿]*(?:[户座个人元]|人次|平方米)|[%％‰㎡])\s*[）)]")
_PARTS = re.compile(r"[（）()、,，/和及或\s]+")
_SENDER = re.compile(r"[镇乡区局办委部站]|村(?!民?小?组)|街道|政府|中心|公司|盖章|公章|签章")
_GOES_ON = re.compile(r"^([座户个])(?:填|日|截|审|制|联|时|单).*")  # 单位：座填报日期：…


def named(text: str) -> str | None:
    """The unit in a line of words, as written; None if it names none. "" where the next cell must say it."""
    bare = _BARE.fullmatch(text.strip())
    if bare:
        return bare["unit"]
    match = _NAMED.search(text) or _COUNTED_IN.search(text)
    return match["unit"] if match else None


def is_another(unit: str) -> bool:
    """Whether it is none that means one 座, nor a 单位 that is an office: 单位：包场镇."""
    parts = {part.lower() for part in _PARTS.split(_GOES_ON.sub(r"\1", unit)) if part}
    if not parts or parts <= _ONE or (_SENDER.search(unit) and len(unit) > 2):
        return False
    return not (parts & _ONE and parts <= _ONE | _OF_OTHER_COLUMNS)
