"""The official form written: 汇总表.xlsx, and the pre-filled forms that go to the towns.

The first sheet is the form of the notice, cell for cell, and nothing is added to its cells: date, office and check
code stand in the print footer. Values, not formulas: previews show a formula without its cached value as blank.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from pipeline import sheets, tables
from pipeline.params import Correct, Enter, Programme, Week
from pipeline.rules import LEVELS, RULES
from pipeline.sheets import Alignment, Border, Font, PatternFill, Side, Workbook, Worksheet
from pipeline.tables import (
    CARRIED,
    COLUMNS,
    CORRECTED,
    DASH,
    DISTRICT,
    KINDS,
    MISSING,
    NEW_BUILD,
    NO_TASK,
    PROGRESS_STATUS,
    RENOVATION,
    REPORTED,
    SUBMISSION_STATUS,
    TOTAL,
    TOWN,
    VILLAGE,
    WHOLE,
    Row,
    rows,
)

FILE_NAME = "汇总表.xlsx"
_WIDTHS = (16, 20, 12, 12, 12, 12, 34)
_LINE = Side(style="thin", color="000000")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
_HEAD = PatternFill("solid", fgColor="12436D")
_ONE_PAGE = 24  # body rows that still print legibly on one page


def _font(name: str, size: float, **style: Any) -> Font:
    """charset 134 lets a PC without the face fall back to a Chinese one."""
    return Font(name=name, size=size, charset=134, **style)


# ---- the official form -----------------------------------------------------------------------------------------


def summary(
    programme: Programme,
    week: Week,
    frames: dict[str, pd.DataFrame],
    history: pd.DataFrame,
    reporting: pd.DataFrame,
    check_code: str,
    is_final: bool,
) -> bytes:
    """汇总表.xlsx as bytes.

    frames: the four tables of the week. history: progress of earlier weeks (where a carried figure comes from).
    reporting: every recorded week and this one.
    """
    book = Workbook()
    progress = rows(frames["progress"])
    sources = _sources(progress, rows(history), week)
    footer = _footer(programme, week.week, check_code, is_final)
    _form(book.active, programme, progress, sources, footer)
    for name, note, head, lines in _analysis(programme, week, frames, reporting, sources, check_code, is_final):
        _listing(book.create_sheet(name), f"{name}（{_week_label(programme, week.week)}）", note, head, lines, footer)
    return sheets.to_bytes(book)


def blank_form(programme: Programme, town: str, day: dt.date, previous: pd.DataFrame) -> bytes:
    """The form pre-filled for one town: names and targets, the last accepted figures in 备注, figures to fill in."""
    book = Workbook()
    targets = programme.targets(day)
    before = {(row["town"], row["village"], row["kind"]): row["previous"] for row in rows(previous)}
    progress = [
        {"town": town, "village": village, "kind": kind, "target": target, "done": None, "status": "", "remark": ""}
        for (owner, village, kind), target in targets.items()
        if owner == town
    ]
    sheet = book.active
    footer = (_date_label(day), "— &P —", "填报单位（盖章）：")
    _form(sheet, programme, progress, {}, footer, towns=[town])
    _note_previous(sheet, progress, before)
    return sheets.to_bytes(book)


def _form(
    sheet: Worksheet,
    programme: Programme,
    progress: list[Row],
    sources: dict[tuple[str, str, str], Row],
    footer: tuple[str, str, str],
    towns: Sequence[str] = (),
) -> None:
    sheet.title = "汇总表"
    _form_heading(sheet, f"{programme.title}每周进展情况汇总表")
    row = 4
    for town in towns or programme.towns:
        row = _form_town(sheet, row, town, [part for part in progress if part["town"] == town], sources)
    _form_total(sheet, row, progress)
    _form_page(sheet, row, footer)


def _form_heading(sheet: Worksheet, title: str) -> None:
    sheet.merge_cells("A1:G1")
    sheets.put(sheet, 1, 1, title).font = _font("方正小标宋简体", 22)
    sheet["A1"].alignment = _MIDDLE
    for cells, text in (
        ("A2:A3", "区 镇"), ("B2:B3", "整村推进村"), ("C2:D2", "目标任务"), ("E2:F2", "完成情况"), ("G2:G3", "备注"),
    ):  # fmt: skip
        sheet.merge_cells(cells)
        sheet[cells.partition(":")[0]].value = text
    for column in (3, 5):
        sheets.put(sheet, 3, column, NEW_BUILD)
        sheets.put(sheet, 3, column + 1, RENOVATION)
    _box(sheet, 2, _font("黑体", 14))
    _box(sheet, 3, _font("黑体", 14))


def _form_town(
    sheet: Worksheet, row: int, town: str, parts: list[Row], sources: dict[tuple[str, str, str], Row]
) -> int:
    """The rows of one town from `row` on; the next free row. A town without villages keeps its row."""
    first = row
    for village in dict.fromkeys(part["village"] for part in parts):
        mine = {part["kind"]: part for part in parts if part["village"] == village}
        _form_village(sheet, row, village, mine, sources)
        row += 1
    if not parts:
        sheets.put(sheet, row, 2, DASH)
        sheets.put(sheet, row, 7, "本年度无整村推进村")
        _box(sheet, row, _font("仿宋", 14))
        row += 1
    sheets.put(sheet, first, 1, town)
    if row - first > 1:
        sheet.merge_cells(start_row=first, end_row=row - 1, start_column=1, end_column=1)
    return row


def _form_village(
    sheet: Worksheet, row: int, village: str, parts: dict[str, Row], sources: dict[tuple[str, str, str], Row]
) -> None:
    sheets.put(sheet, row, 2, village)
    for offset, kind in enumerate(KINDS):
        sheets.put(sheet, row, 3 + offset, parts[kind]["target"])
        sheets.put(sheet, row, 5 + offset, parts[kind]["done"])
    sheets.put(sheet, row, 7, _remark(parts, sources))
    _box(sheet, row, _font("仿宋", 14))
    for offset, kind in enumerate(KINDS):
        if parts[kind]["status"] == CARRIED:
            sheet.cell(row, 5 + offset).font = _font("仿宋", 14, italic=True)


def _remark(parts: dict[str, Row], sources: dict[tuple[str, str, str], Row]) -> str:
    """The town's own remark, then in 〔〕 what the office did: which figures are carried from when, or missing."""
    said: list[str] = []
    for kind, part in parts.items():
        source = sources.get((part["town"], part["village"], kind), {})
        if part["status"] == CARRIED:
            said.append(f"{source['why']}，沿用截至{_short_date(source['week'])}数")
        elif part["status"] == MISSING:
            said.append(f"{source['why']}，暂缺")
    notes = (
        f"〔{said[0]}〕"
        if len(said) == len(parts) and len(set(said)) == 1
        else "".join(f"〔{kind}{text}〕" for kind, text in zip(_kinds_set_aside(parts), said, strict=True))
    )
    return f"{parts[NEW_BUILD]['remark']}{notes}"


