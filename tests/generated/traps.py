"""What goes wrong with a form: one function a kind. Each takes a right form and says what is true of the changed one.

A truth of None means that no number can be taken from there; a number that no other may be.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace

from pipeline.records import Key
from tests.generated import drawing, office, words
from tests.generated.office import KINDS
from tests.generated.plans import Cell, Column, Put, Sent, Sheet, Text

Trap = Callable[[random.Random, Sent], Sent | None]


def form(dice: random.Random, trapped: bool | None = None) -> Sent:
    """One file. trapped: whether something is wrong with it (None: every second time)."""
    if not (dice.random() < 0.5 if trapped is None else trapped):
        return drawing.clean(dice)
    sent = drawing.clean(dice, busy=dice.random() < 0.3)
    for _ in range(20):
        name = dice.choice(list(TRAPS))
        changed = TRAPS[name](dice, replace(sent, file=f"{sent.file.rpartition('.')[0]}.xlsx"))
        if changed is not None:
            return replace(changed, grade="trap", traits=(*changed.traits, name))
    return sent


def _nothing(sent: Sent) -> Mapping[Key, None]:
    """No number at all can be taken."""
    return dict.fromkeys(sent.truth)


def _main(sent: Sent) -> Sheet:
    """The tab that bears this week's form."""
    return next(sheet for sheet in sent.sheets if sheet.is_main)


def _only(sent: Sent, sheet: Sheet, **more: object) -> Sent:
    """The file with this tab alone."""
    return replace(sent, sheets=(sheet,), **more)  # type: ignore[arg-type]


def _change(sheet: Sheet, says: str, cells: Mapping[int, Cell] | None = None, **more: object) -> Sheet:
    """Another cell or another heading of one column."""
    columns = []
    for column in sheet.columns:
        if column.says == says:
            new = tuple((cells or {}).get(index, cell) for index, cell in enumerate(column.cells))
            columns.append(replace(column, cells=new, **more))  # type: ignore[arg-type]
        else:
            columns.append(column)
    return replace(sheet, columns=tuple(columns))


def _villages(sent: Sent, sheet: Sheet) -> list[str]:
    return [
        next(name for name in office.TOWNS[sent.town] if name in str(cell)) for cell in sheet.column("village").cells
    ]


def _pick(dice: random.Random, sent: Sent, sheet: Sheet) -> tuple[int, Key] | None:
    """A row and the key of a figure of it that is more than 0."""
    villages = _villages(sent, sheet)
    found = [
        (index, Key(sent.town, name, kind))
        for index, name in enumerate(villages)
        for kind in KINDS
        if sent.truth[Key(sent.town, name, kind)]
    ]
    return dice.choice(found) if found else None


_NOT_BEGUN = ("施工中", "？", "招标中", "未开工")  # 0, if nothing was done a week ago


def _nothing_done(key: Key, day: str) -> int | None:
    """0 where nothing was done a week ago: a blank there is no question."""
    return None if office.before(key.town, key.village, day)[KINDS.index(key.kind)] else 0


def _cell(dice: random.Random, sent: Sent, make: Callable[[int], Cell | None], truth: bool = False, told: str = "",
          trait: str = "") -> Sent | None:  # fmt: skip
    """One 完成情况 cell typed otherwise. truth: whether the number typed is still what was meant."""
    sheet = _main(sent)
    picked = _pick(dice, sent, sheet)
    if picked is None:
        return None
    index, key = picked
    value = sent.truth[key]
    assert value is not None
    cell = make(value)
    if cell is None:
        return None
    changed = _change(sheet, f"done {key.kind}", {index: cell})
    truths = dict(sent.truth) | ({} if truth else {key: _nothing_done(key, sent.day) if cell in _NOT_BEGUN else None})
    said = trait or repr(cell.format if isinstance(cell, Put) and cell.format != "General" else cell)
    return _only(sent, changed, truth=truths, told=told, traits=(*sent.traits, said))


# ---- columns ---------------------------------------------------------------------------------------------------


def other_columns_only(dice: random.Random, sent: Sent) -> Sent | None:
    """The form without 完成情况: what stands in its place is of another time, thing or place."""
    heading = words.other_heading(dice, sent.day, done=dice.random() < 0.8)
    sheet = _main(sent)
    if heading.is_added or not _can_be_renamed(sheet):
        return None
    columns = []
    for column in sheet.columns:
        if column.measure == "done":
            kind = column.says.split()[1]
            head = tuple(heading.words if part == _measure_part(sheet, column) else part for part in column.head)
            if len(column.head) == 1:
                head = (f"{heading.words}{kind}",)
            columns.append(replace(column, head=head))
        elif column.says:
            columns.append(column)
    return _only(
        sent, replace(sheet, columns=tuple(columns)), truth=_nothing(sent), traits=(*sent.traits, heading.words)
    )


