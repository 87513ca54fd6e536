"""The heading of the form, wherever it stands and however it is worded: which column holds what.

One to three lines, merged or not; columns by their words read from top to bottom, never by their position.
"""

from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.intake.form.grid import Grid
from pipeline.records import KINDS, Kind, Measure

TOWN_WORDS = frozenset(
    [
        "区镇",
        "镇街",
        "乡镇",
        "镇",
        "镇区",
        "街道",
        "单位",
        "区镇街道",
        "镇街道",
        "区镇名称",
        "镇（街道）",
        "区镇（街道）",
        "乡镇（街道）",
        "单位名称",
        "镇名",
        "区镇名",
    ]
)
VILLAGE_WORDS = frozenset(
    [
        "整村推进村",
        "推进村",
        "村",
        "村名",
        "村居",
        "行政村",
        "村名称",
        "整村推进村名称",
        "整村推进村名",
        "任务村",
        "村（社区）",
        "村（居）",
        "项目村",
        "行政村名称",
    ]
)
_REMARK_WORDS = frozenset(["备注", "说明", "备注说明", "备注（说明）"])
_KIND_WORDS = {Kind.NEW_BUILD: ("新建",), Kind.RENOVATION: ("整改", "修缮")}
_TYPOS = {
    "新健": "新建",
    "新见": "新建",
    "整该": "整改",
    "正改": "整改",
    "以完成": "已完成",
    "完城": "完成",
    "目标任物": "目标任务",
    "备住": "备注",
}
_TARGET_MARKS, _DONE_MARKS = ("目标", "任务", "下达", "计划"), ("完成", "完工", "竣工")
# 完成 in these is not what has been done so far
_NEVER_DONE = (
    "率", "比例", "占比", "百分比", "上周", "上期", "上月", "昨", "去年", "未完成", "应完成", "需完成", "待完成", "拟完成", "预计", "计划完成",
    "尚", "剩余", "小计", "合计", "时间", "时限", "日期", "投资", "资金", "金额", "进度", "开工",
)  # fmt: skip
_ADDED_MARKS = ("本周新增", "新增", "本周完成", "当周完成", "本期完成", "本周")
_NO_MEASURE = "none"
_MEASURES = (Measure.DONE, Measure.TARGET, Measure.ADDED)
_DEEPEST = 3


@dataclass
class Heading:
    """One heading band, and which column holds what; `figures` maps a column to (measure, kind).

    weekly: its done columns are headed 本周完成, where a cumulative count is wanted. doubled: two columns claim one
    figure. extra: headings of columns that are not the form's. typos: (cell, as written, what it is taken for).
    """

    top: int
    bottom: int
    town: int = 0
    village: int = 0
    remark: int = 0
    figures: dict[int, tuple[Measure, str]] = field(default_factory=dict)
    weekly: str = ""
    doubled: bool = False
    extra: list[str] = field(default_factory=list)
    typos: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """Whether it is the form's: a village column and both done columns."""
        done = {kind for measure, kind in self.figures.values() if measure == Measure.DONE}
        return bool(self.village) and done == set(KINDS)

    @property
    def columns(self) -> tuple[object, ...]:
        """What the table below must share with another to be its continuation."""
        return self.town, self.village, self.remark, self.figures


def find(grid: Grid) -> list[Heading]:
    """Every heading band on the sheet, from the top."""
    bands: list[Heading] = []
    after = 0
    for row in grid.rows:
        if row <= after or not _starts(grid, row):
            continue
        for depth in range(1, _DEEPEST + 1):
            heading = _read(grid, row, row + depth - 1)
            if heading.is_complete and not any(_holds_data(grid, line, heading) for line in range(row, row + depth)):
                bands.append(heading)
                after = heading.bottom
                break
    return bands


def lacks_kinds(grid: Grid) -> bool:
    """H08: a heading of villages and 完成情况 that does not part 新建 from 整改."""
    for row in grid.rows:
        words = {_corrected(word) for _, word in grid.words(row)}
        if words & VILLAGE_WORDS and any(_sense(word) == Measure.DONE for word in words):
            return True
    return False


def _starts(grid: Grid, row: int) -> bool:
    """The first line of a heading names the village column, or the measures above it."""
    return any(_opens(word) for _, word in grid.words(row) if not word.isdigit())


@lru_cache(maxsize=4096)
def _opens(written: str) -> bool:
    word = _corrected(written)
    return word in VILLAGE_WORDS or (len(word) <= 12 and not word.endswith("表") and _sense(word) in _MEASURES)


