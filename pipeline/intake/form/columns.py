"""Which column of a heading holds what, by the words over it.

Where two columns could be 完成情况, none is chosen for a word: the plain one is used and the other named, or the form is held.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from pipeline.intake.form.dates import Period
from pipeline.intake.form.heading_words import Meaning, is_group, understood, without_english
from pipeline.records import KINDS, Kind, Measure

_LABELS = {
    "town": re.compile(
        r"(?:所在|所属|填报|报送|上报|属地)?(?=.*(?:区镇|镇|乡|街道|单位))(?:区镇|镇街|乡镇|镇区|街道|园区|[区镇乡]|单位|[（）、/])+(?:名称|名)?"
        r"|(?:县（市、区）|县市区|县区|设区市|省（区、市）)(?:名称)?"  # of the offices above
    ),
    "village": re.compile(
        r"(?:所在|所属)?(?:整村)?(?:推进|任务|项目|行政|实施)?(?=.*村)(?:村居|村别|村|社区|居|委会|[（）、/])+(?:名称|名)?"
    ),
    "remark": re.compile(r"(?:备注栏?|备考|附注|[Rr]emarks?|(?:备注|情况|其他)?（?说明）?)"),
}
_NUMBERING = frozenset(["序号", "编号", "行次", "行号", "No", "NO", "序"])
_TYPOS = {
    "新健": "新建", "新见": "新建", "整该": "整改", "正改": "整改", "以完成": "已完成", "完城": "完成", "目标任物": "目标任务",
    "备住": "备注",
}  # fmt: skip
_LONGEST_LABEL = 20  # its words can be parted in several ways, and all are tried
_UNIT_OF_ANOTHER = re.compile(r"[%％‰]|[十百千万亿]+[户座个]?|[十百千万亿]*元|人次?|户次|平方米|㎡|米|亩|公里|吨|套|批")
_NEWER = re.compile(r"最新|更正|更新|修改|修正|调整|核实|核定|最终|实际|今日|今天")
_FINISHED = ("完成", "完工", "竣工", "建成")

Words = tuple[str, ...]  # of a column, from top to bottom


@dataclass(frozen=True)
class Heading:
    """One heading band, and which column holds what; `figures` maps a column to (measure, kind).

    weekly: its done columns are headed 本周完成, where a cumulative count is wanted. unclear: headings of its done columns
    that say more than 完成情况, or of several that say the same. unit: what stands in place of 座 in them. left: headings
    that speak of 完成 too and were not taken. extra: the headings of columns that are not the form's. typos: (cell, as
    written, meant). numbering: the column of running numbers.
    """

    top: int
    bottom: int
    town: int = 0
    village: int = 0
    remark: int = 0
    figures: Mapping[int, tuple[Measure, str]] = field(default_factory=dict)
    chosen: Words = ()
    weekly: str = ""
    unclear: Words = ()
    unit: str = ""
    left: Words = ()
    extra: Mapping[int, str] = field(default_factory=dict)
    typos: tuple[tuple[str, str, str], ...] = ()
    numbering: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether it is the form's: a village column and both done columns."""
        done = {kind for measure, kind in self.figures.values() if measure == Measure.DONE}
        return bool(self.village) and done == set(KINDS)

    @cached_property
    def known(self) -> frozenset[int]:
        """The columns that say nothing beyond the form's own words: its own, and that of running numbers."""
        return frozenset((self.town, self.village, self.remark, self.numbering, *self.figures))

    @property
    def columns(self) -> tuple[object, ...]:
        """What the table below must share with another to be its continuation."""
        return self.town, self.village, self.remark, self.figures


@lru_cache(maxsize=1024)  # towns fill copies of one template
def of_lines(lines: tuple[Words, ...], hidden: frozenset[int], period: Period) -> Heading:
    """What the columns of these lines hold; the band's own place is left open."""
    by_column = words_by_column([[corrected(word) for word in line] for line in lines])
    labels = _labels(by_column)
    spanning = _spanning([words for column, words in by_column.items() if column not in labels.values()])
    headed: list[_Column] = []
    extra: dict[int, str] = {}
    for column, words in by_column.items():
        if not words or column in labels.values():
            continue
        read = _column(column, [word for word in words if word not in spanning], period, headed)
        if read.measure is not Measure.NONE:
            headed.append(read)
        if read.measure is Measure.NONE or (read.rest and read.measure is not Measure.DONE):
            extra[column] = "".join(words)
    town, village, remark = (labels.get(name, 0) for name in ("town", "village", "remark"))
    numbering = next((column for column, words in by_column.items() if words and words[0] in _NUMBERING), 0)
    heading = Heading(0, 0, town, village, remark, extra=extra, numbering=numbering)
    return _settled(heading, headed, hidden)