def _measure_part(sheet: Sheet, column: Column) -> str:
    """Which part of a heading says 完成情况: the one that the other kind's has too, and 目标任务's has not."""
    other = sheet.column("done 整改" if column.says == "done 新建" else "done 新建").head
    target = sheet.column(f"target {column.says.split()[1]}").head
    return next((part for part in column.head if part in other and part not in target), "")


def _can_be_renamed(sheet: Sheet) -> bool:
    """Whether 完成情况 is a line of the heading of its own, or all of the heading is one line."""
    column = sheet.column("done 新建")
    return len(column.head) == 1 or bool(_measure_part(sheet, column))


def second_accepted(dice: random.Random, sent: Sent) -> Sent | None:
    """Beside 完成情况 stands 累计完成 (or the other way), with other figures, the one in hidden columns or neither."""
    sheet = _main(sent)
    plain = dice.choice(
        (("完成情况", "累计完成"), ("累计完成", "完成情况"), ("完成数", "累计完成数"), ("完成", "累计完成"))
    )
    own = sheet.column("done 新建")
    if len(own.head) != 2 or own.head[0] in KINDS or own.head[0] != sheet.column("done 整改").head[0]:
        return None
    hidden = dice.random() < 0.5
    heading = words.Heading(plain[1], True)
    further = [
        replace(column, hidden=hidden, needed=True)
        for column in drawing.further(dice, sheet, heading, sent.town, sent.day)
    ]
    for kind in KINDS:
        sheet = _change(sheet, f"done {kind}", head=(plain[0], sheet.column(f"done {kind}").head[1]))
    sheet = drawing.inserted(dice, sheet, further)
    return _only(sent, sheet, told="note", traits=(*sent.traits, f"{plain[1]} hidden={hidden}"))


def within(dice: random.Random, sent: Sent) -> Sent | None:
    """Under 完成情况 stands a column more: 其中验收, 新建（录入)."""
    sheet = _main(sent)
    own = [sheet.column(f"done {kind}") for kind in KINDS]
    if len(own[0].head) != 2 or own[0].head[0] != own[1].head[0]:
        return None
    other = words.other_heading(dice, sent.day, done=dice.random() < 0.5)
    if other.is_added or "formula" in sent.traits:  # its references would be other columns
        return None
    column = dice.choice(own)
    kind = column.says.split()[1]
    head = dice.choice(("其中：{o}", "{k}（{o}）", "其中{o}", "{o}", "{o}{k}", "{k}其中：{o}")).format(
        o=other.words, k=kind
    )
    cells = tuple(
        max(0, int(float(str(cell).strip("座户 \u00a0"))) - 3) if isinstance(cell, int) else None
        for cell in column.cells
    )
    further = Column((own[0].head[0], head), "", cells, None, needed=True)
    at = sheet.columns.index(column) + dice.choice((0, 1))
    sheet = replace(sheet, columns=(*sheet.columns[:at], further, *sheet.columns[at:]))
    return _only(sent, sheet, traits=(*sent.traits, head))


def twice(dice: random.Random, sent: Sent) -> Sent | None:
    """完成情况 stands there twice, with other figures: neither can be taken."""
    sheet = _main(sent)
    own = [sheet.column(f"done {kind}") for kind in KINDS]
    again = tuple(
        replace(
            column,
            cells=tuple(cell - 1 if isinstance(cell, int) and cell else cell for cell in column.cells),
            needed=True,
        )
        for column in own
    )
    at = dice.choice((max(map(sheet.columns.index, own)) + 1, len(sheet.columns)))
    sheet = replace(sheet, columns=(*sheet.columns[:at], *again, *sheet.columns[at:]))
    differ = {
        key: value
        if not any(a.cells != b.cells for a, b in zip(own, again, strict=True) if a.says.endswith(key.kind))
        else None
        for key, value in sent.truth.items()
    }
    return _only(sent, sheet, truth=differ)


def rows_between(dice: random.Random, sent: Sent) -> Sent | None:
    """Under a village stands a row of something else: 其中…, 上周累计, 本周新增, 结转."""
    sheet = _main(sent)
    index = dice.randrange(len(sheet.column("village").cells))
    label = dice.choice(
        (
            f"其中：{words.noun(dice)}",
            "上周累计",
            "本周新增",
            "上年结转",
            f"{words.noun(dice)}补报",
            "调整数",
            "其中：一组",
        )
    )
    columns = []
    for column in sheet.columns:
        cell = column.cells[index]
        more = (
            label
            if column.says == "village"
            else max(0, cell - 2)
            if column.measure == "done" and isinstance(cell, int)
            else None
        )
        columns.append(replace(column, cells=(*column.cells[: index + 1], more, *column.cells[index + 1 :])))
    sheet = replace(sheet, columns=tuple(columns), hidden_rows=())
    return _only(sent, sheet, traits=(*sent.traits, label))


