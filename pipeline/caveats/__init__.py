"""What words beside a figure say of it: that it is not the count that is asked for, or that it may still change.

In 备注, in other columns, in the title, in a note at the foot. Talk of what is planned is no caveat (预计6月底完工); that the
figure is a planned one is (以上为预计数).
"""

import re

from pipeline.caveats import statements
from pipeline.caveats.clauses import of_year, parted, quoted
from pipeline.caveats.explaining import explains
from pipeline.caveats.words import COUNT, EARLIER_WEEKS, EARLIER_YEARS, ESTIMATE, LATER, OTHER_PLACES
from pipeline.printing import normal

__all__ = [
    "denies_progress", "disowns", "disowns_in_title", "explains", "holds_unfinished", "includes",
    "is_example", "is_of_another", "is_provisional", "of_day",
]  # fmt: skip

_DISOWNING = re.compile(
    "|".join(
        (
            rf"^{EARLIER_WEEKS}的?(?:情况|{COUNT}|完成)|截[至止]上[周月期]|(?:沿用|照抄|照搬|抄)上[周期月次]",
            r"(?:多|少|误|重)报\d+|重复统计|数错|颠倒|未定稿|目标数$",
            rf"含.{{0,12}}{OTHER_PLACES}|包括.{{0,4}}{OTHER_PLACES}|[两几各三]村(?:合计|之和|合并)",
            rf"(?:含|包括|包含).{{0,8}}(?:{ESTIMATE}|{LATER})",
            rf"(?:含|包括|包含|沿用|结转|转自|抄自).{{0,6}}{EARLIER_YEARS}",
            rf"其中.{{0,6}}\d+[座户个]?[为系是属]?.{{0,4}}{EARLIER_YEARS}",
            rf"{EARLIER_YEARS}.{{0,4}}(?:结转|转入|的?(?:数据|数字)|完成数)",
            r"(?:按照?|根据|依据).{1,10}(?:推算|测算|估算|折算)",
            rf"(?:{COUNT}|此[数表]|该[数表]|本[表行]|表内|上述|以上).{{0,4}}(?:有误|错误|不准|不对|不实|填错)|误填|填反|(?:待|需|将|后续?)再?更正",
            r"(?:忽略|不看|勿看|勿采用|不要用|别用|请?删除?)[此本该这]?[表行页张]",
            rf"^(?:示例:?|{statements.SUBJECT}){{0,4}}仅供参考",
            r"[此本该这]行.{0,2}(?:示例|样例|范例|不算|不计|无效|勿用|仅供参考)|测试(?:数据|用?表)|虚构|[打写输录填]错|(?:少|多|漏)[写填打]",
        )
    )
)
_ADVISED = re.compile(r"^.{0,3}请|^.{0,8}(?:不在|不计|未计|不列|不含)")  # 数据有误请及时更正, 2022年结转项目不在本表
_ADVISING = re.compile(r"[不勿禁如若凡须非未]|请(?!忽略|不|勿|删)")
_WITHDRAWN = re.compile(
    r"(?:.{0,4}[行表栏数据])?(?:已|均|全部|全)?作废|.*(?:勿用|不作数|不要采用|不能采用|忽略[此本该这]?[表行页]).*"
)
_OF_ANOTHER = re.compile(
    r"(?:上周|上期|上月|去年|上年|往年|计划|预计|预测|作废|旧|下周|下月|未审核|未核实|预计数|计划数|目标数|全镇|全街道)(?:累计|完成|数据|数|情况)*"
)
_TALK = re.compile(
    rf"{statements.SUBJECT}|[为系是按仅只暂尚仍还需请由再经已未有会将待]|进一步|最终|具体|统计|情况|[区镇村]里?|实际|本周|目前|等|[()“”\":]"
)
_CHECKED = r"(?:核实|核对|核定|确认|复核|统计|审核|核准)"
_UNSETTLED = re.compile(
    rf"暂估|预估|估计|估算|初稿|草稿|征求意见稿|讨论稿|暂定|暂报|预报|快报|初步(?:统计|数据|数)?|(?:待.{{0,4}}|未经?.{{0,4}}|尚未|有待)(?:进一步)?{_CHECKED}|"
    r"以.{1,12}为准|[可或]?能?有(?:变动|变化|出入|误差|调整)|数据?待报"
)
_CONDITIONAL = re.compile(r"[如若]|^(?:目标|任务|计划)|以(?:本表|累计|实际|完工|建成|投入)")
_SETTLED = re.compile(r"已(?:经)?(?:核实|核对|核定|确认|复核|审核)(?!后)")
_ABOUT_COUNT = re.compile(rf"{COUNT}|[本此][表行]|草稿|初稿")
_UNFINISHED = re.compile(r"^(?!.*开工数).*(?<![不未非])(?:含|包括|包含).{0,8}(?:在建|未完工|未竣工|施工|未安装)")
_EXAMPLE = re.compile(r"^例(?::|$)|^(?:填[写报]?)?[示样范]例")
_NO_PROGRESS = re.compile(
    r"(?:本周|本期|这周).{0,6}(?:[无零]进展|无变化|没有进展|没有变化|无新增|没有新增|新增0|未统计)|与上周持平|^.{0,3}(?:[无零]进展|无变化|无新增)(?!.{0,2}[也要须应请的])"
)
_AS_LAST_WEEK = re.compile(rf"(?:{statements.SUBJECT}|进度|进展)*[同与和]上[周期](?:相同|一致|持平|一样|无变化)?")
_IN_TITLE = re.compile(
    r"上周|上期|上月|下周|下月|计划表|分解表|草表|样[张表]|仅供参考|（(?:本周)?新增）|（全(?:[镇区]|街道)）|新增情况|新增完成|月报|验收|抽查|运维|非整村|填[写报表]示例|样例|测试|作废|"
    r"预计|预估|预测|测算|估算|拟完成|计划(?:完成)?(?:情况)?(?:汇总)?表?$"
)


