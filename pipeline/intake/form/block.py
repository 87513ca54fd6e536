"""What stands above and below the form: title, 填报单位, dates, the unit, signatures.

These are clues, and grounds for doubt; no figure is taken from here.
"""

import re
from collections.abc import Collection, Iterator

from pipeline import caveats
from pipeline.intake.form import given_names, units
from pipeline.intake.form.dates import Period, in_digits
from pipeline.intake.form.grid import Grid
from pipeline.intake.reading import DATE
from pipeline.records import Cell, Place
from pipeline.rules import Finding, finding
from pipeline.rules.files import DISOWNED_FORM, OTHER_WEEK, PROVISIONAL_FORM, UNSIGNED, WRONG_UNIT

# Every repetition that another sign must follow is bounded, so that a cell of 32,767 signs costs no more than its length.
_SENDER = re.compile(r"(?:填报|报送|上报)?单位(?:[（(].{0,40}?[)）])?[:：]\s*(?P<name>[^\s:：]+)")
_UNIT = re.compile(r"^[（]?(?:计量)?单位：(?P<unit>.+?)[）]?$")
_FILLED_IN = re.compile(r"(?:填报|填表|报送|上报|制表|编制|填写)(?:时间|日期)")
_DAYS_LATE = 6  # a form that is sent late bears the day on which it was filled in
_CLAUSES = re.compile(r"[，。；;\n]")
_BLANKS = re.compile(r"(?<!\d)\s+|\s+(?!\d)")  # 2023/5/12 16:32 is not 2023/5/1216:32
_DATE = r"(?:20\d\d[年./-])?(?:\d{1,2}[月./-]\d{1,2}[日号]?|(?:0\d|1[0-2])[0-3]\d)|20\d{6}|第[\d一二三四五六七八九十]{1,3}周"
_BARE_DATE = re.compile(rf"[（(]?(?:{_DATE})(?:[-—–~～至到]+(?:{_DATE}))?[）)]?")
_IN_BRACKETS = re.compile(r"（[^（）]*）$|\([^()]*\)$")
# What says when the figures are of: a closed list, for dates stand in many lines (首厕过关验收时间：4月20日).
_WHEN = re.compile(
    r"截[至止]|(?:填[报表写]|[报发]送|上报|统计|数据|[制报]表|汇总|报告|打印|编制|所属)(?:时间|日期|时段|期间|周期|[周期][次数别])|"
    r"^[（(]?(?:时间|日期|时段|期间|周期|[周期][次数]|本[周期]|第.{1,20}[期周])"
)
_SINCE = re.compile(r"[自从].{0,12}?(?:起|以来|开始)")  # 自4月1日起的累计完成数
_OTHER_DATES = re.compile(
    r"(?:完成|开工|竣工|完工|下次报送|建设)(?:时间|时限|日期)|工期|^(?:依据|根据|按照|参照)|〔\d{4}〕|整村推进截止|^[上下][次周期]|日前(?:上?报|报送)"
)
_REVIEWER = re.compile(
    r"(审核人|审核|分管领导)(?:[（].{0,40}?[）])?：(?P<name>.*?)(?=联系|电话|填报|填表|审核|负责|分管|日期|$)"
)
_TITLE_ENDS = ("表", "台账", "清单", "统计", "情况", "明细", "汇总", "通报")
_OF_FORM = re.compile(r"厕|整村推进")
_LONGEST_SAID = 2_000
_LONGEST_TITLE = 60  # its words can be parted in several ways, and all are tried
_OF_NOTHING = re.compile(  # a title that names no subject: 包场镇每周进展情况汇总表
    r"(?:20\d\d年?度?|第?[\d一二三四五六七八九十]+[月日周]|[\u4e00-\u9fff]{2}(?:镇|街道)|农村|改造|[每本]?周|进展|进度|情况|汇总|统计|报?表|工作|项目|任务|完成|报送|"
    r"[上填]报|[（）—\-.])+"
)
_OTHER_SUBJECTS = (
    "公厕",
    "公共厕所",
    "问题厕所",
    "问题户厕",
    "台账",
    "污水",
    "垃圾",
    "补助",
    "奖补",
    "资金",
    "排查",
    "摸排",
    "管护",
    "花名册",
    "一户一档",
)

Text = tuple[int, int, str]  # row, column, text without blanks


def texts(grid: Grid, rows: Collection[int]) -> Iterator[Text]:
    """Every cell in these rows that holds something, each merged range once."""
    grid.sheet.work(len(grid.rows))
    for row in grid.rows:
        if row in rows:
            yield from ((row, column, word) for column, word in grid.words(row))


def title(grid: Grid, rows: Collection[int]) -> Text | None:
    """The line that says what the table is."""
    for row, column, word in texts(grid, rows):
        bare = word.rpartition("：")[2] if word.startswith("附件") else word
        named = _without_brackets(bare)
        if len(named) >= 6 and named.endswith(_TITLE_ENDS) and not _SENDER.match(word):
            return row, column, bare
    return None


def _without_brackets(words: str) -> str:
    """Without the bracket that it ends with."""
    opened = words.rfind("（")
    return words[:opened] if words.endswith("）") and opened >= 0 else words


def is_another(name: str) -> bool:
    """F22: a title of something else: 污水, 公厕, 问题厕所台账."""
    is_of_form = _OF_FORM.search(name) or (len(name) <= _LONGEST_TITLE and _OF_NOTHING.fullmatch(name))
    return not is_of_form or any(subject in name for subject in _OTHER_SUBJECTS)


