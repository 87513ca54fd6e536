"""What words beside a figure say of it: that it is not the count that is asked for, or that it may still change.

In 备注, in the title, in a note at the foot. Talk of what is planned is no caveat (预计6月底完工); that the figure is a
planned one is (以上为预计数).
"""

import re

_ESTIMATE = r"(?:预计|预估|估计|估算|暂估|预测|测算|推算|计划|拟)"
_EARLIER_YEARS = r"(?:去年|上年|往年|历年|以前年度|20\d\d年(?:底|度|末)?)"
_DISOWNING = (
    rf"{_ESTIMATE}(?:完成|累计|竣工)?(?:数字|数据|数|值)(?![量一])",
    r"^上周(?:的)?(?:情况|数据|数字|数|完成)|(?:均?为|系|是|按|沿用)上周(?:的)?(?:数据|数字|数|情况)?|截[至止]上(?:周|月)",
    r"(?:均?为|系|是)(?:本周|当周)(?:新增|完成)(?:数据|数字|数)?|(?:均?为|系|是)本周(?:数据|数字|数)",
    r"应为\d+|(?:实际|实为|实际为|实际完成)\d+|(?:多|少|误|重)报\d+|重复统计|数错|颠倒|未定稿|目标数$",
    r"含[^，。；,;]{0,6}(?:非整村推进|其他村|外村|散户)|两村合计|几村合计",
    rf"(?:均?为|系|是)(?:按)?{_ESTIMATE}",
    rf"(?:含|包括|包含)[^，。；,;]{{0,8}}(?:{_ESTIMATE}|下周|下月|即将)",
    rf"(?:含|包括|包含|沿用|结转|转自|抄自)[^，。；,;]{{0,6}}{_EARLIER_YEARS}",
    rf"{_EARLIER_YEARS}[^，。；,;]{{0,4}}(?:结转|转入|的数据|数据|完成数)",
    r"(?:数据|数字|此数|该数|本表|表内|上述|以上)[^，。；,;]{0,4}(?:有误|错误|不准|不实|填错)|填错|误填|填反|(?:待|需|将|后续?)(?:再)?更正",
    r"(?:全镇|全街道|全乡|全区)(?:总数|合计|累计|的?数据|数)",
)
_DISOWNS = re.compile("|".join(_DISOWNING))
_OF_ANOTHER = re.compile(
    r"上周|上期|上月|去年|上年|往年|计划|预计|预测|作废|旧|下周|下月|未审核|未核实|预计数|计划数|目标数"
)
_INSTRUCTED = re.compile(r"^[^，。；,;]{0,3}请")  # 数据有误请及时更正
_INSTRUCTING = re.compile(r"[不勿禁如若凡请应须]")
_WITHDRAWN = re.compile(r"作废|勿用|不作数|不要采用|不能采用")
_ESTIMATED_TABLE = re.compile(r"预计|预估|预测|测算|估算|拟完成")
_PROVISIONAL = re.compile(
    r"(?:数据|数字|数)(?:为|系)?(?:暂估|预估|估计|估算)|初稿|草稿|征求意见稿|讨论稿|暂定|暂报|预报数|快报数|初步(?:统计|数据|数)|待(?:核实|核对|核定|确认|复核|统计)|未(?:经)?(?:核实|核对|核定|确认|复核)|(?:数据|数字)[^，。；,;]{0,6}以.{1,12}为准"
)
_FORECAST = re.compile(rf"(?:{_ESTIMATE}|力争|争取)[^，。；,;]{{0,8}}(?:完成|竣工|完工|建成)")
_NO_PROGRESS = re.compile(
    r"(?:本周|本期|这周)[^，。；,;]{0,4}(?:[无零]进展|无变化|没有进展|没有变化|无新增|没有新增|新增0|未统计)|与上周持平|^(?:[无零]进展|无变化|无新增)"
)
_EXAMPLE = re.compile(
    r"上周|上期|上月|下周|下月|计划表|分解表|草表|样张|仅供参考|新增情况|新增完成|月报|验收|抽查|运维|非整村|填[写报表]示例|样例|测试|作废"
)
_EMPTY = re.compile(
    r"［[^］]*］|#[A-Z0-9/!?]+|暂无|没有|无|同上周?|同前|正常|良好|备注|说明|情况|详见|见?附件|略|属实|已?核实|核对|完成|全部|按|计划|推进|进行|进展|顺利|"
    r"数据|数字|本周|已|是|否|对|好|数|座|户|个|的|了"
)


def disowns(text: str) -> str:
    """The words by which a text says that a figure is not this village's count so far; "" if there are none."""
    for clause in re.split(r"[，。；,;\n]", text):
        match = _DISOWNS.search(clause)
        is_advice = match and (
            _INSTRUCTING.search(clause[: match.start() + 1]) or _INSTRUCTED.search(clause[match.end() :])
        )
        if match and not is_advice:  # 不含预计数, 如填错请更正
            return match[0]
    withdrawn = _WITHDRAWN.search(text)
    return withdrawn[0] if withdrawn else ""


def is_of_another(text: str) -> str:
    """The word in another column of a row (时间 上周, 状态 作废) by which it is no row of this week's counts, or ""."""
    match = _OF_ANOTHER.fullmatch(text)
    return match[0] if match else disowns(text)


def includes(text: str) -> bool:
    """Whether it says that a figure holds another's too: 含盐河村5座."""
    return bool(re.search(r"含|包括|合并|合计|连同|加上|一起|共计", text))


def is_provisional(text: str) -> str:
    """The words by which a text says that a figure may still change, or ""."""
    match = _PROVISIONAL.search(text)
    return match[0] if match else ""


def forecasts(text: str) -> str:
    """The words by which a text says what is to be finished later, or ""."""
    match = _FORECAST.search(text)
    return match[0] if match else ""


def denies_progress(text: str) -> str:
    """The words by which a text says that nothing was added this week, or ""."""
    match = _NO_PROGRESS.search(text)
    return match[0] if match else ""


def disowns_in_title(title: str) -> str:
    """The word by which a title says that the table is an example or a forecast, or ""."""
    match = _EXAMPLE.search(title) or _ESTIMATED_TABLE.search(title)
    return match[0] if match else ""


def explains(text: str) -> bool:
    """Whether a remark says something: blanks, 无, —, 0, 同上, 正常, an error value, ［图片］ explain nothing."""
    return len(re.sub(r"[^\u4e00-\u9fff]", "", _EMPTY.sub("", text))) >= 2
