"""Every rule that a finding can name, in one table: its usual level, what it is about, its kinds of mess.

The rule's wording stands where the rule is applied; here stands what the rest of the house must know of it.
`messes` are the ids of the domain list (F01 … P06) that the rule answers.
"""

from dataclasses import dataclass

from pipeline.tables import Row

NOTE, QUERY, HOLD, REJECT = "note", "query", "hold", "reject"
LEVELS = {REJECT: "退回", HOLD: "待裁定", QUERY: "待说明", NOTE: "提示"}  # worst first
BLOCKING = (REJECT, HOLD)  # the figure is not used until it is settled


@dataclass(frozen=True)
class Rule:
    """One rule: `name` in findings, Chinese `label`, usual `level`, and what may be done about it.

    adjustable: params/2023.yaml may give it another level (it judges a figure that can be read).
    acceptable: an `accept` decision settles it: a figure, a carried figure, the first of several tables is let
    stand, or a row that names nobody known is left out.
    whole_town: without a village it is about every figure of the town.
    """

    name: str
    label: str
    level: str
    messes: tuple[str, ...] = ()
    adjustable: bool = False
    acceptable: bool = False
    whole_town: bool = False


def _judgement(name: str, label: str, level: str, *messes: str) -> Rule:
    return Rule(name, label, level, messes, adjustable=True, acceptable=True)


