"""V: figures — what a cell may say, and what it is worth. 盐灶村 新建 (E4) stood at 40, 织坊村 整改 (F4) at 0."""

import datetime as dt
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from tests.messes.builders import Build, cells, edited
from tests.messes.case import Case, Found, kept, note, reject
from tests.messes.office import BAO, CHANG, HAI, NONE, SAN

NEW, BEGUN = "盐灶村 新建", "织坊村 整改"
LONG, RIVER = "长乐村 新建", "江畔村 新建"
FIRST_DAY = "2023-04-07"


def shown(typed: Any) -> str:
    """A name for what was typed, that a test may bear."""
    if not isinstance(typed, str):
        return f"{type(typed).__name__}-{typed}"
    return typed if typed.isprintable() else typed.encode("unicode_escape").decode()


def silent(id: str, typed: Any, done: int = 45, **more: Any) -> Case:
    return Case(id, shown(typed), cells(E4=typed), {NEW: f"{done} reported"}, **more)


def refused(id: str, typed: Any, says: str | tuple[str, ...], rule: str = "unreadable_figure", **more: Any) -> Case:
    """E4 says what is no figure: 40 is kept, and nothing else is lost."""
    read = {"raw": typed} if isinstance(typed, str) else {}
    found = (reject(rule, "E4", read.get("raw"), says, sheet="Sheet1", of=NEW, town=BAO),)
    return Case(id, shown(typed), cells(E4=typed), kept(NEW), found, **more)


def understood(id: str, typed: Any, done: int, rule: str, says: str | tuple[str, ...], **more: Any) -> Case:
    """E4 is used, and it is said how it was understood."""
    return Case(
        id, shown(typed), cells(E4=typed), {NEW: f"{done} reported"}, (note(rule, "E4", typed, says, of=NEW),), **more
    )


def zero(id: str, typed: Any, **more: Any) -> Case:
    """F4 of 三厂街道, where nothing had been done: 0, and it is said."""
    return Case(
        id,
        f"still-0-{shown(typed)}",
        cells(SAN, F4=typed),
        {BEGUN: "0 reported"},
        (note("taken_as_zero", "F4", "" if typed is None else typed, of=BEGUN, town=SAN),),
        towns=(SAN,),
        file=f"{SAN}.xlsx",
        **more,
    )


# ---- numbers in other clothes ----------------------------------------------------------------------------------

READABLE = [
    silent("V01", "45"),
    silent("V01", "'45"),
    silent("V02", "４５"),
    *(silent("V03", typed) for typed in ("45户", "45座", "45个", "45 座")),
    *(
        Case("V04", shown(typed), cells(CHANG, E4=typed), {LONG: "1015 reported"}, towns=(CHANG,))
        for typed in ("1,015", "1，015", "1 015")
    ),
    *(silent("V05", typed) for typed in (" 45 ", "\xa045", "45\u200b", "\ufeff45", "4\u200b5", "45\u3000")),
    silent("V06", "45.0"),
    silent("V06", 45.0),
    silent("V06", "4.5E+01"),
    Case("V06", "1.2E+02", cells(HAI, E4="1.2E+02"), {RIVER: "120 reported"}, towns=(HAI,)),
    Case("V06", "0.0", cells(SAN, F4="0.0"), {BEGUN: "0 reported"}, towns=(SAN,)),
    refused("V07", "45.5", "座数应为整数", "not_whole"),
    refused("V07", 45.5, "座数应为整数", "not_whole"),
]


# ---- nothing, and words for nothing ----------------------------------------------------------------------------

_DASHES = ("—", "-", "/", "\\", "无", "×", "*")
_PLANS = ("未开工", "招标中", "施工中", "待定", "？", "XX")
_EMPTY = ("完成数为空", "累计40", "请填写")