def shared_figure(dice: random.Random, sent: Sent) -> Sent | None:
    """Two villages share one merged figure."""
    sheet = _main(sent)
    if len(sheet.column("village").cells) < 2 or sheet.blank_rows:
        return None
    index, kind = dice.randrange(len(sheet.column("village").cells) - 1), dice.choice(KINDS)
    villages = _villages(sent, sheet)[index : index + 2]
    sheet = replace(_change(sheet, f"done {kind}", {index + 1: None}), joined=((f"done {kind}", index),))
    truth = {key: None if key.village in villages and key.kind == kind else value for key, value in sent.truth.items()}
    return _only(sent, sheet, truth=truth)


def another_form(dice: random.Random, sent: Sent) -> Sent | None:
    """The same columns under the title of another programme."""
    thing = dice.choice(
        ("公厕", "生活污水治理", "旱厕排查", "危房改造", "生活垃圾分类", f"{words.noun(dice)}改造", "厨房改造")
    )
    title = dice.choice(("2023年度农村{}每周进展情况汇总表", "2023年度{}进展情况汇总表")).format(thing)
    sheet = replace(_main(sent), above=(Text(title, needed=True),))
    return _only(sent, sheet, truth=_nothing(sent), traits=(*sent.traits, title))


def swapped_measures(_dice: random.Random, sent: Sent) -> Sent | None:
    """The figures of 目标任务 stand under 完成情况 and the other way."""
    sheet = _main(sent)
    for kind in KINDS:
        target, done = sheet.column(f"target {kind}"), sheet.column(f"done {kind}")
        sheet = _change(sheet, target.says, dict(enumerate(done.cells)), total=done.total)
        sheet = _change(sheet, done.says, dict(enumerate(target.cells)), total=target.total)
    return _only(sent, sheet)


def swapped_kinds(dice: random.Random, sent: Sent) -> Sent | None:
    """新建 and 整改 of 完成情况 exchanged in one row or in all, where the week before tells them apart."""
    sheet = _main(sent)
    if sent.day == office.FIRST:
        return None
    villages = _villages(sent, sheet)
    rows = [index for index, name in enumerate(villages) if _apart(office.before(sent.town, name))]
    rows = rows if dice.random() < 0.5 else rows[:1]
    if not rows:
        return None
    new, old = sheet.column("done 新建"), sheet.column("done 整改")
    sheet = _change(sheet, "done 新建", {index: old.cells[index] for index in rows})
    sheet = _change(sheet, "done 整改", {index: new.cells[index] for index in rows})
    return _only(sent, sheet)


def _apart(pair: tuple[int, int]) -> bool:
    return min(pair) > 0 and max(pair) > 2 * min(pair)


def swapped_rows(dice: random.Random, sent: Sent) -> Sent | None:
    """Two villages' figures in one another's rows, their targets with them."""
    sheet = _main(sent)
    count = len(sheet.column("village").cells)
    if count < 2:
        return None
    a, b = dice.sample(range(count), 2)
    for measure in ("target", "done"):
        for kind in KINDS:
            cells = sheet.column(f"{measure} {kind}").cells
            sheet = _change(sheet, f"{measure} {kind}", {a: cells[b], b: cells[a]})
    return _only(sent, sheet)


def shifted(dice: random.Random, sent: Sent) -> Sent | None:
    """One row's figures one cell further to the right."""
    sheet = _main(sent)
    says = [column.says for column in sheet.columns if column.measure in ("target", "done")]
    at = [place for place, column in enumerate(sheet.columns) if column.measure in ("target", "done")]
    if at != list(range(at[0], at[0] + 4)):
        return None
    index = dice.randrange(len(sheet.column("village").cells))
    row = [None, *(sheet.column(said).cells[index] for said in says[:-1])]
    for said, cell in zip(says, row, strict=True):
        sheet = _change(sheet, said, {index: cell})
    return _only(sent, sheet)


# ---- units, dates, words above and below -----------------------------------------------------------------------

_SIZES, _BASES = ("百", "千", "万", "十", "亿"), ("座", "户", "个")
_UNITS = ("人", "元", "万元", "%", "㎡", "平方米", "立方米", "米", "吨", "‰", "天", "亩", "公里", "人次", "项")


