"""Sentences about the number itself: 以上为预计数, 新建60座系全镇数据, 按上周数据填报, 约数.

Talk of the work is none of them: 预计6月底完工, 按计划推进, 施工队待确认. What “a …数” may be is a closed list; whatever else it
is, it is not the count that is asked for.
"""

import re

from pipeline.caveats.words import COUNT, EARLIER_WEEKS, EARLIER_YEARS, ESTIMATE, LATER, OTHER_PLACES

SUBJECT = (
    rf"(?:以[上下]|上述|本[表栏行列]|[此该这][表栏行列]?|表[内中]|所[填报]|[填上]报?的|[各两]村|本村|[均都一]|栏|完成(?:情况|数|栏)?|累计|新建|整改|"
    rf"\d+[座户个]?|{COUNT}|的)"
)
_COPULA = r"[暂仅只皆均都仍还就]?(?:为|系|是|按照?|取自|采用)"
_FILLED = r"(?:[填上]报?|填写|报送|统计)"
_STATEMENT = re.compile(
    rf"(?P<subject>{SUBJECT}*)(?P<copula>{_COPULA})(?P<what>.{{1,16}}?)的?(?P<count>{COUNT}|口径)?{_FILLED}?"
)
_FILLED_IN = re.compile(rf"{SUBJECT}+(?:填报?|填写)[的是为]*(?P<what>.{{1,16}}?)(?:{COUNT}|[(%)])*")
_BARE = re.compile(rf"(?P<what>.{{1,10}}?)的?{COUNT}")
_PROPER = re.compile(
    r"累计|完成|竣工|已|实际|真实|准确|确切|有效|实|最终|[核审]定|核实|审核|核对|复核|确认|截[至止]|目前|今年|本?年度?|\d{1,2}月|\d{1,2}[日号]|"
    r"自(?!查)|以来|开工以来|年初|开始|起|新建|整改|改造|提升|户厕|厕所|改厕|全部|全村|两村|本村|该村|各村|整村推进|入户|现场|台账|[村镇]里?|上报|填报|统计|调整后|合计|总|"
    r"两[项类]|[户座个和与及至到后经、的]"
)
_IMPROPER = re.compile(
    rf"{ESTIMATE}|{EARLIER_WEEKS}|{EARLIER_YEARS}|{LATER}|{OTHER_PLACES}|应完成|(?:本周|当周|本期|这周)(?:新增|完成|增加)?|截[至止]上[周月期]|全[镇区乡]|"
    r"全街道|完成率|(?:完成)?比例|百分比|验收|合格|申请|录入|系统|在建|[开动]工|参考|约|大概|大致|目标|任务|摸[底排]|排查|抽查|模拟|测试|示例|随意|编|受益|人[数口]|[百千万亿]*元|"
    r"资金|投资|金额|\d{1,2}月底"
)
LONGEST = 40  # its words can be parted in several ways, and all are tried
_EXCEPT = re.compile(r"剔除|扣除|不含|未含|除|非|减去|下达|分配")  # 已剔除预计数
_DATED = re.compile(
    rf"(?:{SUBJECT}|{_COPULA})*(?:截[至止]|到|至)?(?:20\d\d年|今年)?(?:\d{{1,2}}月\d{{1,2}}[日号]|\d{{1,2}}\.\d{{1,2}}|第.{{1,3}}周)(?:止|为止|的)*(?P<count>{COUNT})?"
)


def is_of_another(clause: str) -> bool:
    """Whether it says of the number that it counts another thing, another time or another place."""
    if len(clause) > LONGEST:
        return False
    match = _STATEMENT.fullmatch(clause)
    if match and _is_improper(match["what"], bool(match["count"]), bool(match["subject"])):
        return True
    filled = _FILLED_IN.fullmatch(clause)  # 完成情况填本周新增数
    if filled and _IMPROPER.match(filled["what"]):
        return True
    bare = _BARE.fullmatch(clause)
    return bool(bare and not _IMPROPER.sub("", bare["what"]))


def _is_improper(what: str, is_counted: bool, has_subject: bool) -> bool:
    """is_counted: “a …数”. has_subject: it is said of the number, or of the table."""
    if _IMPROPER.match(what) and (is_counted or has_subject or not _IMPROPER.sub("", what)):
        return True
    return is_counted and not _EXCEPT.search(what) and bool(_PROPER.sub("", what))


def is_dated(clause: str) -> bool:
    """Whether it says of which day or week the number is: 此为4月28日数据, 数据截至5月19日. A bare date says nothing."""
    match = _DATED.fullmatch(clause) if len(clause) <= LONGEST else None
    return bool(match and (match["count"] or re.match(SUBJECT, clause) or "截" in clause))