EMPTY = [
    refused("V08", None, _EMPTY, "blank_figure"),
    zero("V08", None),
    Case("V08", "only-spaces", cells(E4="  "), kept(NEW), (reject("blank_figure", "E4", says=_EMPTY, of=NEW),)),
    Case(
        "V08",
        "target-0",
        cells(F5=None),
        found=(note("taken_as_zero", "F5", "", of="盐河村 整改"),),
    ),
    Case(
        "V08",
        "never-reported-before",
        cells(E4=None),
        {NEW: "- missing"},
        (reject("blank_figure", "E4", says="完成数为空", of=NEW),),
        past=NONE,
    ),
    Case(
        "V08",
        "first-week",
        cells(SAN, F4=None),
        {BEGUN: "0 reported"},
        (note("taken_as_zero", "F4", "", of=BEGUN),),
        towns=(SAN,),
        file=f"{SAN}.xlsx",
        past=NONE,
        day=FIRST_DAY,
        also=("jump",),
    ),
    *(refused("V09", typed, ("累计40", "请填写"), "blank_figure") for typed in _DASHES),
    *(zero("V09", typed) for typed in _DASHES),
    Case("V09", "target-0", cells(F5="—"), found=(note("taken_as_zero", "F5", "—", of="盐河村 整改"),)),
    *(zero("V16", typed, remarks={BEGUN: typed}) for typed in _PLANS),
    *(refused("V16", typed, "40", "blank_figure") for typed in _PLANS),
]


# ---- more or less ----------------------------------------------------------------------------------------------

VAGUE = [
    *(
        refused("V10", typed, f"“{typed}”不是确数，请填截至5月12日的累计完成数")
        for typed in ("约50", "30左右", "近30", "30多", "不足30", "50余")
    ),
    *(refused("V11", typed, "是区间，不是确数") for typed in ("20-30", "20～30", "20—30", "40至50")),
    understood("V12", "45（含上周40）", 45, "read_in_context", "45"),
    understood("V12", "45(本周5)", 45, "read_in_context", "45"),
    refused("V12", "45（含上周38）", ("括号内数与", "累计40不符")),
    refused("V12", "45(本周12)", ("括号内数与", "累计40不符")),
    *(
        refused("V13", typed, ("疑似只填本周新增", "累计40", "若是本周新增，应填45"))
        for typed in ("+5", "新增5", "本周5")
    ),
    *(refused("V17", typed, ("可指", "请改用阿拉伯数字")) for typed in ("一百二", "二百五", "一千二")),
    *(refused("V17", typed, "无法识别为座数") for typed in ("一千二十", "一百零二十", "四五", "壹佰贰拾")),
    *(refused("V14", typed, "完成情况应填数量，不填比例") for typed in ("100%", "80％", "10.7%", 0.8, "0.8")),
    *(refused("V15", typed, "请填数字：截至5月12日的累计完成数（目标420）") for typed in ("全部完成", "已完成", "√")),
    understood("V17", "四十五", 45, "read_in_context", "中文数字“四十五”按45采用"),
    *(
        Case(
            "V17",
            typed,
            cells(town, **{cell: typed}),
            {figure: f"{done} reported"},
            (note("read_in_context", cell, typed, f"中文数字“{typed}”按{done}采用", of=figure),),
            towns=(town,),
            file=f"{town}.xlsx",
        )
        for typed, done, town, cell, figure in (
            ("一百二十", 120, HAI, "E4", RIVER),
            ("十二", 12, SAN, "F4", BEGUN),
            ("〇", 0, SAN, "F4", BEGUN),
        )
    ),
    *(
        refused("V18", typed, ("含字母", f"疑为{meant}"))
        for typed, meant in (("l2", 12), ("3O", 30), ("O", 0), ("4o", 40), ("I5", 15))
    ),
]


# ---- impossible ------------------------------------------------------------------------------------------------


def _as_percent(sheet: Worksheet) -> None:
    sheet["E4"].number_format = "0%"


def _as_date(sheet: Worksheet) -> None:
    sheet["E4"].number_format = 'm"月"d"日"'


_DATE = "单元格是日期，请设为“文本/常规”后重填"
_PHONE = ("明显异常",)