def _unit(dice: random.Random) -> str:
    return dice.choice(_SIZES) + dice.choice(_BASES) if dice.random() < 0.5 else dice.choice(_UNITS)


def unit_line(dice: random.Random, sent: Sent) -> Sent | None:
    sheet, unit = _main(sent), _unit(dice)
    line = dice.choice(("单位：{}", "（单位：{}）", "单位:{}", "计量单位：{}", "填报日期：2023年{d}　　单位：{}"))
    text = Text(line.format(unit, d=office.spoken(sent.day)), needed=True)
    above = tuple(each for each in sheet.above if "单位：" not in each.words or "填报单位" in each.words)
    above = tuple(each for each in above if "座" not in each.words)
    at = dice.randint(0, len(above)) if above else 0
    return _only(
        sent, replace(sheet, above=(*above[:at], text, *above[at:])), truth=_nothing(sent), traits=(*sent.traits, unit)
    )


def unit_in_heading(dice: random.Random, sent: Sent) -> Sent | None:
    sheet, unit = _main(sent), _unit(dice)
    if not _can_be_renamed(sheet):
        return None
    own = [sheet.column(f"done {kind}") for kind in KINDS]
    part = _measure_part(sheet, own[0])
    bracket = dice.choice(("（{}）", "({})", "（单位：{}）", "/{}"))
    for column in own:
        head = tuple(
            piece.split("（")[0] + bracket.format(unit) if piece == part or len(column.head) == 1 else piece
            for piece in column.head
        )
        if len(column.head) == 1:
            head = (
                column.head[0].split("（")[0]
                + column.says.split()[1] * ("（" in column.head[0])
                + bracket.format(unit),
            )
        sheet = _change(sheet, column.says, head=head)
    return _only(sent, sheet, truth=_nothing(sent), traits=(*sent.traits, unit))


def unit_in_cell(dice: random.Random, sent: Sent) -> Sent | None:
    unit = _unit(dice)
    return _cell(dice, sent, lambda value: f"{value}{unit}")


def date_line(dice: random.Random, sent: Sent) -> Sent | None:
    """A line or a title that says until when: another week."""
    sheet, date = _main(sent), words.another_date(dice, sent.day)
    kept = tuple(text for text in sheet.above if not any(word in text.words for word in ("截至", "日期", "周）")))
    line = dice.choice(
        ("截至2023年{}", "（截至{}）", "数据截至{}", "统计时间：{}", "填报日期：2023年{}", "截止日期：{}")
    )
    text = Text(line.format(date), needed=True)
    way = dice.choice(("above", "above", "below"))
    sheet = replace(sheet, above=(*kept, text)) if way == "above" else replace(sheet, above=kept, below=(text,))
    heads = {column.says: column.head for column in sheet.columns if column.measure == "done"}
    if any("截至" in part for head in heads.values() for part in head):
        return None
    return _only(sent, sheet, truth=_nothing(sent), traits=(*sent.traits, f"{way} {text.words}"))


def dated_name(dice: random.Random, sent: Sent) -> Sent | None:
    """A lone tab or a file that bears another week's date: used or not, it is told."""
    date = words.another_date(dice, sent.day).replace("月", ".").replace("日", "")
    sheet = _main(sent)
    if dice.random() < 0.5:
        return _only(sent, replace(sheet, name=date), told="note", traits=(*sent.traits, f"tab {date}"))
    return _only(sent, sheet, file=f"{sent.town}{date}.xlsx", told="note", traits=(*sent.traits, f"file {date}"))


_DOUBTS = (
    "预计数",
    "以上为预计数，下周更新",
    "草稿，待审核",
    "（征求意见稿）",
    "数据有误，待更正",
    "未核实",
    "数据暂估",
    "此数为估计数，以台账为准",
    "沿用上年数据",
)


def doubtful_line(dice: random.Random, sent: Sent) -> Sent | None:
    """Title or foot say that the figures are provisional: asked or held."""
    doubt, sheet = dice.choice(_DOUBTS), _main(sent)
    if dice.random() < 0.5:
        sheet = replace(sheet, below=(Text(f"注：{doubt}", needed=True),))
    else:
        sheet = replace(sheet, above=(Text(f"{drawing.TITLE}（{doubt}）", needed=True),))
    return _only(sent, sheet, told="query", traits=(*sent.traits, doubt))