def _kinds_set_aside(parts: dict[str, Row]) -> list[str]:
    return [kind for kind, part in parts.items() if part["status"] in (CARRIED, MISSING)]


def _form_total(sheet: Worksheet, row: int, progress: list[Row]) -> None:
    villages = {(part["town"], part["village"]) for part in progress}
    sheets.put(sheet, row, 1, "合 计")
    sheets.put(sheet, row, 2, f"{len(villages)}个村")
    for offset, kind in enumerate(KINDS):
        mine = [part for part in progress if part["kind"] == kind]
        known = [part["done"] for part in mine if part["done"] is not None]
        sheets.put(sheet, row, 3 + offset, sum(part["target"] for part in mine))
        sheets.put(sheet, row, 5 + offset, sum(known) if known else None)
    _box(sheet, row, _font("黑体", 14))


def _form_page(sheet: Worksheet, last: int, footer: tuple[str, str, str]) -> None:
    for number, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[sheets.get_column_letter(number)].width = width
    sheet.row_dimensions[1].height = 42
    for row in range(2, last + 1):
        sheet.row_dimensions[row].height = 25
    sheets.page(sheet, footer, "1:3")
    sheet.page_setup.fitToHeight = 1 if last <= _ONE_PAGE else 0
    sheet.print_area = f"A1:G{last}"
    sheet.freeze_panes = "C4"


