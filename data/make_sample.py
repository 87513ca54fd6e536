"""示例数据: the invented submissions of eight Fridays, as towns really send them. data/README.md tells each week's story.

    python data/make_sample.py [FOLDER]

writes the towns' files of every week below FOLDER (usually data/raw). The same files come out every time. Village
names and all figures are invented; only the towns' names are real.
"""

import csv
import io
import random
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlwt

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from pipeline.products import packing

WEEKS = (
    "2023-04-07", "2023-04-14", "2023-04-21", "2023-04-28", "2023-05-05", "2023-05-12", "2023-05-19", "2023-05-26",
)  # fmt: skip
TITLE = "2023年度农村户厕改造整村推进每周进展情况汇总表（示例数据）"
CURVE = (0.12, 0.24, 0.36, 0.49, 0.62, 0.75, 0.88, 1.0)  # share of the eighth week's figure

# town | village | target 新建, 整改 | done in the eighth week 新建, 整改
VILLAGES = (
    ("海门街道", "江畔村", 310, 165, 108, 61),
    ("三厂街道", "织坊村", 180, 95, 50, 97),
    ("临江镇", "沙洲村", 275, 145, 84, 45),
    ("包场镇", "盐灶村", 420, 180, 82, 34),
    ("包场镇", "盐河村", 165, 0, 31, 0),
    ("三星镇", "绣坊村", 205, 260, 63, 84),
    ("三星镇", "古井村", 240, 110, 68, 33),
    ("常乐镇", "长乐村", 330, 120, 112, 39),
    ("正余镇", "正阳村", 290, 135, 78, 36),
    ("悦来镇", "八里村", 355, 150, 101, 47),
    ("四甲镇", "五甲村", 0, 385, 0, 88),
)
TOWNS = tuple(dict.fromkeys(town for town, *_ in VILLAGES))
Row = list[Any]  # village, target 新建, target 整改, done 新建, done 整改, remark


def main(folder: Path) -> None:
    """Write all weeks anew."""
    season = _season()
    for number, day in enumerate(WEEKS, 1):
        shutil.rmtree(folder / day, ignore_errors=True)
        for town in TOWNS:
            rows = [row for owner, row in season[number] if owner == town]
            for name, content in _files(number, day, town, rows):
                path = folder / day / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)


# ---- the figures -----------------------------------------------------------------------------------------------


def _season() -> dict[int, list[tuple[str, Row]]]:
    """week number -> (town, row) of every village; the story's own figures in place."""
    dice = random.Random(2023)
    season: dict[int, list[tuple[str, Row]]] = {number: [] for number in range(1, 9)}
    for town, village, new, renovated, *last in VILLAGES:
        grown = [_growth(figure, dice) for figure in last]
        for number, row in season.items():
            row.append((town, [village, new, renovated, grown[0][number - 1], grown[1][number - 1], ""]))
    for (number, village, column), value in STORY.items():
        row_of = next(row for _, row in season[number] if row[0] == village)
        row_of[column] = value
    return season


def _growth(last: int, dice: random.Random) -> list[int]:
    """Eight cumulative figures that end at `last`."""
    steps = [max(0, round(last * share + dice.uniform(-0.02, 0.02) * last)) for share in CURVE]
    return [max(steps[:place]) for place in range(1, 8)] + [last]


NEW_TARGET, TARGET, NEW, RENOVATED, REMARK = 1, 2, 3, 4, 5
EXPLAINED = "群众要求增加2座，已报备"
# (week, village, column) -> what the town typed
STORY: dict[tuple[int, str, int], Any] = {
    (4, "绣坊村", NEW_TARGET): 215,  # typed wrong: the programme says 205
    (5, "盐灶村", NEW): 20,  # fell from about 35, unexplained
    (8, "织坊村", NEW): "约50",
    (7, "长乐村", NEW): 115,  # three registered twice; falls in week 8
    (8, "长乐村", REMARK): "核减重复登记3座",
    **{(week, "织坊村", RENOVATED): done for week, done in enumerate((12, 25, 40, 58, 78, 97, 97, 97), 1)},
    **{(week, "织坊村", REMARK): EXPLAINED for week in (6, 7, 8)},
}


# ---- the files -------------------------------------------------------------------------------------------------


def _files(number: int, day: str, town: str, rows: list[Row]) -> list[tuple[str, bytes]]:
    """(name, content) of what one town sends in one week."""
    month, date = int(day[5:7]), int(day[8:])
    name, write = STYLES[town]
    sent = [(name.format(month=month, date=date), write(rows))]
    if (number, town) == (3, "悦来镇"):
        return []
    if (number, town) == (2, "海门街道"):  # the same file once more, as chat programs save it
        return [*sent, (sent[0][0].replace(".xlsx", "(1).xlsx"), sent[0][1])]
    if (number, town) == (2, "四甲镇"):  # .xlsx inside, .xls outside
        return [(sent[0][0].replace(".xlsx", ".xls"), sent[0][1])]
    if (number, town) == (4, "三星镇"):
        return [(sent[0][0], _text_numbers(rows, total=[*_sums(rows)[:3], _sums(rows)[3] + 10]))]
    if (number, town) == (7, "正余镇"):
        early = [[*row[:NEW], row[NEW] - 6, *row[RENOVATED:]] for row in rows]
        return [*sent, (sent[0][0].replace("正余镇", "正余镇 初稿 "), write(early))]
    return sent


def _sums(rows: list[Row]) -> list[int]:
    return [sum(row[column] for row in rows if isinstance(row[column], int)) for column in range(1, 5)]