def words_by_column(lines: list[list[str]]) -> dict[int, Words]:
    """column -> its words, each once. A group's heading that was not merged holds for the blanks to its right."""
    for number, line in enumerate(lines):
        for at in range(1, len(line)):
            is_headed_below = any(below[at] for below in lines[number + 1 :])
            if not line[at] and is_headed_below and line[at - 1] and not label(line[at - 1]):
                line[at] = line[at - 1]
    return {
        column: tuple(dict.fromkeys(filter(None, (line[column - 1] for line in lines))))
        for column in range(1, len(lines[0]) + 1)
    }


@lru_cache(maxsize=4096)
def label(word: str) -> str:
    """town, village or remark; "" for what is none of these labels."""
    bare = without_english(word)
    if len(bare) > _LONGEST_LABEL:
        return ""
    return next((name for name, pattern in _LABELS.items() if pattern.fullmatch(bare)), "")


def is_village(word: str) -> bool:
    """Whether it heads the column of villages."""
    return label(word) == "village"


def _labels(by_column: Mapping[int, Words]) -> dict[str, int]:
    """town, village, remark -> the first column that is headed so."""
    labels: dict[str, int] = {}
    for column, words in by_column.items():
        for word in words:
            name = label(word)
            if name and name not in labels:
                labels[name] = column
                break
    return labels


def _spanning(columns: Sequence[Words]) -> frozenset[str]:
    """What stands over targets and done figures alike, and so tells neither: 户厕改造进展, 目标任务及完成情况."""
    over: dict[Measure, set[str]] = {Measure.TARGET: set(), Measure.DONE: set()}
    for words in columns:
        at = next((at for at in reversed(range(len(words))) if understood(words[at]).measures), 0)
        for measure in over.keys() & (understood(words[at]).measures if words else ()):
            over[measure].update(words[:at])
    return frozenset(word for word in set.intersection(*over.values()) if is_group(word))


@dataclass(frozen=True)
class _Column:
    """One column that speaks of a measure. rest: what it says beyond the form's own words."""

    number: int
    text: str
    measure: Measure
    kind: str
    rest: str = ""


def _column(number: int, words: Sequence[str], period: Period, before: Sequence[_Column]) -> _Column:
    meanings = [understood(word) for word in words]
    measure = next((_measure(meaning) for meaning in reversed(meanings) if meaning.measures), Measure.NONE)
    kinds = set().union(*(meaning.kinds for meaning in meanings))
    kind = next(iter(kinds)) if len(kinds) == 1 else str(Kind.TOTAL)
    text, rest = "".join(words), _rest(words, meanings, measure, period)
    is_cumulative = any(meaning.is_cumulative for meaning in meanings)
    is_week = any(meaning.is_week for meaning in meanings) and not is_cumulative
    if measure is Measure.NONE and kind in KINDS and not rest and before and before[-1].number == number - 1:
        left = before[-1]  # 完成新建 | 整改
        return replace(left, number=number, text=text, kind=kind)
    if measure is Measure.DONE and is_week:
        measure = Measure.ADDED
    if measure is Measure.DONE and kinds == {Kind.TOTAL}:
        measure = Measure.SUM
    if measure in (Measure.DONE, Measure.TARGET, Measure.LEFT) and kind not in KINDS:
        measure = Measure.NONE
    return _Column(number, text, measure, kind, rest)


def _measure(meaning: Meaning) -> Measure:
    """The measure of one cell; 新增完成 is what was added."""
    for measure in (Measure.RATE, Measure.ADDED, Measure.LEFT, Measure.DONE):
        if measure in meaning.measures:
            return measure
    return Measure.TARGET