def _box(sheet: Worksheet, row: int, font: Font) -> None:
    for column in range(1, 8):
        cell = sheet.cell(row, column)
        cell.border, cell.font, cell.alignment = _BOX, font, _MIDDLE
        if isinstance(cell.value, int):
            cell.number_format = "#,##0"
    if row > 3:
        sheet.cell(row, 7).font, sheet.cell(row, 7).alignment = _font("仿宋", 11), _LEFT


def _note_previous(sheet: Worksheet, progress: list[Row], before: dict[tuple[str, str, str], int | None]) -> None:
    """What the office has for last time, so that a clerk sees at once that the form is cumulative."""
    for number, village in enumerate(dict.fromkeys(part["village"] for part in progress)):
        known = [
            f"{kind} {before[part['town'], village, kind]}"
            for part in progress
            for kind in [part["kind"]]
            if part["village"] == village and before.get((part["town"], village, kind)) is not None
        ]
        if known:
            sheets.put(sheet, 4 + number, 7, "（填累计数；上次累计 " + "、".join(known) + "）")


# ---- where figures come from -----------------------------------------------------------------------------------


def _sources(progress: list[Row], history: list[Row], week: Week) -> dict[tuple[str, str, str], Row]:
    """village × kind -> week, file, sheet, cell, raw of the figure that is printed, and why it is that one."""
    reported = {_key(row): row for row in history if row["status"] in (REPORTED, CORRECTED)}
    decisions: dict[tuple[str, str, str], Correct | Enter] = {
        (decision.town, decision.village, decision.kind): decision
        for decision in week.decisions
        if isinstance(decision, Correct | Enter)
    }
    sent = {row["town"] for row in progress if row["status"] in (REPORTED, CORRECTED)}
    found = {}
    for row in progress:
        origin = reported.get(_key(row), {}) if row["status"] == CARRIED else row
        place = {name: origin.get(name, "") for name in ("week", "file", "sheet", "cell", "raw")}
        why = "本周未报送" if row["town"] not in sent else "本周数待核"
        if row["status"] == CORRECTED and _key(row) in decisions:
            why = f"决定：{decisions[_key(row)].signature}"
        elif row["status"] == REPORTED:
            why = ""
        found[_key(row)] = {**place, "why": why}
    return found


def _key(row: Row) -> tuple[str, str, str]:
    return row["town"], row["village"], row["kind"]


# ---- the other sheets ------------------------------------------------------------------------------------------

Listing = tuple[str, str, list[str], list[list[Any]]]


def _analysis(
    programme: Programme,
    week: Week,
    frames: dict[str, pd.DataFrame],
    reporting: pd.DataFrame,
    sources: dict[tuple[str, str, str], Row],
    check_code: str,
    is_final: bool,
) -> Iterable[Listing]:
    """(sheet name, note, heading, rows) of every sheet behind the form."""
    completion, progress = rows(frames["completion"]), rows(frames["progress"])
    yield _towns(programme, completion)
    yield _villages(programme, completion, progress)
    yield _findings(rows(frames["findings"]))
    yield _reporting(programme, rows(frames["submissions"]), rows(reporting))
    yield _trace(progress, sources)
    yield _explanation(programme, week, check_code, is_final)


_MEASURES = ("target", "done", "rate")
_DETAILS = ("added", "expected", "gap", "remaining", "achieved_per_week", "needed_per_week")


def _measure_heading(unit: str) -> list[str]:
    kinds = [f"{kind}{label}" for kind in (*KINDS, TOTAL) for label in (f"目标（{unit}）", f"完成（{unit}）", "完成率")]
    return [*kinds, *(COLUMNS[name].label for name in _DETAILS)]


def _measures(group: dict[str, Row]) -> list[Any]:
    kinds = [group[kind][name] for kind in (*KINDS, TOTAL) for name in _MEASURES]
    return [*kinds, *(group[TOTAL][name] for name in _DETAILS)]


def _towns(programme: Programme, completion: list[Row]) -> Listing:
    head = ["位次", "区镇", "村数", *_measure_heading(programme.unit), "状态"]
    lines = []
    for town in (*programme.towns, ""):
        scope = TOWN if town else WHOLE
        group = {row["kind"]: row for row in completion if row["scope"] == scope and row["town"] == town}
        villages = len(programme.towns[town].villages) if town else len(programme.villages)
        lines.append(
            [group[TOTAL]["rank"], town or DISTRICT, villages, *_measures(group), group[TOTAL]["light"] or NO_TASK]
        )
    note = "完成率＝完成÷目标；较序时＝完成率－序时进度（百分点）；位次按合计完成率，未报的区镇不排名；空格表示没有任务或暂缺。"
    return "分镇汇总", note, head, lines