def _official(
    rows: Sequence[tuple[str, Row]], sender: str = "", total: Sequence[Any] = (), notes: Sequence[str] = ()
) -> openpyxl.Workbook:
    """The notice's form: title, 填报单位, a heading in two lines, rows (town, row), 合计, notes."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    sheet.append([TITLE])
    sheet.merge_cells("A1:G1")
    if sender:
        sheet.append([f"填报单位：{sender}", None, None, None, None, "单位：座"])
    top = sheet.max_row + 1
    sheet.append(["区 镇", "整村推进村", "目标任务", None, "完成情况", None, "备注"])
    sheet.append([None, None, "新建", "整改", "新建", "整改", None])
    for place in ("A{0}:A{1}", "B{0}:B{1}", "C{0}:D{0}", "E{0}:F{0}", "G{0}:G{1}"):
        sheet.merge_cells(place.format(top, top + 1))
    for town, row in rows:
        sheet.append([town, *row])
    if total:
        sheet.append(["合 计", "", *total])
    for note in notes:
        sheet.append([note])
    return book


def _to_bytes(book: openpyxl.Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return packing.frozen(written.getvalue())


def _named(town: str, rows: list[Row]) -> list[tuple[str, Row]]:
    return [(town, row) for row in rows]


def _plain(sender: str, town: str) -> Callable[[list[Row]], bytes]:
    """Their own rows and 合计."""
    return lambda rows: _to_bytes(_official(_named(town, rows), sender, _sums(rows)))


def _merged(rows: list[Row]) -> bytes:
    """包场镇: the town cell merged over its two villages, a 小计 under them."""
    book = _official(_named("包场镇", rows), "海门港新区（包场镇）")
    sheet = book.active
    sheet.append([None, "小计", *_sums(rows)])
    sheet.merge_cells("A5:A7")
    return _to_bytes(book)


def _text_numbers(rows: list[Row], total: Sequence[Any] = ()) -> bytes:
    """三星镇: numbers stored as text, some with the unit."""
    typed = [[row[0], *map(str, row[1:4]), f"{row[4]}座", row[5]] for row in rows]
    return _to_bytes(_official(_named("三星镇", typed), "", [str(figure) for figure in total or _sums(rows)]))


def _whole_template(rows: list[Row]) -> bytes:
    """常乐镇: everybody's rows, the others' left empty."""
    own = {row[0]: row for row in rows}
    everybody = [
        (town, own.get(village, [village, new, renovated, None, None, ""]))
        for town, village, new, renovated, *_ in VILLAGES
    ]
    return _to_bytes(_official(everybody, "", _sums(rows)))


def _with_notes(rows: list[Row]) -> bytes:
    """悦来镇: notes under the table."""
    notes = ["注：完成情况为4月1日以来累计数。", "填报人：示例　审核人：示例"]
    return _to_bytes(_official(_named("悦来镇", rows), "悦来镇人民政府", _sums(rows), notes))


def _extra_columns(rows: list[Row]) -> bytes:
    """正余镇: one heading line, other columns between."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["序号", "区镇", "村名", "新建目标", "新建完成", "新建完成率", "整改目标", "整改完成", "备注"])
    for number, (village, new, renovated, done_new, done_renovated, remark) in enumerate(rows, 1):
        rate = f"{done_new / new:.1%}"
        sheet.append([number, "正余", village, new, done_new, rate, renovated, done_renovated, remark])
    return _to_bytes(book)


def _old_excel(rows: list[Row]) -> bytes:
    """三厂街道: an .xls of 2003."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("进展情况")
    sheet.write_merge(0, 0, 0, 6, TITLE)
    heading = ["镇街", "整村推进村", "目标任务新建", "目标任务整改", "完成情况新建", "完成情况整改", "备注"]
    for line, cells in enumerate([heading, *(["三厂工业园区", *row] for row in rows), ["合计", "", *_sums(rows)]], 1):
        for column, value in enumerate(cells):
            sheet.write(line, column, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _csv(rows: list[Row]) -> bytes:
    """临江镇: a CSV in GBK, as WPS saves it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([TITLE])
    writer.writerow(["区镇", "整村推进村", "目标任务（新建）", "目标任务（整改）", "完成情况（新建）", "完成情况（整改）", "备注"])  # fmt: skip
    writer.writerows(["临江新区", *row] for row in rows)
    writer.writerow(["合计", "", *_sums(rows)])
    return out.getvalue().encode("gb18030")


# town -> (name of its file, how it writes it)
STYLES: dict[str, tuple[str, Callable[[list[Row]], bytes]]] = {
    "海门街道": ("海门街道每周进展{month}月{date}日.xlsx", _plain("海门街道办事处", "海门街道")),
    "三厂街道": ("三厂街道户厕周报{month:02}{date:02}.xls", _old_excel),
    "临江镇": ("临江新区汇总表{month}.{date}.csv", _csv),
    "包场镇": ("微信接收/包场镇（截至{month}月{date}日）.xlsx", _merged),
    "三星镇": ("三星镇{month:02}{date:02}.xlsx", _text_numbers),
    "常乐镇": ("常乐镇每周进展情况汇总表.xlsx", _whole_template),
    "正余镇": ("微信接收/正余镇{month}.{date}.xlsx", _extra_columns),
    "悦来镇": ("悦来镇 {month}月{date}日.xlsx", _with_notes),
    "四甲镇": ("四甲镇户厕{month:02}{date:02}.xlsx", _plain("四甲镇", "四甲镇")),
}


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent / "raw")