def disowns(text: str, year: int) -> str:
    """The clause in which a text says that a figure is not this village's count so far; "" if none does."""
    for clause in parted(text):
        judged = of_year(clause, year)
        match = _DISOWNING.search(judged)
        is_meant = match and not (
            _ADVISING.search(judged[: match.start() + 1]) or _ADVISED.search(judged[match.end() :])
        )  # 不含预计数, 如填错请更正
        if is_meant or statements.is_of_another(judged) or _WITHDRAWN.fullmatch(judged):
            return quoted(clause)
    return ""


def of_day(text: str) -> list[str]:
    """The clauses that say of which day or week the figures are."""
    return [clause for clause in parted(text) if statements.is_dated(clause)]


def is_of_another(text: str, year: int) -> str:
    """The word in another column of a row (时间 上周, 状态 作废) by which it is no row of this week's counts, or ""."""
    match = _OF_ANOTHER.fullmatch(normal(text))
    return match[0] if match else disowns(text, year)


def is_example(text: str) -> str:
    """The clause by which a remark says that its row is an example, or ""."""
    return next((quoted(clause) for clause in parted(text) if _EXAMPLE.search(clause)), "")


def includes(text: str, name: str) -> bool:
    """Whether it says that a figure holds that village's too: 含盐河村5座, 其中15座在盐河村."""
    with_it = rf"(?<![不未非无])(?:含|包括|合并|连同|加上)[^,。;]{{0,3}}{name}|其中[^,。;]{{0,6}}\d+[座户个]?[在属为系是][^,。;]{{0,6}}{name}"
    return bool(re.search(rf"{with_it}|{name}[^,。;]{{0,6}}(?:合并|合计|一起|共计|一并)", normal(text)))


def is_provisional(text: str) -> str:
    """The clause in which a text says that a figure may still change, or ""."""
    if _SETTLED.search(text):
        return ""
    for clause in parted(text):
        is_unsettled = _UNSETTLED.search(clause) and not _CONDITIONAL.search(clause)
        if is_unsettled and (_ABOUT_COUNT.search(clause) or not _TALK.sub("", _UNSETTLED.sub("", clause))):
            return quoted(clause)
    return ""


def holds_unfinished(text: str) -> str:
    """The clause in which a text says that what is being built is counted, or ""."""
    return next((quoted(clause) for clause in parted(text) if _UNFINISHED.search(clause)), "")


def denies_progress(text: str) -> str:
    """The clause in which a text says that nothing was added this week, or ""."""
    return next((quoted(clause) for clause in parted(text) if _is_of_no_progress(clause)), "")


def _is_of_no_progress(clause: str) -> bool:
    is_short = len(clause) <= statements.LONGEST
    return bool(_NO_PROGRESS.search(clause) or (is_short and _AS_LAST_WEEK.fullmatch(clause)))


def disowns_in_title(title: str) -> str:
    """The word by which a title says that the table is an example or a forecast, or ""."""
    match = _IN_TITLE.search(title)
    return match[0] if match else ""