def headline(grid: Grid, rows: Collection[int]) -> Cell | None:
    """The title above the heading, with its place."""
    found = title(grid, rows)
    return grid.found(*found) if found else None


def notes(grid: Grid, rows: Collection[int]) -> Iterator[Cell]:
    """The lines of words."""
    return (grid.found(row, column, _said(grid, row, column)) for row, column, _ in texts(grid, rows))


def _said(grid: Grid, row: int, column: int) -> str:
    """What a line of words says; of a very long one the beginning."""
    return grid.at(row, column).raw[:_LONGEST_SAID].strip()


def senders(grid: Grid, rows: Collection[int]) -> Iterator[Cell]:
    """Who is named as 填报单位 above the heading."""
    for row, column, word in texts(grid, rows):
        match = _SENDER.search(grid.at(row, column).raw.strip())
        if match and not _UNIT.match(word):
            yield grid.found(row, column, match["name"])
        elif match and re.search(r"[镇街区]", match["name"]):
            yield grid.found(row, column, match["name"].rstrip("）)"))


def findings(grid: Grid, above: Collection[int], below: Collection[int], period: Period) -> Iterator[Finding]:
    """Doubts about the whole form: another week's date, another unit, no reviewer."""
    yield from _other_week(grid, above, below, period)
    yield from _wrong_unit(grid, (above, below), period)
    yield from _unsigned(grid, (above, below))
    yield from _caveats(grid, (above, below), period)


def _other_week(grid: Grid, above: Collection[int], below: Collection[int], period: Period) -> Iterator[Finding]:
    for row, column, words, days_late in (*_dated(grid, above), *_dated(grid, below)):
        other = period.speaks_of_another(words, days_late)
        if other:
            yield finding(OTHER_WEEK, _place(grid, row, column), written=other, closing=period.label)
            return


def _dated(grid: Grid, rows: Collection[int]) -> Iterator[tuple[int, int, str, int]]:
    """(row, column, words with a date, how many days it may be late) of what says when the figures are of."""
    for row, column, word in texts(grid, rows):
        cell, label = grid.at(row, column), grid.word(row, column - 1)
        for clause in _CLAUSES.split(_said(grid, row, column)):
            words = in_digits(_SINCE.sub("", _BLANKS.sub("", clause)))
            is_date = cell.type == DATE or bool(_BARE_DATE.fullmatch(words))
            if (is_date or _says_when(word, words)) and not _OTHER_DATES.search(f"{label}{words}"):
                is_of_filling = _FILLED_IN.search(f"{label}{words}") or (is_date and not _WHEN.search(label))
                yield row, column, words, _DAYS_LATE if is_of_filling else 3


def _says_when(word: str, clause: str) -> bool:
    """Whether a clause of this text says when the figures are of; a title with a date in it does."""
    bracket = _IN_BRACKETS.search(clause)
    is_dated = bool(bracket and _BARE_DATE.fullmatch(bracket[0]))
    is_title = (
        _without_brackets(word).rstrip("0123456789年月日./-").endswith(_TITLE_ENDS) and len(word) <= _LONGEST_TITLE
    )
    return is_dated or is_title or bool(_WHEN.search(clause) or caveats.of_day(clause))


def _wrong_unit(grid: Grid, parts: tuple[Collection[int], ...], period: Period) -> Iterator[Finding]:
    """H12: in a 单位 line above, in a note below, or in the cell beside the word."""
    for row, column, word in (text for part in parts for text in texts(grid, part)):
        unit = grid.word(row, column + 1) if word == "单位" else units.named(grid.at(row, column).raw)
        unit = grid.word(row, column + 1) if unit == "" else unit
        if unit and units.is_another(unit):
            yield finding(WRONG_UNIT, _place(grid, row, column), written=unit, unit=period.unit)


def _unsigned(grid: Grid, parts: tuple[Collection[int], ...]) -> Iterator[Finding]:
    for row, column, word in (text for part in parts for text in texts(grid, part)):
        match = _REVIEWER.search(word)
        ends_cell = match is not None and match.end() == len(word)
        beside = grid.word(row, column + 1) if ends_cell else ""
        if match and not match["name"] and (not beside or beside.endswith("：")):
            yield finding(UNSIGNED, _place(grid, row, column))
            return


def _caveats(grid: Grid, parts: tuple[Collection[int], ...], period: Period) -> Iterator[Finding]:
    """What the title or a note says of all the figures: a forecast, an example, a draft."""
    for row, column, word in (text for part in parts for text in texts(grid, part)):
        at, said = _place(grid, row, column), _said(grid, row, column)
        is_title = word.endswith(_TITLE_ENDS) or word.endswith("）")
        words = caveats.disowns(said, period.closing.year) or (caveats.disowns_in_title(word) if is_title else "")
        unfinished = caveats.holds_unfinished(said)
        draft = given_names.draft(word) if is_title else ""
        if words or unfinished:
            yield finding(DISOWNED_FORM, at, words=words or unfinished, closing=period.label)
        elif doubt := caveats.is_provisional(said) or draft:
            yield finding(PROVISIONAL_FORM, at, words=doubt)


def commented(grid: Grid, rows: Collection[int], period: Period) -> Iterator[Finding]:
    """What a comment on the title or a heading says of all the figures."""
    for row in grid.notes.keys() & set(rows):
        for place, text in sorted(grid.notes[row].items()):
            words = caveats.disowns(text[:_LONGEST_SAID], period.closing.year)
            if words:
                yield finding(DISOWNED_FORM, grid.named(*place, words), words=words, closing=period.label)


def _place(grid: Grid, row: int, column: int) -> Place:
    return grid.named(row, column, grid.at(row, column).raw.strip())
