"""What a cell of a heading says: parsed whole, out of what such a heading may consist of.

A heading is not searched for words that are wanted, nor for words that are not: 往年累计完成, 完成验收 and 完成（万元） all hold
完成, and the next word is on no list. Whatever stays when measure, kind, unit, time and the words between them have been
taken away makes it another column's.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.intake.pieces import taken
from pipeline.records import Kind, Measure

_ENGLISH = (
    "cumulative|completed|completion|complete|finished|achieved|done|targets?|tasks?|planned|newly|new|built|builds?|"
    "constructed|construction|renovated|renovations?|rectified|rectifications?|repaired|upgraded|improved|remarks?|"
    "notes?|comments?|villages?|townships?|towns?|names?|units?|toilets?|latrines?|households?|progress|status|number|"
    "to|date|of|the|and|no"
)
_DATE = r"(?:20\d{2}[年./-]?)?(?:\d{1,2}(?:月|[./-])\d{1,2}[日号]?|(?:0[1-9]|1[0-2])[0-3]\d(?!\d))|第(?:\d{1,2}|[一二三四五六七八九十]{1,3})周"
# What stands first is taken first: 完成率 before 完成, 截至本周 before 本周, 户厕 before 户.
_PIECES = re.compile(
    rf"(?P<dated>(?:截至|截止|至|到)?(?:{_DATE})(?:为?止)?)"
    r"|(?P<year>20\d{2}年度?)"
    r"|(?P<rate>(?:任务)?完成率|完成比例|完成百分比)"
    r"|(?P<left>(?:剩余|尚余|尚缺|未完成|待完成)(?:任务)?)"
    r"|(?P<cumulative>累计|累积|(?:截[至止]|至|到)本周[一二三四五六日末]?|今年|截[至止](?:目前|当前|本周|本期)?|到?目前(?:为止)?|至今|总)"
    r"|(?P<done>(?:目标任务|目标)完成情况|任务?(?:已|实际)?(?:完成|完工|竣工)|(?:已|实际)?(?:完成|完工|竣工|建成)(?:任务)?)"
    r"|(?P<added>新增|增加)"
    r"|(?P<week>本周|当周|本期|这周)"
    r"|(?P<sum>合计|小计|共计)"
    r"|(?P<new>新建(?:改造)?)|(?P<old>整改(?:提升|达标)?|修缮(?:提升)?)"
    r"|(?P<target>目标任务|目标|任务|下达|计划|指标)"
    r"|(?P<yearly>年度|全年|本年度?)|(?P<noun>整村推进村?|农村|户用厕所|户厕|厕所|改厕|改造)"
    r"|(?P<unit>[座户个](?=[数）/、（]|$))"
    r"|(?P<glue>情况|其中(?=：?(?:新建|整改))|填(?=累计)|数量|数|的|单位(?=[：）座户个])|[※＊*①-⑩]|（注\d*）|^\d+[.、．]|[（）：:，,、/\-—.．])"
    rf"|(?P<english>{_ENGLISH})",
    re.IGNORECASE,
)
_LONGEST = 200  # what is longer heads no column
_SPANNING = re.compile(r"无害化|卫生|进展|进度|工作|实施|推进|建设|项目|及|和|与")
_MEASURES = {
    "target": Measure.TARGET, "done": Measure.DONE, "added": Measure.ADDED, "rate": Measure.RATE, "left": Measure.LEFT,
}  # fmt: skip
_KINDS = {"new": Kind.NEW_BUILD, "old": Kind.RENOVATION}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one heading cell says. dated: the dates and years in it. since: the first of two dates. rest: what is none of the form's words.

    measures: more than one where the cell heads several columns, such as 目标任务及完成情况.
    """

    measures: frozenset[Measure] = frozenset()
    kinds: frozenset[str] = frozenset()
    is_week: bool = False
    is_cumulative: bool = False
    dated: tuple[str, ...] = ()
    since: str = ""
    rest: str = ""


@lru_cache(maxsize=4096)
def understood(word: str) -> Meaning:
    """The meaning of a cell's text without white space."""
    if len(word) > _LONGEST:
        return Meaning(rest=word)
    found, rest = taken(_PIECES, word)
    if "done" in found:  # 年度目标 is this programme's; what 全年完成 counts nobody knows
        rest += "".join(found.get("yearly", ()))
    dated = found.get("dated", [])
    kinds = {kind for name, kind in _KINDS.items() if name in found} | ({Kind.TOTAL} if "sum" in found else set())
    return Meaning(
        frozenset(measure for name, measure in _MEASURES.items() if name in found) or _implied(found),
        frozenset(kinds),
        "week" in found,
        "cumulative" in found,
        (*dated, *found.get("year", ())),
        dated[0] if len(dated) > 1 else "",
        rest,
    )


def _implied(found: Mapping[str, Sequence[str]]) -> frozenset[Measure]:
    """累计, 累计新建 is what is done so far; 本周新建 what was added. Neither names its measure."""
    if "累计" in found.get("cumulative", ()):
        return frozenset((Measure.DONE,))
    return frozenset((Measure.ADDED,)) if "week" in found and found.keys() & _KINDS.keys() else frozenset()


def is_group(word: str) -> bool:
    """Whether a cell over targets and done figures alike tells neither, and no other time or thing: 户厕改造进展情况."""
    meaning = understood(word)
    return not meaning.dated and not meaning.kinds and not _SPANNING.sub("", meaning.rest)


@lru_cache(maxsize=1024)
def without_english(word: str) -> str:
    """区镇Town -> 区镇: a label in two languages."""
    if len(word) > _LONGEST:
        return word
    bare = re.sub(rf"[（/]?(?:{_ENGLISH})+[）]?$", "", word, flags=re.IGNORECASE)
    return bare or word