IMPOSSIBLE = [
    Case("V14", "formatted-as-percent", edited(_as_percent, E4=0.8), kept(NEW), (reject("unreadable_figure", "E4", says="完成情况应填数量，不填比例", of=NEW),)),
    refused("V19", -3, "累计数不能为负，要核减的，请填核减后的累计数，并在备注写明原因", "negative"),
    refused("V19", "-3", "累计数不能为负，要核减的，请填核减后的累计数，并在备注写明原因", "negative"),
    Case("V20", "phone", cells(E4=13812345678), kept(NEW), (reject("impossible_figure", "E4", "138****5678", _PHONE, of=NEW),), also=("personal_data",), secrets=("13812345678",)),
    Case("V20", "phone-as-text", cells(E4="13812345678"), kept(NEW), (reject("impossible_figure", "E4", "138****5678", _PHONE, of=NEW),), also=("personal_data",), secrets=("13812345678",)),
    Case("V20", "identity-number", cells(E4="320684198001011234"), kept(NEW), (reject("impossible_figure", "E4", says=_PHONE, of=NEW),), also=("personal_data",), secrets=("320684198001011234", "19800101")),
    refused("V20", 4300, "数值4300明显异常", "impossible_figure", also=("over_target", "whole_town_figure", "jump")),
    understood("V21", "45/420", 45, "read_in_context", "45"),
    refused("V21", "45/400", "45/400"),
    refused("V21", "45/585", "45/585"),
    Case("V22", "12-of-1950", cells(E4=dt.datetime(1950, 12, 1)), kept(NEW), (reject("date_figure", "E4", says=_DATE, of=NEW),)),
    Case("V22", "5-March", edited(_as_date, E4=44990), kept(NEW), (reject("date_figure", "E4", says=_DATE, of=NEW),)),
    *(refused("V23", typed, "数字带脚注标记") for typed in ("45①", "45²", "45*", "45注1", "4⑤")),
    refused("V24", "40+5", "请填合计后的数字"),
    *(refused("V25", typed, "一格内有多个数") for typed in ("40户5座", "45(整改24)", "新建45整改24")),
    *(refused("V26", typed, "请填数字") for typed in ("同上", "〃", "见附件", "详见附表")),
    *(understood("V27", typed, 40, "taken_as_unchanged", "累计40采用") for typed in ("同上周", "无变化", "无进展")),
    Case(
        "V27",
        "never-reported-before",
        cells(E4="同上周"),
        {NEW: "- missing"},
        (Found("reject", "", "E4", "同上周", of=NEW),),
        past=NONE,
    ),
    refused("V28", True, "不是数字"),
    refused("V28", False, "不是数字"),
    refused("V28", "12万", "不是数字"),
]  # fmt: skip

# ---- numbers that their format shows as something else ---------------------------------------------------------


def formatted(code: str, value: float = 45) -> Build:
    """E4 holds the number in a number format."""

    def give(sheet: Worksheet) -> None:
        sheet["E4"].number_format = code

    return edited(give, E4=value)


def shown_as(id: str, code: str, raw: str, says: str, rule: str = "unreadable_figure") -> Case:
    """45 in a format by which a clerk sees something else."""
    return Case(id, f"format-{code}-{raw}", formatted(code), kept(NEW), (reject(rule, "E4", raw, says, of=NEW),))


FORMATTED = [
    *(
        Case("V03", f"format-{code}", formatted(code), {NEW: "45 reported"})
        for code in ('0"户"', "0\\座", '#,##0"个"', "0_ ", "[DBNum2][$-804]0", "0;0;;@", "@", "[Red]0")
    ),
    Case("V04", "format-accounting", formatted('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ '), {NEW: "45 reported"}),
    Case("V06", "float-noise", cells(E4=45.00000000000001), {NEW: "45 reported"}),
    Case("V06", "float-noise-as-text", cells(E4="45.00000000000001"), {NEW: "45 reported"}),
    shown_as("V10", '"约"0', "约45", "不是确数"),
    shown_as("V10", '0"左右"', "45左右", "不是确数"),
    shown_as("V11", '0"-50"', "45-50", "是区间"),
    shown_as("V14", '0"%"', "45%", "不填比例"),
    shown_as("V14", "0\\%", "45%", "不填比例"),
    shown_as("V15", '[=45]"全部完成";0', "全部完成", "请填数字"),
    shown_as("V28", '0"万"', "45万", "不是数字"),
    shown_as("V28", '0"百座"', "45百座", "数字格式改为“常规”"),
    shown_as("V28", '0"人"', "45人", "数字格式改为“常规”"),
    shown_as("V28", "0.0,", "0.0", "数字格式改为“常规”"),
    shown_as("V28", '0"0"', "450", "数字格式改为“常规”"),
    Case("W04", "format-that-shows-nothing", formatted(";;;"), {NEW: "45 reported"}, (note("unseen_figure", "E4", says="存有45", of=NEW),)),
]  # fmt: skip

CASES = [*READABLE, *EMPTY, *VAGUE, *IMPOSSIBLE, *FORMATTED]