def doubtful_remark(dice: random.Random, sent: Sent) -> Sent | None:
    """备注 says that the row's figures are no count of what is done."""
    sheet = _main(sent)
    if not any(column.says == "remark" for column in sheet.columns):
        return None
    doubt = dice.choice((*_DOUBTS, "含计划数", "数字填错，下周更正", "本周无进展"))
    index = dice.randrange(len(sheet.column("village").cells))
    village = _villages(sent, sheet)[index]
    grown = sum(sent.truth[Key(sent.town, village, kind)] or 0 for kind in KINDS) - sum(
        office.before(sent.town, village, sent.day)
    )
    if doubt == "本周无进展" and grown <= 0:
        return None
    return _only(
        sent, _change(sheet, "remark", {index: doubt}, needed=True), told="query", traits=(*sent.traits, doubt)
    )


def other_year(_dice: random.Random, sent: Sent) -> Sent | None:
    sheet = _main(sent)
    above = (Text(drawing.TITLE.replace("2023", "2022"), needed=True),)
    return _only(sent, replace(sheet, above=above), told="note")


# ---- what a format shows ---------------------------------------------------------------------------------------


def shown_otherwise(dice: random.Random, sent: Sent) -> Sent | None:
    """A format that shows other words, another size or no number."""
    noun = words.noun(dice)
    code = dice.choice(
        (
            *(
                '0"%"',
                "0\\%",
                '0"万"',
                '0"百座"',
                '"约"0',
                '0"左右"',
                '0"多"',
                '0"余座"',
                '0"/999"',
                '"近"0',
                '0"人"',
                '0"万元"',
            ),
            *(
                '"已完成"',
                '"未核实"0',
                '0"（预计）"',
                "0%",
                "0.0%",
                "0,",
                '0"0"',
                '"1"0',
                "0,,",
                'm"月"d"日"',
                "yyyy/m/d",
                "h:mm",
            ),
            *(
                f'0"{noun}"',
                f'"{noun}"0',
                f'"{noun}"',
                '0"-"0',
                '"不足"0',
                '"-"0',
                '"+"0',
                '"新增"0',
                '"计划"0',
                "0‰",
                '0"户"0"厕"',
            ),
        )
    )
    return _cell(dice, sent, lambda value: Put(value, code))


def shown_as_nothing(dice: random.Random, sent: Sent) -> Sent | None:
    return _cell(dice, sent, lambda value: Put(value, ";;;"), truth=True, told="note")


# ---- what is typed ---------------------------------------------------------------------------------------------

_TYPED = (
    *(
        "约{n}",
        "{n}左右",
        "近{n}",
        "{n}多",
        "不足{n}",
        "{n}-{m}",
        "{n}～{m}",
        "+{n}",
        "新增{n}",
        "本周{n}",
        "{n}%",
        "全部完成",
        "√",
    ),
    *(
        "施工中",
        "？",
        "{n}O",
        "l{n}",
        "-{n}",
        "{n}①",
        "{n}*",
        "{n}+3",
        "{n}户3座",
        "{n}(整改3)",
        "同上",
        "见附件",
        "{n}.5",
        "{n}万",
    ),
    *(
        "{n}、{m}",
        "{n}/",
        "{n}?",
        "第{n}",
        "{n}成",
        "至{n}",
        "共{n}户{m}座",
        "{n}（预计）",
        "计划{n}",
        "#REF!",
        "#N/A",
        "{n}~",
        "<{n}",
        "≥{n}",
    ),
)


def typed_otherwise(dice: random.Random, sent: Sent) -> Sent | None:
    template = dice.choice(_TYPED)
    return _cell(dice, sent, lambda value: template.format(n=value, m=value + 7), trait=template)


def chinese_numeral(dice: random.Random, sent: Sent) -> Sent | None:
    return _cell(dice, sent, _in_chinese(dice.random() < 0.5), truth=True)


