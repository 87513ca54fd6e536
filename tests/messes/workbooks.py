"""W: workbooks — several sheets, hidden parts, formulas, merged cells, marks and formats."""

from functools import partial

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from tests.messes import builders as make
from tests.messes.builders import calculated, cells, edited, form, raw
from tests.messes.case import RETURNED, Case, Found, hold, kept, note, query, reject
from tests.messes.office import BAO, FORM, PLAN, official

ALL_KEPT = kept(BAO)
NEW = "盐灶村 新建"
OLD = official(PLAN, BAO, figures={"盐灶村": (40, 20), "盐河村": (10, 0)})
OLDER = official(PLAN, BAO, figures={"盐灶村": (33, 17), "盐河村": (8, 0)})
WHOLE = {BAO: "pending"}  # a file whose figures are all held


def book(hidden: tuple[str, ...] = (), **named: str) -> make.Build:
    return raw("包场镇.xlsx", partial(make.sheets, hidden, **named))


# ---- which table -----------------------------------------------------------------------------------------------

_LOWER = FORM.split("\n", 1)[1]  # the form again, without its title
_BLOCKS = OLD.replace("汇总表 |", "汇总表（上周） |") + "\n.\n" + FORM.replace("汇总表 |", "汇总表（本周） |")
_HEADING = "\n".join(FORM.splitlines()[1:3])
_ROWS = FORM.splitlines()[3:]
_PAGES = f"{FORM.splitlines()[0]}\n{_HEADING}\n{_ROWS[0]}\n.\n{_HEADING}\n{_ROWS[1]}"

TABLES = [
    Case(
        "W01",
        "a-sheet-a-week",
        book(**{"4.28": OLDER, "5.5": OLD, "5.12": FORM}),
        found=(note("sheet_chosen", file="包场镇.xlsx", says="按表名匹配本期，采用“5.12”"),),
        places={NEW: "5.12!E4"},
    ),
    Case(
        "W01",
        "newest-in-front",
        book(**{"5月12日": FORM, "5月5日": OLD}),
        found=(note("sheet_chosen", file="包场镇.xlsx", says="按表名匹配本期，采用“5月12日”"),),
        places={NEW: "5月12日!E4"},
    ),
    Case(
        "W01",
        "two-match",
        book(**{"5.12": OLD, "5.12更正": FORM}),
        ALL_KEPT,
        (
            hold(
                "several_tables",
                file="包场镇.xlsx",
                says=("有2张表可能是本期数据", "请只留本期的一张后重报，或回复用哪一张"),
                town=BAO,
            ),
        ),
        status=WHOLE,
    ),
    Case(
        "W01",
        "none-matches",
        book(**{"3.31": OLDER, "4.7": OLD, "4.14": FORM}),
        ALL_KEPT,
        (
            hold(
                "several_tables",
                file="包场镇.xlsx",
                says=("有3张表可能是本期数据", "请只留本期的一张后重报，或回复用哪一张"),
                town=BAO,
            ),
        ),
        also=("fell",),
        status=WHOLE,
    ),
    Case(
        "W02",
        "old-in-sheet1",
        book(Sheet1=OLD, Sheet2=FORM),
        ALL_KEPT,
        (
            hold(
                "several_tables",
                file="包场镇.xlsx",
                says=("有多张表符合格式且数据不同", "请删除旧表后重报，或回复用哪一张"),
                town=BAO,
            ),
        ),
        status=WHOLE,
    ),
    Case("W02", "same-figures-twice", book(Sheet1=FORM, Sheet2=FORM)),
    Case("W02", "other-sheets-are-no-forms", book(Sheet1=FORM, Sheet2="填表说明\n本表为累计数", Sheet3=".")),
    Case(
        "W03",
        "hidden-sheet",
        book(("旧表",), Sheet1=FORM, 旧表=OLD),
        found=(note("hidden_sheet", file="包场镇.xlsx", says="存在隐藏工作表“旧表”，未采用"),),
        places={NEW: "Sheet1!E4"},
    ),
    Case(
        "W05",
        "only-the-own-row-of-the-district",
        lambda desk: desk.put("包场镇.xlsx", make.xlsx(make_district(desk))),
        places={NEW: "Sheet1!E6"},
    ),
    Case(
        "W06",
        "other-towns-figures",
        lambda desk: desk.put(
            "包场镇.xlsx",
            make.xlsx(make_district(desk, {"四甲镇": "60", "常乐镇": "15"})),
        ),
        found=(note("other_towns_rows", file="包场镇.xlsx", says="只采用本镇数据，其他镇2行未采用"),),
    ),
    Case(
        "W07",
        "two-blocks",
        form(_BLOCKS),
        ALL_KEPT,
        (
            hold(
                "several_tables",
                file="包场镇.xlsx",
                says=("表内有两块数据", "无法确定哪块为截至5月12日的累计数"),
                town=BAO,
            ),
        ),
        also=("disowned_form",),  # the first block says 上周
        status=WHOLE,
    ),
    Case("W15", "formats-to-row-60000", raw("包场镇.xlsx", partial(make.inflated, FORM))),
    Case(
        "W18",
        "text-box",
        raw("包场镇.xlsx", partial(make.text_box_only, "包场镇盐灶村新建45整改24")),
        ALL_KEPT,
        (reject("not_the_form", file="包场镇.xlsx", says="工作表中没有可读取的表格数据"),),
        also=("pictures_ignored",),
        status=RETURNED,
    ),
    Case(
        "W18",
        "picture",
        raw("包场镇.xlsx", partial(make.xlsx, ".", make.photograph)),
        ALL_KEPT,
        (reject("not_the_form", town=BAO, says="工作表中没有可读取的表格数据"),),
        also=("pictures_ignored",),
        status=RETURNED,
    ),
    Case("W19", "heading-on-every-page", form(_PAGES), places={"盐河村 新建": "Sheet1!E8"}),
    Case("W19", "empty-row-at-the-page-break", form(FORM.replace("\n包场镇 | 盐河村", "\n.\n包场镇 | 盐河村"))),
]


