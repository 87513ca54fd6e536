"""A right form drawn by chance: its office's figures, its headings, its further columns, tabs and lines."""

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from pipeline.records import Key
from tests.generated import office, words
from tests.generated.office import KINDS
from tests.generated.plans import Cell, Column, Put, Sent, Sheet, Text
from tests.generated.writing import letters

TITLE = "2023年度农村户厕改造整村推进每周进展情况汇总表"


def clean(dice: random.Random, busy: bool = True) -> Sent:
    """A form that any clerk would call right. busy: whether there may be columns and tabs beside it."""
    town = dice.choice(("包场镇", "包场镇", "三星镇", "三星镇", "四甲镇"))
    day = dice.choice((office.DAY, office.DAY, office.FIRST))
    done = {key: _figure(dice, key, day) for key in office.keys(town)}
    sheet = _sheet(dice, town, day, done)
    name = dice.choice(
        (f"{town}.xlsx", f"{town}{office.short(day)}.xlsx", f"{town}（最终版）.xlsx", f"{town}户厕进展.xlsx")
    )
    notes = set()
    traits: list[str] = []
    sheet, grade = _further(dice, sheet, town, day, notes, traits) if busy else (sheet, "clean")
    sheet = _cells(dice, sheet, notes, traits)
    sheet = _totals(dice, sheet, town, notes, traits)
    sheet = _hiding(dice, sheet, notes, traits)
    if any("审核人：" in text.words for text in sheet.below):
        notes.add("unsigned")
    sheets = _tabs(dice, sheet, town, day, notes, traits) if busy else (sheet,)
    if len(sheets) == 1 and dice.random() < 0.15:
        name, told = _container(dice, name, sheets[0])
        notes |= told
        traits += [name.rpartition(".")[2]] if told or name.endswith("csv") else []
    return Sent(town, day, name, sheets, done, grade, traits=tuple(traits), notes=frozenset(notes))


def _container(dice: random.Random, name: str, sheet: Sheet) -> tuple[str, set[str]]:
    """The same as lines of text, as a page named .xls, as a Word table: of a form without what these cannot hold."""
    plain = not any(isinstance(cell, Put | float) for column in sheet.columns for cell in column.cells)
    if not plain or sheet.hidden_rows or any(column.hidden for column in sheet.columns):
        return name, set()
    suffix, told = dice.choice(
        (("csv", set()), ("xls", {"unusual_format", "wrong_extension"}), ("docx", {"unusual_format"}))
    )
    return name.replace("xlsx", suffix), told