_TABLE = (
    # the file
    Rule("unreadable_file", "文件无法读取", REJECT, ("F12", "F13", "F14", "F16", "F17", "F18")),
    Rule("not_the_form", "不是本表", REJECT, ("F22", "F23", "H08", "H09", "W18")),
    Rule("unknown_sender", "无法确定填报单位", REJECT, ("F05",)),
    Rule("wrong_unit", "单位不对", REJECT, ("H12",), whole_town=True),
    Rule("wrong_extension", "扩展名与内容不符", NOTE, ("F08",)),
    Rule("unusual_format", "不是常用格式", NOTE, ("F07", "F09", "F11", "F16", "F21")),
    Rule("pictures_ignored", "含图片", NOTE, ("F24",)),
    Rule("file_date_differs", "文件名日期不一致", NOTE, ("F01",)),
    Rule("hidden_sheet", "隐藏的工作表", NOTE, ("W03",)),
    Rule("hidden_row", "隐藏的行或列", NOTE, ("W04",)),
    Rule("sheet_chosen", "按表名选表", NOTE, ("W01",)),
    Rule("several_tables", "有多张符合格式的表", HOLD, ("W01", "W02", "W07"), acceptable=True, whole_town=True),
    Rule("not_cumulative", "表头不是累计", HOLD, ("H14",), acceptable=True, whole_town=True),
    Rule("other_week", "表内日期不是本期", HOLD, ("H11",), acceptable=True, whole_town=True),
    Rule("wrong_year", "标题年份不对", NOTE, ("H10",), whole_town=True),
    Rule("misspelt_heading", "表头错字", NOTE, ("H13",)),
    Rule("extra_columns", "多出的列", NOTE, ("H06",)),
    Rule("unsigned", "未注明审核人", NOTE, ("P05",)),
    Rule("duplicate_file", "重复报送", NOTE, ("F02",)),
    Rule("conflicting_files", "多份文件数据不同", HOLD, ("F03", "P06"), whole_town=True),
    Rule(
        "same_as_earlier_week", "与以前某周文件相同", HOLD, ("F20",), adjustable=True, acceptable=True, whole_town=True
    ),
    Rule("other_towns_rows", "他镇数据未采用", NOTE, ("W06",)),
    Rule("excluded_file", "按决定不采用的文件", NOTE),
    Rule("blank_form", "预填表没有填写", NOTE),
    # who is missing
    Rule("missing_town", "区镇未报", QUERY, ("P01",), acceptable=True),
    Rule("not_expected", "无需报送", NOTE),
    Rule("late_file", "迟报", NOTE, ("P02",)),
    Rule("missing_village", "缺少任务村", REJECT, ("T14",), acceptable=True),
    Rule("no_record", "以前某周没有存档", NOTE),
    # names
    Rule("unknown_town", "区镇名称无法识别", REJECT, ("T05", "T06"), acceptable=True),
    Rule("other_town", "不在本年度范围的区镇", NOTE, ("T07",)),
    Rule("doubtful_alias", "区镇别名请确认", NOTE, ("T03",)),
    Rule("unknown_village", "村不在名单", NOTE, ("T13",)),
    Rule("misspelt_village", "村名疑有误", REJECT, ("T16", "T18"), acceptable=True),
    Rule("ambiguous_village", "村名分不清村与社区", REJECT, ("T10",), acceptable=True),
    Rule("several_villages", "一行填了几个村", REJECT, ("T15",), acceptable=True),
    Rule("former_village", "旧村名或村民小组", REJECT, ("T17",), acceptable=True),
    Rule("variant_name", "异体字按别名更正", NOTE, ("T18",)),
    Rule("wrong_town", "村填在别的区镇", REJECT, ("T12",), acceptable=True),
    Rule("duplicate_village", "同一村出现多行", REJECT, ("T19",)),
    Rule("unnamed_row", "有数字没有村名", HOLD, ("L03",), acceptable=True),
    # figures
    Rule(
        "unreadable_figure", "数字无法识别", REJECT,
        ("V10", "V11", "V12", "V13", "V14", "V15", "V18", "V21", "V23", "V24", "V25", "V26", "V28"),
    ),
    Rule("not_whole", "不是整数", REJECT, ("V07", "W20")),
    Rule("negative", "负数", REJECT, ("V19",)),
    Rule("impossible_figure", "数值明显异常", REJECT, ("V20",)),
    Rule("date_figure", "单元格是日期", REJECT, ("V22",)),
    Rule("error_figure", "错误值", REJECT, ("W09",)),
    Rule("uncalculated_formula", "公式未计算", REJECT, ("W08",)),
    Rule("merged_figure", "几格共用一个数", REJECT, ("W14",)),
    Rule("blank_figure", "完成数为空", REJECT, ("V08", "V09", "V16")),
    Rule("struck_figure", "删除线或红字", QUERY, ("W17",)),
    Rule("formula_figure", "公式的结果", NOTE, ("W08", "W11")),
    Rule("external_link", "外部链接的公式", NOTE, ("W10",)),
    Rule("comment_added", "批注并入备注", NOTE, ("W16",)),
    Rule("read_in_context", "按勾稽关系采用", NOTE, ("V12", "V17", "V21")),
    Rule("taken_as_zero", "空白按 0", NOTE, ("V08", "V09", "V16")),
    Rule("taken_as_unchanged", "无变化按上周累计", NOTE, ("V27", "P03")),
    Rule("growth_of_weeks", "新增含多周", NOTE, ("P04",)),
    # judgement
    _judgement("over_target", "超过目标", HOLD, "L04"),
    _judgement("no_such_task", "没有任务却有完成数", REJECT, "L07"),
    _judgement("target_differs", "目标与下达数不同", NOTE, "L05"),
    _judgement("whole_town_figure", "疑似填了全镇数", HOLD, "L14"),
    _judgement("fell", "累计数减少", HOLD, "L08", "L09"),
    _judgement("swapped", "新建整改疑似填反", HOLD, "L10"),
    _judgement("total_differs", "合计与明细不符", NOTE, "L02"),
    _judgement("rate_differs", "完成率与计算不符", NOTE, "L18"),
    _judgement("added_differs", "本周新增与累计不符", QUERY, "H06"),
    _judgement("jump", "单周增幅异常", QUERY, "L11"),
    _judgement("no_progress", "连续多周无进展", NOTE, "L12"),
    _judgement("before_start", "实施前已有完成数", QUERY, "L17"),
    _judgement("too_regular", "数据过于规律", NOTE, "L21"),
    _judgement("counts_unfinished", "疑似计入在建", QUERY, "L13"),
    _judgement("remark_contradicts", "备注与数字不一致", QUERY, "L16"),
    _judgement("households_differ", "户数与座数不同", QUERY, "L15"),
    _judgement("corrects_earlier", "更正以前的数", HOLD, "L19"),
    Rule("personal_data", "疑含个人信息", NOTE, ("L20",)),
    # decisions
    Rule("entered_figure", "按决定录入", NOTE, ("F23",)),
    Rule("stale_decision", "决定与来文不符", HOLD),
)  # fmt: skip

RULES = {rule.name: rule for rule in _TABLE}


def finding(rule: str, message: str, level: str = "", **place: str) -> Row:
    """A row of `findings`: where it is stands before what it is, so that the message can be read alone."""
    return {"level": level or RULES[rule].level, "rule": rule, **place, "message": f"{_where(place)}{message}"}


def advice(row: Row) -> str:
    """What a finding says without where, for tables whose columns carry the place."""
    return str(row["message"]).removeprefix(_where(row))


def _where(place: Row) -> str:
    """包场镇《包场.xlsx》Sheet1!E5“约50”： — as much of it as is known."""
    file = f"《{place['file']}》" if place.get("file") else ""
    cell = "!".join(part for part in (place.get("sheet", ""), place.get("cell", "")) if part)
    raw = f"“{place['raw']}”" if place.get("raw") else ""
    where = f"{place.get('town', '')}{file}{cell}{raw}"
    return f"{where}：" if where else ""
