"""本周无进展 in place of a form (P03): a sentence that says this and nothing else, of exactly the places it names.

Parsed whole, as a heading is: a negation, a condition or a second clause leaves words over, and then it is no report.
"""

import re

from pipeline.intake.names import Names
from pipeline.intake.pieces import taken
from pipeline.printing import normal

_CORE = r"(?:暂|均|都|仍|尚|也|目前){0,9}(?:无进展|无变化|没有进展|没有变化|没有新进展|无新进展|未有进展|无新增|没有新增|零进展|进展为零|(?:数据)?无变动|新增0[座户个]?|零报告|维持上(?:周|期)(?:数据|进度|进展)?(?:不变)?|同上(?:周|期)|(?:与|同)上(?:周|期)(?:数据|进度|进展)?(?:相同|一致|持平|一样))"
_TIME = r"(?:截[至止])?(?:20\d\d年)?\d{1,2}(?:月|[./-])\d{1,2}[日号]?|第(?:\d{1,2}|[一二三四五六七八九十]{1,3})周|20\d\d年度?|本周|本期|这周|截[至止]目前|目前"
_ALL = r"全镇|全街道|全乡|我镇|本镇|我街道|本街道|各村|各任务村|所有村|全部"
_SPOKEN = (
    r"农村|户用厕所|户厕|厕所|改厕|改造|整村推进村?|推进|项目|任务|工作|每周|汇总表?|统计表?|(?:填报|报送)单位|进展情况|进度情况|进展|进度|情况|数据|报告|汇报|上报|"
    r"如下|特此|说明|区乡村振兴局|乡村振兴局|领导|您好|你好|收到|请知悉|谢谢|的|了|为|和|与|及|止|[，。、！：；,.!:;（）()\-—\s]"
)

_LONGEST = 200


def speaks(text: str) -> bool:
    """Whether it speaks of no progress at all, in whatever way."""
    return bool(re.search(_CORE, normal(text)))


def covered(text: str, names: Names) -> tuple[str, ...] | None:
    """The villages that the sentence names, as written, () for all of the town; None if it is no plain zero report."""
    if len(text) > _LONGEST:
        return None
    found, rest = taken(_pieces(names), normal(text))
    if rest or "core" not in found:
        return None
    if len(set(found.get("kind", ()))) == 1:  # 新建无进展 leaves the other open
        return None
    is_of_all = "all" in found or "village" not in found
    return () if is_of_all else tuple(dict.fromkeys(found["village"]))


def _pieces(names: Names) -> re.Pattern[str]:
    """What a zero report may consist of; a longer name before a shorter one inside it."""
    groups = {"village": names.village_names, "town": names.town_names}
    longest_first = {name: sorted(known, key=len, reverse=True) for name, known in groups.items() if known}
    named = "|".join(f"(?P<{name}>{'|'.join(map(re.escape, known))})" for name, known in longest_first.items())
    return re.compile(
        rf"(?P<core>{_CORE})|{named}|(?P<kind>新建|整改)|(?P<all>{_ALL})|(?P<time>{_TIME})|(?P<spoken>{_SPOKEN})"
    )