def _villages(programme: Programme, completion: list[Row], progress: list[Row]) -> Listing:
    head = ["区镇", "整村推进村", "级别", *_measure_heading(programme.unit), "状态", "新建数据", "整改数据", "备注"]
    status = {_key(row): PROGRESS_STATUS[row["status"]] for row in progress}
    remarks = {(row["town"], row["village"]): row["remark"] for row in progress}
    lines = []
    for town, village in programme.villages:
        group = {
            row["kind"]: row
            for row in completion
            if row["scope"] == VILLAGE and (row["town"], row["village"]) == (town, village.name)
        }
        data = [status[town, village.name, kind] for kind in KINDS]
        light = group[TOTAL]["light"] or NO_TASK
        lines.append([town, village.name, village.tier, *_measures(group), light, *data, remarks[town, village.name]])
    return "分村明细", "每行一个整村推进村，按表中区镇顺序；“沿用”指本周数未采用，取上次累计数。", head, lines


def _findings(found: list[Row]) -> Listing:
    names = ("town", "village", "kind", "file", "sheet", "cell", "raw", "message")
    head = ["级别", "规则", *(COLUMNS[name].label for name in names)]
    lines = [[LEVELS[row["level"]], RULES[row["rule"]].label, *(row[name] for name in names)] for row in found]
    note = "退回、待裁定：该数未采用；待说明、提示：已采用。单元格为原表位置，便于电话核对。"
    return "数据问题清单", note, head, lines


def _reporting(programme: Programme, submissions: list[Row], reporting: list[Row]) -> Listing:
    weeks = list(dict.fromkeys(row["week"] for row in reporting))
    status = {(row["town"], row["week"]): SUBMISSION_STATUS[row["status"]] for row in reporting}
    head = [
        "区镇",
        *(f"第{_number(programme, week)}周 {_short_date(week)}" for week in weeks),
        "本周文件",
        "文件指纹（SHA-256）",
    ]
    lines = []
    for row in submissions:
        own = [status.get((row["town"], week), "") for week in weeks]
        if row is not next(other for other in submissions if other["town"] == row["town"]):
            own = [*[""] * (len(weeks) - 1), SUBMISSION_STATUS[row["status"]]]
        lines.append([row["town"] or "（无法确定）", *own, row["file"], row["sha256"]])
    return "报送情况", "每个区镇一行；同一区镇的其他文件列在后面。", head, lines


def _trace(progress: list[Row], sources: dict[tuple[str, str, str], Row]) -> Listing:
    head = [
        "区镇",
        "整村推进村",
        "类别",
        "完成数",
        "情况",
        "报送周（截至）",
        "文件",
        "工作表",
        "单元格",
        "原文",
        "依据",
    ]
    lines = []
    for row in progress:
        source = sources[_key(row)]
        where = [source[name] for name in ("week", "file", "sheet", "cell", "raw", "why")]
        lines.append([row["town"], row["village"], row["kind"], row["done"], PROGRESS_STATUS[row["status"]], *where])
    return (
        "溯源",
        "汇总表、分镇汇总、分村明细中的每个完成数，都是下列各数或其相加；文件在 data/raw/报送周/ 下。",
        head,
        lines,
    )