def _in_chinese(short: bool) -> Callable[[int], str]:
    """45 -> 四十五, 120 -> 一百二 as it is spoken (short) or 一百二十."""
    signs = "零一二三四五六七八九"

    def spoken(value: int) -> str:
        if value >= 1000:
            return signs[value // 1000] + "千" + _rest(value % 1000, 100)
        if value >= 100:
            if short and value % 10 == 0 and value % 100:
                return f"{signs[value // 100]}百{signs[value % 100 // 10]}"
            return signs[value // 100] + "百" + _rest(value % 100, 10)
        tens, ones = divmod(value, 10)
        head = "" if not tens else "十" if tens == 1 else signs[tens] + "十"
        return head + (signs[ones] if ones or not tens else "")

    def _rest(value: int, unit: int) -> str:
        if not value:
            return ""
        if value < unit:
            return "零" + spoken(value)
        return "一" * (10 <= value < 20) + spoken(value)

    return spoken


def over_target(dice: random.Random, sent: Sent) -> Sent | None:
    """Far over the target, with a 备注 that explains nothing."""
    sheet = _main(sent)
    picked = _pick(dice, sent, sheet)
    if picked is None:
        return None
    index, key = picked
    target = office.targets(sent.town, key.village)[KINDS.index(key.kind)]
    remark = dice.choice(
        (
            "",
            "无",
            "—",
            "/",
            "0",
            "同上",
            "正常",
            "-",
            "无说明",
            "√",
            Put("#N/A", formula="NA()"),
            Put("#VALUE!", formula="1/0"),
            "。",
            "……",
            "暂无",
            "略",
            "1",
        )
    )
    sheet = _change(sheet, f"done {key.kind}", {index: target + dice.randint(target // 15 + 2, target // 4 + 3)})
    if any(column.says == "remark" for column in sheet.columns):
        sheet = _change(sheet, "remark", {index: remark}, needed=True)
    return _only(sent, sheet, truth=dict(sent.truth) | {key: None}, traits=(*sent.traits, repr(remark)))


# ---- formulas --------------------------------------------------------------------------------------------------


def uncalculated(dice: random.Random, sent: Sent) -> Sent | None:
    """完成新建 as a sum that was never calculated, or whose saved result is another."""
    sheet = _main(sent)
    if not any(sent.truth[key] for key in sent.truth if key.kind == "新建") or sheet.total_first or sheet.under:
        return None
    cache = dice.choice(("none", "zero", "stale"))
    figures = [sent.truth[Key(sent.town, name, "新建")] or 0 for name in _villages(sent, sheet)]
    sheet = replace(sheet, columns=tuple(column for column in sheet.columns if column.says))
    return _only(
        sent, drawing.calculated(dice, sheet, figures, cache), uncalculated=cache == "zero" or dice.random() < 0.3,
        traits=(*sent.traits, cache),
    )  # fmt: skip


def beyond_calculating(dice: random.Random, sent: Sent) -> Sent | None:
    """A formula that nobody can work out here, with a saved 0 by a program that does not calculate."""
    formula = dice.choice(
        (
            'VLOOKUP("{v}",台账!A:B,2,0)',
            'COUNTIF(台账!C:C,"完成")',
            "SUMIFS(台账!E:E,台账!A:A,1)",
            'INDIRECT("台账!B2")',
        )
    )
    changed = _cell(dice, sent, lambda value: Put(0 if value else None, formula=formula.format(v="村")))
    return changed and replace(changed, uncalculated=True)


# ---- rows ------------------------------------------------------------------------------------------------------


def parts(dice: random.Random, sent: Sent) -> Sent | None:
    """A village in two rows, by 组 or 批次, its name repeated, left out or merged: no number of it can be taken."""
    sheet = _main(sent)
    if sheet.blank_rows or (sent.day == office.DAY and dice.random() < 0.3):
        return None
    index = dice.randrange(len(sheet.column("village").cells))
    village = _villages(sent, sheet)[index]
    way, equal = dice.choice(("repeated", "unnamed", "merged")), dice.random() < 0.4
    name = dice.choice(("批次", "村民小组", "组别", "小组", "标段", "片区", words.noun(dice)))
    says = dice.choice((("一批", "二批"), ("1组", "2组"), ("东片", "西片"), (1, 2)))
    columns = []
    for column in (c for c in sheet.columns if c.says):
        cells = list(column.cells)
        first, second = cells[index], cells[index]
        if column.measure in ("target", "done") and isinstance(first, int):
            first, second = (first // 2, first // 2) if equal else (first - first // 3, first // 3)
        if column.says == "village" and way != "repeated":
            second = None
        if column.says == "town" and way == "unnamed":
            second = None
        cells[index : index + 1] = [first, second]
        columns.append(replace(column, cells=tuple(cells)))
    part = ["" for _ in columns[0].cells]
    part[index], part[index + 1] = says  # type: ignore[call-overload]
    columns.insert(2, Column((name,), "", tuple(part), needed=True))
    sheet = replace(
        sheet, columns=tuple(columns), merged_villages=way == "merged", lines=(), merged_towns=False, hidden_rows=()
    )
    truth = {
        key: None if key.village == village and office.targets(*key[:2])[KINDS.index(key.kind)] else value
        for key, value in sent.truth.items()
    }
    return _only(sent, sheet, truth=truth, traits=(*sent.traits, f"{way} equal={equal} {name}"))


def unlabelled_total(_dice: random.Random, sent: Sent) -> Sent | None:
    sheet = _main(sent)
    return _only(sent, replace(sheet, total=" ", lines=()), told="note")


def example_row(dice: random.Random, sent: Sent) -> Sent | None:
    """A row under the heading that shows how to fill in."""
    sheet = _main(sent)
    shown = {
        "town": dice.choice(("例：", "示例", "例")),
        "village": dice.choice(("某某村", "XX村", "示例村")),
        "target": 100,
        "done": 37,
    }
    line = tuple(shown.get(column.measure) for column in sheet.columns)
    return _only(sent, replace(sheet, lines=(line,)))


def example_of_own_village(dice: random.Random, sent: Sent) -> Sent | None:
    """A 填表说明 whose example names the town's own village, with other figures."""
    sheet = _main(sent)
    village = dice.choice(_villages(sent, sheet))
    tab = drawing.example(dice, sheet, sent.town, village)
    tabs = (replace(sheet, name="填报", needed=True), replace(tab, needed=True))
    return replace(sent, sheets=tabs if dice.random() < 0.5 else tabs[::-1])


# ---- tabs ------------------------------------------------------------------------------------------------------


def _blank(sheet: Sheet) -> Sheet:
    columns = tuple(
        replace(column, cells=(None,) * len(column.cells), total=None) if column.measure in ("done", "") else column
        for column in sheet.columns
    )
    return replace(sheet, columns=columns)


def _pair(dice: random.Random, sent: Sent, this: Sheet, **more: object) -> Sent:
    """This week's tab and last week's filled one."""
    sheet = _main(sent)
    last = replace(drawing.last_weeks(sheet, sent.town, sent.day), needed=True)
    this = replace(this, name=office.short(sent.day), needed=True)
    return replace(sent, sheets=(this, last) if dice.random() < 0.5 else (last, this), **more)  # type: ignore[arg-type]


def blank_tab(dice: random.Random, sent: Sent) -> Sent | None:
    """This week's tab is blank; last week's is filled."""
    truth = {key: _nothing_done(key, sent.day) for key in sent.truth}
    return _pair(dice, sent, _blank(_main(sent)), truth=truth)


def hidden_tab(dice: random.Random, sent: Sent) -> Sent | None:
    """This week's tab is hidden; last week's is not."""
    return _pair(dice, sent, replace(_main(sent), hidden=True))


def unchanged_tab(dice: random.Random, sent: Sent) -> Sent | None:
    """This week's tab says 无进展 in 备注; last week's is filled."""
    sheet = _main(sent)
    if sent.day == office.FIRST or not any(column.says == "remark" for column in sheet.columns):
        return None
    count = len(sheet.column("village").cells)
    words_said = dict.fromkeys(range(count), dice.choice(("本周无进展", "无进展", "本周无变化")))
    sheet = _change(_blank(sheet), "remark", words_said, needed=True)
    truth = {key: office.before(key.town, key.village)[KINDS.index(key.kind)] for key in sent.truth}
    return _pair(dice, sent, sheet, truth=truth, told="note")


def undated_tabs(dice: random.Random, sent: Sent) -> Sent | None:
    """Two tabs with different figures, and nothing that says which is this week's."""
    sheet = _main(sent)
    above = tuple(text for text in sheet.above if not any(word in text.words for word in ("截至", "日期", "周）")))
    if any("截至" in part for column in sheet.columns for part in column.head):
        return None
    sheet = replace(sheet, above=above, needed=True)
    last = drawing.last_weeks(sheet, sent.town, sent.day)
    one, two = dice.choice((("Sheet1", "Sheet2"), ("表一", "表二"), ("Sheet1", "Sheet1 (2)")))
    if all(sheet.column(f"done {kind}").cells == last.column(f"done {kind}").cells for kind in KINDS):
        return None
    tabs = [replace(sheet, name=one), replace(last, name=two, needed=True)]
    differ = {
        key: value if value == office.before(key.town, key.village, sent.day)[KINDS.index(key.kind)] else None
        for key, value in sent.truth.items()
    }
    return replace(sent, sheets=tuple(tabs if dice.random() < 0.5 else tabs[::-1]), truth=differ)


def two_blocks(dice: random.Random, sent: Sent) -> Sent | None:
    """Two tables in one tab, one above the other, named 上周 and 本周 or not at all."""
    sheet = _main(sent)
    if any("截至" in part for column in sheet.columns for part in column.head):
        return None
    named = dice.random() < 0.5
    last = replace(drawing.last_weeks(sheet, sent.town, sent.day), above=(Text("上周"),) if named else ())
    if all(sheet.column(f"done {kind}").cells == last.column(f"done {kind}").cells for kind in KINDS):
        return None
    above = (Text(drawing.TITLE), *((Text("本周"),) if named else ()))
    sheet = replace(sheet, above=above, below=(), under=(replace(last, total="", hidden_rows=()),))
    differ = {
        key: value if named or value == office.before(key.town, key.village, sent.day)[KINDS.index(key.kind)] else None
        for key, value in sent.truth.items()
    }
    return _only(sent, sheet, truth=differ, traits=(*sent.traits, f"named={named}"))


def other_towns_file(dice: random.Random, sent: Sent) -> Sent | None:
    other = dice.choice([town for town in office.TOWNS if town != sent.town])
    return _only(sent, _main(sent), file=f"{other}.xlsx", truth=_nothing(sent))


# ---- sentences and lines of text -------------------------------------------------------------------------------


def zero_report(dice: random.Random, sent: Sent) -> Sent | None:
    """A sentence instead of a form: it covers whom it names, and nobody if it denies or goes on."""
    if sent.day == office.FIRST:
        return None
    before = {key: office.before(key.town, key.village)[KINDS.index(key.kind)] for key in sent.truth}
    villages = list(office.TOWNS[sent.town])
    one = dice.choice(villages)
    others = _nothing(sent)
    said = dice.choice(("无进展", "没有进展", "无变化", "没有变化", "无新增"))
    of_one = {key: value if key.village == one else None for key, value in before.items()}
    but_one = {key: None if key.village == one else value for key, value in before.items()}
    kind = dice.choice(KINDS)
    of_kind = {key: value if key.kind == kind else None for key, value in before.items()}
    sentence, truth = dice.choice(
        (
            (f"{sent.town}本周{said}。", before),
            (f"{sent.town}户厕改造本周{said}", before),
            (f"{sent.town}{one}本周{said}", of_one),
            (f"{sent.town}：{one}本周{said}，其他村数据稍后补报。", of_one),
            (f"{sent.town}除{one}外本周{said}。", but_one),
            (f"{sent.town}本周{kind}{said}。", of_kind),
            (f"{sent.town}本周并非{said}。", others),
            (f"{sent.town}本周不是{said}，数据稍后报。", others),
            (f"{sent.town}本周{said}的说法不实", others),
            (f"{sent.town}本周{said}，{one}新增5座。", others),
            (f"{sent.town}上周{said}，本周数据稍后报送。", others),
            (f"{sent.town}如本周{said}请回复。", others),
            (f"{sent.town}本周{said}？", others),
            (f"{sent.town}{words.noun(dice)}本周{said}。", others),
        )
    )
    return replace(
        sent, file=f"{sent.town}.txt", text=sentence, truth=truth, sheets=(), traits=(*sent.traits, sentence)
    )


def ragged_csv(dice: random.Random, sent: Sent) -> Sent | None:
    """A row of a .csv with a field too many: a thousands separator, a comma in 备注."""
    head = "区镇,整村推进村,目标任务新建,目标任务整改,完成新建,完成整改,备注"
    villages = list(office.TOWNS[sent.town])
    bad = dice.choice(villages)
    truth, lines = dict(sent.truth), [head]
    remark = dice.random() < 0.4
    for name in villages:
        done = [sent.truth[Key(sent.town, name, kind)] for kind in KINDS]
        fields = [sent.town, name, *map(str, office.targets(sent.town, name)), *map(str, done), ""]
        if name == bad and remark:
            fields[-1] = "已开工,正在推进"
        elif name == bad:
            at = dice.choice((2, 3, 4, 5))
            fields[at] = f"1,{int(fields[at]):03d}"
            truth |= {Key(sent.town, name, kind): None for kind in KINDS}
        lines.append(",".join(fields))
    return replace(
        sent, file=f"{sent.town}.csv", text="\n".join(lines), truth=truth, sheets=(),
        told="note" if remark else "", traits=(*sent.traits, "remark" if remark else "thousands"),
    )  # fmt: skip


TRAPS: Mapping[str, Trap] = {
    trap.__name__: trap
    for trap in (
        other_columns_only, second_accepted, within, twice, rows_between, shared_figure, another_form, swapped_measures, swapped_kinds, swapped_rows, shifted, unit_line,
        unit_in_heading, unit_in_cell, date_line, dated_name, doubtful_line, doubtful_remark, other_year,
        shown_otherwise, shown_as_nothing, typed_otherwise, chinese_numeral, over_target, uncalculated,
        beyond_calculating, parts, unlabelled_total, example_row, example_of_own_village, blank_tab, hidden_tab,
        unchanged_tab, undated_tabs, two_blocks, other_towns_file, zero_report, ragged_csv,
    )
}  # fmt: skip