def _figure(dice: random.Random, key: Key, day: str) -> int:
    """No less than a week ago, no jump, not over the target."""
    kind = KINDS.index(key.kind)
    target, before = office.targets(key.town, key.village)[kind], office.before(key.town, key.village, day)[kind]
    return min(target, before + dice.randint(0, target // 12))


# ---- the form's own columns ------------------------------------------------------------------------------------


def _sheet(dice: random.Random, town: str, day: str, done: dict[Key, int]) -> Sheet:
    villages, own = list(office.TOWNS[town]), town
    if dice.random() < 0.3:
        dice.shuffle(villages)
    town = dice.choice((town, town, town, *office.ALIASES[town], f"{town}人民政府"))
    towns = dice.choice(((town,) * len(villages), (town, *[None] * (len(villages) - 1)), (town,) * len(villages)))
    heads = _heads(dice, day)
    columns = [
        Column(heads["town"], "town", towns, needed=True),
        Column(heads["village"], "village", tuple(map(_village_as(dice), villages)), needed=True),
    ]
    measures = ["target", "done"] if dice.random() < 0.85 else ["done", "target"]
    kinds = list(KINDS) if dice.random() < 0.85 else list(reversed(KINDS))
    pairs = [(measure, kind) for measure in measures for kind in kinds]
    if heads["by kind"]:
        pairs = [(measure, kind) for kind in kinds for measure in measures]
    for measure, kind in pairs:
        at = KINDS.index(kind)
        figures = [
            office.targets(own, name)[at] if measure == "target" else done[Key(own, name, kind)] for name in villages
        ]
        columns.append(
            Column(heads[f"{measure} {kind}"], f"{measure} {kind}", tuple(figures), sum(figures), needed=True)
        )
    if dice.random() < 0.85:
        remark = Column(heads["remark"], "remark", tuple(_remark(dice) for _ in villages))
        columns.insert(2 if dice.random() < 0.1 else len(columns), remark)
    return Sheet(
        columns=tuple(columns),
        above=tuple(_above(dice, own, day)),
        below=tuple(_below(dice)),
        lines=(dice.choice(words.CODES),) if dice.random() < 0.12 else (),
        merged_heading=dice.random() < 0.7,
        merged_towns=dice.random() < 0.4,
        blank_rows=dice.random() < 0.05,
        is_main=True,
    )


def _heads(dice: random.Random, day: str) -> dict[str, tuple[str, ...]]:
    """The headings of the form's own columns, in one, two or three lines; `by kind`: 新建 and 整改 stand on top."""
    said = {
        name: dice.choice(of).format(d=office.spoken(day), s=office.short(day))
        for name, of in (
            ("town", words.TOWN), ("village", words.VILLAGE), ("target", words.TARGET), ("done", words.DONE),
            ("新建", words.NEW), ("整改", words.OLD), ("remark", words.REMARK),
        )
    }  # fmt: skip
    chance = dice.random()
    if chance < 0.3:
        said.update(target="目标任务", done="完成情况", 新建="新建", 整改="整改")  # as the notice has it
    if chance > 0.93:
        between = dice.choice((" ", "\n", "/"))
        said = dict(zip(said, (f"{w}{between}{words.ENGLISH[w]}" for w in list(words.ENGLISH)), strict=True))
        said = {
            **said,
            "新建": f"新建{between}New",
            "整改": f"整改{between}Renovated",
            "remark": f"备注{between}Remarks",
        }
    unit = f"（{dice.choice(words.UNITS)}）" if dice.random() < 0.15 else ""
    place = dice.choice(("measure", "kind", "below"))
    if unit and place == "measure":
        said.update(target=said["target"] + unit, done=said["done"] + unit)
    elif unit and place == "kind":
        said.update(新建=said["新建"] + unit, 整改=said["整改"] + unit)
    layout = dice.choice(("one", "two", "two", "two", "by kind", "three"))
    over = dice.choice(("户厕改造", "进展情况", "2023年整村推进", "农村户厕改造"))
    way = dice.choice(("{m}{k}", "{m}（{k}）", "{m}-{k}", "{k}{m}", "{m} {k}"))
    found: dict[str, tuple[str, ...]] = {name: (said[name],) for name in ("town", "village", "remark")}
    for measure in ("target", "done"):
        for kind in KINDS:
            m, k = said[measure], said[kind]
            head = {
                "one": (way.format(m=m, k=k),), "two": (m, k), "by kind": (k, m), "three": (over, m, k),
            }[layout]  # fmt: skip
            found[f"{measure} {kind}"] = (*head, unit[1:2]) if unit and place == "below" and layout != "three" else head
    found["by kind"] = ("yes",) if layout == "by kind" else ()
    return found


def _village_as(dice: random.Random) -> Callable[[str], str]:
    way = dice.choice(("{}", "{}", "{}", "{}", "{}村委会", "{}民委员会", " {} ", "{}（省级）", "{}★"))
    return lambda name: way.format(name).replace("村村委会", "村村委会")


def _remark(dice: random.Random) -> Cell:
    return dice.choice((None, None, None, "", "进展顺利", "正常推进", "农忙影响进度", "雨天较多", "按计划推进"))


def _above(dice: random.Random, town: str, day: str) -> list[Text]:
    lines = []
    if dice.random() < 0.2:
        lines.append(Text(dice.choice(("附件2", "附件2：", "附表"))))
    if dice.random() < 0.9:
        spoken = office.spoken(day)
        suffix = dice.choice(
            (
                "",
                "",
                "",
                f"（截至{spoken}）",
                f"（{office.number(day)}）",
                f"（截至2023年{spoken}）",
                f"（截至{spoken}17时）",
            )
        )
        title = dice.choice((TITLE, TITLE, TITLE.replace("年度", "年"), town + TITLE, TITLE.replace("每周", "")))
        lines.append(Text(title + suffix))
    for chance, line in (
        (0.25, f"填报单位（盖章）：{town}"),
        (
            0.2,
            dice.choice(
                (f"填报日期：2023年{office.spoken(day)}", f"填报时间：{day}", f"日期：{day.replace('-', '/')}")
            ),
        ),
        (0.2, dice.choice(("单位：座", "单位：户", "单位：个", "单位：户（座）", "计量单位：座"))),
        (0.15, f"填报单位：{town}人民政府　　填报日期：2023年{office.spoken(day)}　　单位：座"),
    ):
        if dice.random() < chance:
            lines.append(Text(line))
    return lines


def _below(dice: random.Random) -> list[Text]:
    lines = (
        "填报人：　　　　审核人：",
        "注：1.本表为累计数；2.每周五下班前报。",
        "审核人：",
        "注：本表填累计数，无进展也请零报告。",
    )
    return [Text(line) for line in lines if dice.random() < 0.1]


# ---- what stands beside ----------------------------------------------------------------------------------------


def _further(
    dice: random.Random, sheet: Sheet, town: str, day: str, notes: set[str], traits: list[str]
) -> tuple[Sheet, str]:
    """Columns that are not the form's: before, between and after its own; and what grade that leaves."""
    grade = "clean"
    if dice.random() < 0.3:
        count = len(sheet.column("village").cells)
        serial = Column(("序号",), "", tuple(range(1, count + 1)))
        sheet = replace(sheet, columns=(serial, *sheet.columns))
    if dice.random() < 0.08:
        sheet = _with_growth(dice, sheet, town, day)
        notes |= {"extra_columns", "column_chosen"}
        traits.append("growth")
    for chance, make in ((0.12, _rate), (0.12, _subtotals)):
        if dice.random() < chance:
            sheet = make(dice, sheet)
    for _ in range(dice.choice((0, 0, 1, 1, 2, 3))):
        heading = words.other_heading(dice, day)
        grade = "plain" if heading.speaks_of_done else grade
        traits.append(f"further {heading.words}")
        sheet = inserted(dice, sheet, further(dice, sheet, heading, town, day))
    if len(sheet.columns) > 6:
        notes.add("extra_columns")
    return sheet, grade


def further(dice: random.Random, sheet: Sheet, heading: words.Heading, town: str, day: str) -> list[Column]:
    """The columns of one further heading: a pair by kind in the form's own way, or one alone."""
    own = sheet.column("done 新建")
    alone = dice.random() < 0.3 and not heading.is_added
    hidden = dice.random() < 0.08
    columns = []
    for kind in KINDS[:1] if alone else KINDS:
        figures = [_another(dice, sheet, index, kind, heading, town, day) for index in range(len(own.cells))]
        sub = sheet.column(f"done {kind}").head[-1] if len(own.head) > 1 else kind
        head = (heading.words,) if alone else (heading.words, kind if len(sub) < 2 else sub)
        if len(own.head) == 1 and not alone:
            head = (f"{heading.words}{kind}",) if dice.random() < 0.5 else (f"{heading.words}（{kind}）",)
        whole = [figure for figure in figures if isinstance(figure, int)]
        columns.append(Column(head, "", tuple(figures), sum(whole) if dice.random() < 0.7 else None, hidden))
    return columns


def _another(
    dice: random.Random, sheet: Sheet, index: int, kind: str, heading: words.Heading, town: str, day: str
) -> Cell:
    """A figure that is plausible as 完成情况 and is not it; of 本周新增 the true one."""
    done = sheet.column(f"done {kind}").cells[index]
    village = next(name for name in office.TOWNS[town] if name in str(sheet.column("village").cells[index]))
    at = KINDS.index(kind)
    if not isinstance(done, int) or office.targets(town, village)[at] == 0:
        return 0
    if heading.is_added:
        return done - office.before(town, village, day)[at]
    if "万元" in heading.unit and dice.random() < 0.5:
        return round(done * 0.15 + 0.1, 2)
    near = done + dice.choice((-7, -6, -5, -3, -2, -1, 1, 2, 3, 5, 8))
    return near if 0 <= near <= office.targets(town, village)[at] and near != done else done + 1


def inserted(dice: random.Random, sheet: Sheet, columns: list[Column]) -> Sheet:
    """Between two groups of the form's own columns, or before or after them."""
    own = sheet.columns
    first = own.index(sheet.column("village")) + 1
    gaps = [at for at in range(first, len(own) + 1) if at == len(own) or own[at].head[0] != own[at - 1].head[0]]
    at = dice.choice(gaps)
    return replace(sheet, columns=(*own[:at], *columns, *own[at:]))


def _rate(_dice: random.Random, sheet: Sheet) -> Sheet:
    """完成率 of both kinds together, as it should be."""
    rates = []
    for index in range(len(sheet.column("village").cells)):
        done, target = (
            sum(int(sheet.column(f"{m} {kind}").cells[index] or 0) for kind in KINDS) for m in ("done", "target")
        )
        rate = (Decimal(done * 100) / target).quantize(Decimal("0.01"), ROUND_HALF_UP)
        rates.append(f"{rate}%")
    return replace(sheet, columns=(*sheet.columns, Column(("完成率",), "", tuple(rates))))


def _with_growth(dice: random.Random, sheet: Sheet, town: str, day: str) -> Sheet:
    """What stood last week, what was added, what that makes: before the form's own columns, all of them true."""
    own = [sheet.column(f"done {kind}") for kind in KINDS]
    if len(own[0].head) != 2 or own[0].head[0] in own[0].head[1] or own[0].head[0] != own[1].head[0]:
        return sheet
    names = [next(name for name in office.TOWNS[town] if name in str(cell)) for cell in sheet.column("village").cells]
    for column in own:
        done = replace(column, head=("累计完成", column.head[1]))
        sheet = replace(sheet, columns=tuple(done if each is column else each for each in sheet.columns))
    made = []
    for heading in dice.choice((("本周新增",), ("上周累计完成", "本周新增"), ("本周完成",), ("上周累计", "本周完成"))):
        for at, column in enumerate(own):
            before = [office.before(town, name, day)[at] for name in names]
            added = [int(str(cell)) - one for cell, one in zip(column.cells, before, strict=True)]
            cells = before if heading.startswith("上周") else added
            made.append(Column((heading, column.head[1]), "", tuple(cells), sum(cells)))
    first = min(place for place, column in enumerate(sheet.columns) if column.measure == "done")
    return replace(sheet, columns=(*sheet.columns[:first], *made, *sheet.columns[first:]))


def _subtotals(dice: random.Random, sheet: Sheet) -> Sheet:
    """小计 beside 新建 and 整改 of a measure, under the same heading."""
    if (
        len(sheet.column("done 新建").head) != 2
        or sheet.column("done 新建").head[0] != sheet.column("done 整改").head[0]
    ):
        return sheet
    columns = list(sheet.columns)
    for measure in ("target", "done"):
        pair = [sheet.column(f"{measure} {kind}") for kind in KINDS]
        sums = [sum(int(cell or 0) for cell in cells) for cells in zip(*(column.cells for column in pair), strict=True)]
        after = max(columns.index(column) for column in pair)
        before = min(columns.index(column) for column in pair)
        at = dice.choice((before, after + 1))
        columns.insert(at, Column((pair[0].head[0], dice.choice(("小计", "合计"))), "", tuple(sums), sum(sums)))
    return replace(sheet, columns=tuple(columns))


# ---- how cells are typed ---------------------------------------------------------------------------------------


def _cells(dice: random.Random, sheet: Sheet, notes: set[str], traits: list[str]) -> Sheet:
    way = dice.choice(
        ("number",) * 8 + ("text", "wide", "unit", "spaces", "float", "noise", "format", "format", "formula", "dash")
    )
    code = dice.choice(words.HARMLESS)
    if way != "number":
        traits.append(f"{way} {code}" if way == "format" else way)
    columns = []
    for column in sheet.columns:
        if column.measure == "done":
            cells = tuple(_typed(cell, way, code) for cell in column.cells)
            if way == "dash" and not any(column.cells):
                cells = tuple(dice.choice(("—", "/", "-", None)) for _ in cells)
                notes |= {"taken_as_zero"}
            columns.append(replace(column, cells=cells))
        elif column.measure == "target" and way in ("text", "format"):
            columns.append(replace(column, cells=tuple(_typed(cell, way, code) for cell in column.cells)))
        else:
            columns.append(column)
    sheet = replace(sheet, columns=tuple(columns))
    if way == "formula":
        notes |= {"formula_figure", "extra_columns"}
        sheet = calculated(dice, sheet, [int(str(cell)) for cell in sheet.column("done 新建").cells])
    return sheet


def _typed(cell: Cell, way: str, code: str) -> Cell:
    if not isinstance(cell, int):
        return cell
    return {
        "text": str(cell), "wide": str(cell).translate(str.maketrans("0123456789", "０１２３４５６７８９")), "unit": f"{cell}座",
        "spaces": f" {cell}\u00a0", "float": float(cell), "format": Put(cell, code),
    }.get(way, cell)  # fmt: skip


def calculated(dice: random.Random, sheet: Sheet, figures: list[int], cache: str = "right") -> Sheet:
    """完成新建 as the sum of two further columns (一组, 二组) or of two numbers. cache: right, none, zero, stale."""
    own = sheet.column("done 新建")
    first = [figure * 2 // 3 for figure in figures]
    second = [figure - one for figure, one in zip(figures, first, strict=True)]
    end = len(sheet.columns)
    a, b = letters(end + 1), letters(end + 2)
    way = dice.choice(("={a}{{r}}+{b}{{r}}", "=SUM({a}{{r}}:{b}{{r}})", "={x}+{y}", "={b}{{r}}+{a}{{r}}"))
    cells = []
    for figure, x, y in zip(figures, first, second, strict=True):
        saved = {"right": figure, "none": None, "zero": 0, "stale": max(0, figure - 4)}[cache]
        cells.append(Put(saved, formula=way.format(a=a, b=b, x=x, y=y)[1:]))
    columns = [replace(own, cells=tuple(cells)) if column is own else column for column in sheet.columns]
    helpers = [Column((name,), "", tuple(of), needed=True) for name, of in (("一组", first), ("二组", second))]
    return replace(sheet, columns=(*columns, *helpers))


def _totals(dice: random.Random, sheet: Sheet, town: str, notes: set[str], traits: list[str]) -> Sheet:
    if dice.random() > 0.5:
        return sheet
    label = dice.choice(words.TOTALS).format(t=town, n=len(sheet.column("village").cells))
    columns = sheet.columns
    if dice.random() < 0.1:
        columns = tuple(
            replace(column, total=column.total + 10)
            if column.says == "done 新建" and isinstance(column.total, int)
            else column
            for column in columns
        )
        notes.add("total_differs")
    traits.append(f"total {label}")
    return replace(
        sheet, columns=columns, total=label, total_first=dice.random() < 0.2,
        total_under=dice.choice(("town", "town", "village")),
    )  # fmt: skip


def _hiding(dice: random.Random, sheet: Sheet, notes: set[str], traits: list[str]) -> Sheet:
    if any(column.hidden for column in sheet.columns):
        notes.add("hidden_row")
    if dice.random() < 0.05:
        notes.add("hidden_row")
        traits.append("hidden row")
        return replace(sheet, hidden_rows=(0,))
    return sheet


# ---- tabs ------------------------------------------------------------------------------------------------------


def _tabs(
    dice: random.Random, sheet: Sheet, town: str, day: str, notes: set[str], traits: list[str]
) -> tuple[Sheet, ...]:
    """Other tabs that no clerk would take for this week's form."""
    way = dice.choice(
        ("none",) * 8 + ("empty", "guide", "guide with example", "last week's", "hidden last week's", "list")
    )
    if way == "none":
        return (replace(sheet, name=dice.choice(("Sheet1", "Sheet1", "汇总表", "工作表1", office.short(day)))),)
    traits.append(f"tab {way}")
    if way == "empty":
        return (sheet, Sheet("Sheet2"), Sheet("Sheet3"))
    if way == "guide":
        return _either(
            dice, replace(sheet, name="填报"), Sheet("填表说明", above=(Text("填表说明：填累计数"), Text("1.每周五报")))
        )
    if way == "guide with example":
        return _either(dice, replace(sheet, name="填报"), example(dice, sheet, "某某镇", "某某村"))
    if way == "list":
        columns = (
            Column(("序号",), "", (1, 2)),
            Column(("村名",), "", ("甲", "乙")),
            Column(("联系人",), "", ("", "")),
        )
        return _either(dice, sheet, Sheet("名单", columns))
    notes |= {"sheet_chosen", "hidden_sheet"}
    other = last_weeks(sheet, town, day)
    return _either(dice, replace(sheet, name=office.short(day)), replace(other, hidden=way.startswith("hidden")))


def _either(dice: random.Random, one: Sheet, other: Sheet) -> tuple[Sheet, ...]:
    return (one, other) if dice.random() < 0.5 else (other, one)


def last_weeks(sheet: Sheet, town: str, day: str) -> Sheet:
    """The tab of the week before: the same form with what stood then (before the first week: March's)."""
    short = office.short(office.LAST) if day == office.DAY else "3.31"
    columns = []
    for column in sheet.columns:
        if column.measure == "done":
            kind = KINDS.index(column.says.split()[1])
            named = [
                next(name for name in office.TOWNS[town] if name in str(cell)) for cell in sheet.column("village").cells
            ]
            cells = tuple(office.before(town, name, day)[kind] for name in named)
            columns.append(replace(column, cells=cells, total=sum(cells)))
        else:
            columns.append(column)
    above = tuple(text for text in sheet.above if not any(word in text.words for word in ("截至", "日期", "第")))
    return replace(sheet, name=short, columns=tuple(columns), above=above, below=(), is_main=False)


def example(dice: random.Random, sheet: Sheet, of: str, village: str) -> Sheet:
    """填表说明 with a row that shows how to fill in: the same heading over invented figures."""
    columns = tuple(
        replace(
            column,
            cells={"town": (of,), "village": (village,), "target": (100,), "done": (37,)}.get(column.measure, (None,)),
        )
        for column in sheet.columns
        if column.says
    )
    return Sheet(
        dice.choice(("填表说明", "样表", "示例", "填写示例")), columns, (Text("填表说明（示例）"),), (Text("注：以上为示例"),),
        merged_heading=sheet.merged_heading,
    )  # fmt: skip