def _holds_data(grid: Grid, row: int, heading: Heading) -> bool:
    """A line of figures, or of a village, is no part of the heading."""
    village = grid.word(row, heading.village)
    if any(grid.word(row, column).replace(".", "").isdigit() for column in heading.figures):
        return True
    return village not in VILLAGE_WORDS and not _sense(village) and village.endswith(("村", "社区"))


def _read(grid: Grid, top: int, bottom: int) -> Heading:
    grid.sheet.work((bottom - top + 1) * grid.last_column)
    heading = Heading(top, bottom)
    above = ""
    columns: dict[int, tuple[Measure, str, str]] = {}  # column -> measure, kind, all its words
    for column in range(1, grid.last_column + 1):
        words = _words(grid, heading, column)
        if not _take_label(heading, column, words):
            above = next((word for word in reversed(words) if _sense(word)), above if words else "")
            measure, kind = _meaning(words, above)
            if measure:
                columns[column] = (measure, kind, "".join(words) + above)
            elif words:
                heading.extra.append("".join(words))
            continue
        above = ""
    _settle(heading, columns)
    return heading


def _words(grid: Grid, heading: Heading, column: int) -> list[str]:
    """The column's words from top to bottom, each once; slips of the pen are read as what is meant, and told."""
    words: list[str] = []
    for row in range(heading.top, heading.bottom + 1):
        written = grid.word(row, column)
        word = _corrected(written)
        if word and word not in words:
            words.append(word)
            if word != written:
                typo = next(typo for typo in _TYPOS if typo in written)
                heading.typos.append((grid.place(row, column), typo, _TYPOS[typo]))
    return words


@lru_cache(maxsize=4096)
def _corrected(word: str) -> str:
    for typo, meant in _TYPOS.items():
        if typo in word:
            word = word.replace(typo, meant)
    return word


def _take_label(heading: Heading, column: int, words: list[str]) -> bool:
    if not heading.town and any(word in TOWN_WORDS for word in words):
        heading.town = column
    elif not heading.village and any(word in VILLAGE_WORDS for word in words):
        heading.village = column
    elif not heading.remark and any(word in _REMARK_WORDS for word in words):
        heading.remark = column
    else:
        return False
    return True


@lru_cache(maxsize=4096)
def _sense(word: str) -> str:
    """What a heading word speaks of: a measure, NO_MEASURE for what must not be taken for one, "" for neither."""
    if "完成率" in word:
        return Measure.RATE
    if any(mark in word for mark in _NEVER_DONE) or ("目标" in word and "完成" in word):
        return _NO_MEASURE
    if "累计" not in word and "截至" not in word and any(mark in word for mark in _ADDED_MARKS):
        return Measure.ADDED
    if any(mark in word for mark in _DONE_MARKS):
        return Measure.DONE
    return Measure.TARGET if any(mark in word for mark in _TARGET_MARKS) else ""


def _meaning(words: list[str], above: str) -> tuple[Measure, str]:
    """(measure, kind) of a column: its lowest word that speaks of a measure, or the upper heading written before it."""
    text = "".join(words)
    measure = next((sense for word in reversed(words) if (sense := _sense(word))), "") or _sense(above)
    kinds = [kind for kind, marks in _KIND_WORDS.items() if any(mark in text for mark in marks)]
    if measure in (Measure.RATE, Measure.ADDED):
        return Measure(measure), kinds[0] if len(kinds) == 1 else Kind.TOTAL
    is_figure = measure in (Measure.DONE, Measure.TARGET) and len(kinds) == 1
    return (Measure(measure), kinds[0]) if is_figure else (Measure.NONE, "")


def _settle(heading: Heading, columns: dict[int, tuple[Measure, str, str]]) -> None:
    """One column for each figure. Of two done columns the one called 累计 counts; 本周 counts only if it stands alone."""
    done = {kind for measure, kind, _ in columns.values() if measure == Measure.DONE}
    weekly = {kind: text for measure, kind, text in columns.values() if measure == Measure.ADDED and "完成" in text}
    if not done and set(weekly) >= set(KINDS):
        heading.weekly = next(mark for mark in _ADDED_MARKS if mark in weekly[Kind.NEW_BUILD])
    for column, (headed, kind, text) in columns.items():
        measure = Measure.DONE if heading.weekly and headed == Measure.ADDED else headed
        rivals = [other for other, meaning in heading.figures.items() if meaning == (measure, kind)]
        if rivals and "累计" in text and "累计" not in columns[rivals[0]][2]:
            del heading.figures[rivals[0]]
        elif rivals:
            heading.doubled |= measure == Measure.DONE and ("累计" in text) == ("累计" in columns[rivals[0]][2])
            continue
        heading.figures[column] = (measure, kind)