def _rest(words: Sequence[str], meanings: Sequence[Meaning], measure: Measure, period: Period) -> str:
    """What makes a column another one's: words that are not the form's, another time, a second measure beside its own."""
    rest = "".join(meaning.rest for meaning in meanings)
    rest += "".join(meaning.since for meaning in meanings if meaning.since and not period.is_since_start(meaning.since))
    dated = (text for meaning in meanings for text in meaning.dated if text != meaning.since)
    other = "".join(text for text in dated if period.is_other_time(text))
    own = {measure} if measure in (Measure.DONE, Measure.TARGET) else {measure, Measure.DONE}
    mixed = (word for word, meaning in zip(words, meanings, strict=True) if meaning.measures - own)
    return rest + other + "".join(mixed)


# ---- one column for each figure --------------------------------------------------------------------------------


def _settled(heading: Heading, headed: Sequence[_Column], hidden: frozenset[int]) -> Heading:
    """One column for each figure, and what is to be told of the others."""
    figures: dict[int, tuple[Measure, str]] = {}
    for column in headed:
        of = (column.measure, column.kind)
        if column.measure is not Measure.DONE and not column.rest and of not in figures.values():
            figures[column.number] = of
    done = [column for column in headed if column.measure is Measure.DONE]
    weekly = _weekly(headed)
    if weekly and not any(not column.rest for column in done):
        figures = {at: of for at, of in figures.items() if of[0] is not Measure.ADDED}
        taken, unclear = weekly, tuple[str, ...]()
    else:
        weekly = []
        taken, unclear = _taken(done, hidden)
    figures |= {column.number: (Measure.DONE, column.kind) for column in taken}
    others = [column for column in headed if column.measure is Measure.LEFT and "完成" in column.text]
    left = tuple(column.text for column in (*done, *others) if column not in taken and column.text not in unclear)
    return replace(
        heading, figures=dict(sorted(figures.items())), chosen=tuple(column.text for column in taken),
        weekly=weekly[0].text.replace(weekly[0].kind, "") if weekly else "", unclear=unclear, left=left, unit=_unit(taken),
    )  # fmt: skip


def _weekly(headed: Iterable[_Column]) -> list[_Column]:
    """The two columns headed 本周完成, if there is one for each kind."""
    of_week = [column for column in headed if column.measure is Measure.ADDED and not column.rest]
    finished = [column for column in of_week if any(word in column.text for word in _FINISHED)]
    first = {column.kind: column for column in reversed(finished) if column.kind in KINDS}
    return [first[kind] for kind in KINDS] if len(first) == len(KINDS) else []


def _taken(done: Sequence[_Column], hidden: frozenset[int]) -> tuple[list[_Column], Words]:
    """(the done column of each kind, headings that leave it open whether they are the right ones).

    A plain one among others is the right one, unless another says that it is newer, or it is hidden and the other seen;
    of two plain ones the one that the clerk sees.
    """
    taken: list[_Column] = []
    unclear: list[str] = []
    for kind in KINDS:
        of_kind = [column for column in done if column.kind == kind]
        plain = [column for column in of_kind if not column.rest]
        seen = [column for column in plain if column.number not in hidden]
        others = [column for column in of_kind if column.rest and column.number not in hidden]
        rivals = [column for column in others if plain and (not seen or _NEWER.search(column.rest))]
        possible = [*((seen if len(seen) == 1 else plain) or of_kind), *rivals]
        taken += possible[:1]
        if len(possible) > 1 or (possible and possible[0].rest):
            unclear += [column.text for column in possible]
    return taken, tuple(unclear)


def _unit(taken: Iterable[_Column]) -> str:
    """What a done column counts in place of 座, if that is all that is wrong with it: %, 万元."""
    return next((column.rest for column in taken if _UNIT_OF_ANOTHER.fullmatch(column.rest)), "")


# ---- slips of the pen ------------------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def typos(lines: tuple[Words, ...]) -> list[tuple[int, int, str, str]]:
    """(line, column, slip of the pen, what it is taken for); of a cell merged over lines once."""
    return [
        (row, column, typo, meant)
        for row, line in enumerate(lines)
        for column, word in enumerate(line, 1)
        if not row or lines[row - 1][column - 1] != word
        for typo, meant in _TYPOS.items()
        if typo in word
    ]


@lru_cache(maxsize=4096)
def corrected(word: str) -> str:
    """The word without the slips that are known."""
    for typo, meant in _TYPOS.items():
        if typo in word:
            word = word.replace(typo, meant)
    return word