def _explanation(programme: Programme, week: Week, check_code: str, is_final: bool) -> Listing:
    schedule, lights = programme.schedule, programme.lights
    lines = [
        ["状态", "定稿" if is_final else "初稿（有未了结的问题，见数据问题清单）"],
        ["校验码", check_code],
        ["依据", programme.document],
        ["统计单位", f"{programme.unit}（户、座、个按同一单位统计）"],
        ["完成率", "完成数之和÷目标数之和；超过100%如实列出；未全部完成的不进位为100%"],
        ["序时进度", f"{schedule.start:%Y-%m-%d} 至 {schedule.end:%Y-%m-%d} 按天均匀计算（首尾两天都算）"
         + "".join(f"；{day} 应达 {tables.percent(share)}" for day, share in sorted(schedule.milestones.items()))],
        ["状态用语", f"较序时高于 {-lights.behind} 个百分点为超序时，低于 {lights.behind} 为慢序时，低于 {lights.far_behind} 为严重滞后"],
        ["尚缺", "各村各类未完成数之和；一个村超额不抵另一个村的欠账"],
        ["近四周周均", "最近四个有报送的周的平均每周完成数"],
        *(["书面决定", f"{decision.do} {decision.town} {decision.village}{decision.kind} {decision.file}"
           f" —— {decision.signature}"] for decision in week.decisions),
    ]  # fmt: skip
    return "说明", "各表用语和计算口径；本工作簿由程序生成，数值均可在“溯源”表查到来源。", ["项目", "说明"], lines


def _listing(
    sheet: Worksheet, title: str, note: str, head: list[str], lines: list[list[Any]], footer: tuple[str, str, str]
) -> None:
    """A plain list: title in A1, note in A2, one real table from A3, no merged cells."""
    sheets.put(sheet, 1, 1, title).font = _font("黑体", 14)
    sheets.put(sheet, 2, 1, note).font = _font("宋体", 10, color="595959")
    for column, text in enumerate(head, 1):
        cell = sheets.put(sheet, 3, column, text)
        cell.font, cell.fill, cell.alignment = _font("黑体", 10, color="FFFFFF"), _HEAD, _MIDDLE
    for number, line in enumerate(lines, 4):
        for column, value in enumerate(line, 1):
            _value(sheet, number, column, value, head[column - 1])
    _widths(sheet, head, lines)
    sheet.row_dimensions[3].height = 32
    sheet.freeze_panes = "C4" if len(head) > 3 else "A4"
    sheets.page(sheet, footer, "3:3")
    sheets.listing(sheet, f"表{sheet.title}", 3, len(head), len(lines))


def _value(sheet: Worksheet, row: int, column: int, value: Any, heading: str) -> None:
    if isinstance(value, Decimal):
        cell = sheets.put(sheet, row, column, float(value))
        is_share = "率" in heading or heading == COLUMNS["expected"].label
        cell.number_format = "0.00%" if is_share else "+0.00;-0.00;0.00" if "百分点" in heading else "0.0"
    else:
        cell = sheets.put(sheet, row, column, value)
        if isinstance(value, int):
            cell.number_format = "#,##0"
    cell.font = _font("宋体", 10)
    is_text = isinstance(value, str)
    cell.alignment = Alignment(horizontal="left" if is_text else "right", vertical="center", wrap_text=is_text)
    cell.border = Border(bottom=Side(style="hair", color="A6A6A6"))


def _widths(sheet: Worksheet, head: list[str], lines: list[list[Any]]) -> None:
    """Wide enough for the longest text (a Chinese character is two columns wide), within reason."""
    for column, heading in enumerate(head):
        longest = max((_breadth(line[column]) for line in lines), default=0)
        width = min(max(longest, _breadth(heading) / 2, 8), 60) + 2
        sheet.column_dimensions[sheets.get_column_letter(column + 1)].width = width


def _breadth(value: Any) -> int:
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in str(value)) if value is not None else 0


# ---- dates in words --------------------------------------------------------------------------------------------


def _date_label(day: dt.date) -> str:
    return f"截至{day.year}年{day.month}月{day.day}日"


def _short_date(week: str) -> str:
    day = dt.date.fromisoformat(week)
    return f"{day.month}月{day.day}日"


def _number(programme: Programme, week: str) -> int:
    return programme.schedule.week_number(dt.date.fromisoformat(week))


def _week_label(programme: Programme, day: dt.date) -> str:
    return f"第{programme.schedule.week_number(day)}周，{_date_label(day)}"


def _footer(programme: Programme, day: dt.date, check_code: str, is_final: bool) -> tuple[str, str, str]:
    """What the print footer says; & is Excel's own sign there."""
    state = "" if is_final else "　初稿"
    left = f"{_date_label(day)}（第{programme.schedule.week_number(day)}周）{state}　校验码 {check_code}"
    return left.replace("&", "&&"), "— &P —", programme.office.replace("&", "&&")