def make_district(desk: make.Desk, filled: dict[str, str] | None = None) -> str:
    """The district's form: targets of all towns, figures of 包场镇 and of those in `filled` (整改)."""
    lines = official(desk.plan, *desk.plan).splitlines()
    for place, line in enumerate(lines[3:], 3):
        town, village, new_target, target, *_ = [part.strip() for part in line.split("|")]
        if town != BAO:
            lines[place] = f"{town} | {village} | {new_target} | {target} | | {(filled or {}).get(town, '')} |"
    return "\n".join([*lines, "余东镇 | | | | | |"])


# ---- hidden, merged, marked ------------------------------------------------------------------------------------


def _hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[5].hidden = True


def _filter(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A3:G5"
    sheet.row_dimensions[4].hidden = True


def _hide_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["F"].hidden = True


def _merge_town(sheet: Worksheet) -> None:
    sheet.merge_cells("A4:A5")


def _merge_figures(sheet: Worksheet) -> None:
    sheet.merge_cells("E4:E5")


def _comment(sheet: Worksheet) -> None:
    sheet["E4"].comment = Comment("含补报5座", "张三")


def _strike(sheet: Worksheet) -> None:
    sheet["E4"].font = Font(strike=True)


def _whiten(sheet: Worksheet) -> None:
    sheet["E4"].font = Font(color="FFFFFFFF")


def _red(sheet: Worksheet) -> None:
    sheet["E4"].font = Font(color="FFFF0000")


def _red_heading(sheet: Worksheet) -> None:
    for address in ("A1", "A2", "C3", "A4"):
        sheet[address].font = Font(color="FFFF0000", strike=False)


def _whole_number(sheet: Worksheet) -> None:
    sheet["E4"].number_format = "0"


_HALF_STRUCK = CellRichText(TextBlock(InlineFont(strike=True), "40"), TextBlock(InlineFont(), "45"))

CELLS = [
    Case(
        "W04", "hidden-row", edited(_hide_row), found=(note("hidden_row", says="第5行被隐藏/筛选，仍按有效数据读取，请核对"),)
    ),
    Case("W04", "filter", edited(_filter), found=(note("hidden_row", says="第4行被隐藏/筛选，仍按有效数据读取，请核对"),)),
    Case("W04", "hidden-column", edited(_hide_column), found=(note("hidden_row", says="被隐藏"),)),
    Case("W12", "town-merged-down", edited(_merge_town)),
    Case("W13", "town-in-the-first-row-only", cells(A5=None)),
    Case(
        "W14",
        "one-figure-for-two-villages",
        edited(_merge_figures, E4=57, E5=None),
        kept(NEW, "盐河村 新建"),
        (reject("merged_figure", says=("盐灶村", "盐河村", "共用一个数，请分村")),),
    ),
    Case(
        "W16",
        "comment",
        edited(_comment),
        found=(note("comment_added", "E4", says="批注已并入备注"),),
        remarks={NEW: "含补报5座"},
    ),
    Case(
        "W17",
        "struck-out",
        edited(_strike),
        found=(query("struck_figure", "E4", "45", "单元格带删除线，请确认数值是否有效", of=NEW),),
    ),
    Case("W17", "red", edited(_red), found=(query("struck_figure", "E4", "45", "请确认数值是否有效", of=NEW),)),
    Case("W17", "red-heading", edited(_red_heading)),
    Case(
        "W17",
        "half-struck-is-not-4045",
        cells(E4=_HALF_STRUCK),
        {NEW: "40 carried|45 reported"},
        (Found("", "struck_figure", "E4"),),
        also=("unreadable_figure", "impossible_figure", "over_target", "whole_town_figure", "jump"),
        open_end=True,
    ),
    Case(
        "W20",
        "shown-as-30",
        edited(_whole_number, E4=45.6),
        kept(NEW),
        (reject("not_whole", "E4", says=("实际值为45.6", "应为整数"), of=NEW),),
    ),
]  # fmt: skip


# ---- formulas --------------------------------------------------------------------------------------------------

_PARTS = {"H2": "一组", "I2": "二组", "H4": 20, "I4": 25}


def _hide_parts(sheet: Worksheet) -> None:
    sheet.column_dimensions["H"].hidden = True


_TOTAL = {"A6": "合计", "C6": "=SUM(C4:C5)", "D6": "=SUM(D4:D5)", "E6": "=SUM(E4:E5)", "F6": "=SUM(F4:F5)"}
_ELSEWHERE = "=[1]Sheet1!$E$4"

FORMULAS = [
    Case(
        "W08",
        "sum-of-cells-that-one-sees",
        cells(**_PARTS, E4="=SUM(H4:I4)"),
        found=(note("formula_figure", "E4", says="45", of=NEW),),
        also=("extra_columns",),
    ),
    Case(
        "W08",
        "addition-of-cells-that-one-sees",
        cells(**_PARTS, E4="=H4+I4"),
        found=(note("formula_figure", "E4", says="45", of=NEW),),
        also=("extra_columns",),
    ),
    Case(
        "W08",
        "sum-of-hidden-cells",
        edited(_hide_parts, **_PARTS, E4="=SUM(H4:I4)"),
        kept(NEW),
        (reject("uncalculated_formula", "E4", says="公式未计算，请打开保存后重报", of=NEW),),
        also=("extra_columns", "hidden_row"),
    ),
    Case(
        "W08",
        "other-formula",
        cells(E4='=VLOOKUP("盐灶村",B4:D9,2,0)'),
        kept(NEW),
        (reject("uncalculated_formula", "E4", says="公式未计算，请打开保存后重报", of=NEW),),
    ),
    Case(
        "W08",
        "stored-0-of-a-program",
        calculated({"E4": 0}, **_PARTS, E4="=H4+I4"),
        found=(note("formula_figure", "E4", says="代算为45", of=NEW),),
        also=("extra_columns",),
    ),
    Case(
        "W08",
        "stored-0-of-a-program-that-nobody-can-check",
        calculated({"E4": 0}, E4="=MAX(E5,1)"),
        kept(NEW),
        (reject("uncalculated_formula", "E4", says="公式未计算，请打开保存后重报", of=NEW),),
    ),
    Case(
        "W08",
        "stored-sum-that-is-another",
        calculated({"E4": 44}, **_PARTS, E4="=H4+I4"),
        kept(NEW),
        (reject("uncalculated_formula", "E4", says="公式未计算，请打开保存后重报", of=NEW),),
        also=("extra_columns",),
    ),
    Case("W08", "stored-sum", calculated({"E4": 45}, **_PARTS, E4="=SUM(H4:I4)"), also=("extra_columns",)),
    Case("W08", "column-of-a-table", calculated({"E4": 45}, E4="=SUM(表1[[#This Row],[一组]:[二组]])")),
    Case("W04", "white-on-white", edited(_whiten), found=(note("unseen_figure", "E4", says="存有45", of=NEW),)),
    Case("W08", "totals-never-calculated", cells(**_TOTAL)),
    *(
        Case("W09", error.strip("#!?/0"), cells(E4=error), kept(NEW), (reject("error_figure", "E4", error, f"单元格为错误值{error}", of=NEW),))
        for error in ("#REF!", "#VALUE!", "#N/A", "#DIV/0!")
    ),
    Case("W09", "in-the-column-of-rates", cells(H2="完成率", H4="#DIV/0!", H5="#DIV/0!"), also=("extra_columns",)),
    Case(
        "W10",
        "other-workbook",
        calculated({"E4": 45}, E4=_ELSEWHERE),
        found=(note("external_link", "E4", says="数值引自别的文件，按表内保存的结果采用，请核对", of=NEW),),
    ),
    Case(
        "W11",
        "added-by-hand",
        calculated({"E4": 45}, E4="=40+5"),
        found=(note("formula_figure", "E4", says="按结果45采用", of=NEW),),
    ),
]  # fmt: skip

CASES = [*TABLES, *CELLS, *FORMULAS]
