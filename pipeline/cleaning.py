"""Names and figures: what each cell says, or why it cannot be said. Nothing is guessed.

`figures` turns entries into figures. `state` of a figure: `number` (value is read) · `blank` (empty or a dash) ·
`not_started` (未开工) · `unchanged` (同上周) · `unreadable`. What a blank means depends on the target and on last
week, so it is decided by the checks and by settling, not here.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from pipeline.names import Names
from pipeline.params import Programme
from pipeline.reading import BLANK, BOOLEAN, DATE, ERROR, SHARED, UNCALCULATED
from pipeline.rules import finding
from pipeline.tables import (
    DONE,
    FIGURES,
    FINDINGS,
    IN_ROW,
    SENDER,
    Row,
    normal,
    rows,
)

_VISIBLE_NOTHING = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_DASHES = {"", "-", "—", "——", "--", "－", "–", "/", "／", "\\", "无", "×", "*", "＊", "x", "X"}
_NOT_STARTED = ("未开工", "尚未开工", "未动工", "未启动", "未实施", "招标中", "待定", "？", "?", "XX", "xx")
_UNCHANGED = ("同上周", "无变化", "无进展", "本周无变化", "本周无进展", "与上周相同", "同上期")
_WIDE = str.maketrans("０１２３４５６７８９，．－＋％", "0123456789,.-+%")
_UNITS = ("户", "座", "个")
_WHOLE = re.compile(r"(?:\d+|\d{1,3}(?:[, ]\d{3})+)(?:\.0+)?")
_EXPONENT = re.compile(r"\d+(?:\.\d+)?[eE]\+?\d+")
_TOO_LARGE = 1_000_000


def figures(
    entries: pd.DataFrame, senders: Mapping[str, str], programme: Programme
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """figures, findings. Of each file only its own town's rows are kept; rows of others are noted, not used."""
    names = Names(programme)
    found: list[Row] = []
    findings: list[Row] = []
    for file, part in entries.groupby("file", sort=True):
        town = senders.get(str(file), "")
        if town:
            cleaned = _File(town, names)
            found += cleaned.figures(rows(part))
            findings += cleaned.findings
    return FIGURES.table(found), FINDINGS.table(findings)


class _File:
    """One town's file: its figures, and what was found while reading its names and numbers."""

    def __init__(self, town: str, names: Names) -> None:
        self.findings: list[Row] = []
        self._town, self._names = town, names
        self._masked_rows: set[int] = set()

    def figures(self, entries: list[Row]) -> list[Row]:
        found: list[Row] = []
        others: list[Row] = []
        by_row: dict[Any, list[Row]] = {}
        for entry in map(self._without_personal_data, entries):
            if entry["role"] != SENDER:
                by_row.setdefault(entry["row"], []).append(entry)
        for line in by_row.values():
            town = self._town_of(line[0])
            if town == self._town:
                found += self._line(line)
            elif town and _has_figures(line):
                others.append(line[0])
        self._note_others(others)
        self._refuse_repeated(found)
        return found

    def _without_personal_data(self, entry: Row) -> Row:
        """Phone and ID numbers stay in the untouched input only (L20)."""
        masked = {name: mask(entry[name]) for name in ("raw", "remark", "village_raw", "town_raw")}
        if masked["remark"] != entry["remark"] and entry["row"] not in self._masked_rows:
            self._masked_rows.add(entry["row"])
            message = "备注疑含个人信息（电话、身份证或银行卡号），已遮蔽，不进入产出；请勿在表内填写"
            self._find("personal_data", message, {**entry, **masked}, "")
        return {**entry, **masked}

    def _town_of(self, entry: Row) -> str:
        """The town of a row: as written, else the file's. A label such as 合计 or 四甲镇小计 is no other town."""
        written = entry["town_raw"]
        town = self._names.town(written) if normal(written) else self._town
        if town or entry["role"] != IN_ROW:
            return town or self._town
        suggestion = self._names.similar_town(written)
        hint = f"，是否为“{suggestion}”？请改正后重报" if suggestion else "，请按现行区镇名称填报"
        self._find("unknown_town", f"不是区镇名称{hint}", entry, "town")
        return ""

    def _line(self, line: list[Row]) -> Iterator[Row]:
        """The figures of one row, if its village is the town's (or it is a 合计 row)."""
        first = line[0]
        village = self._names.village(self._town, first["village_raw"]) if first["role"] == IN_ROW else ""
        if first["role"] == IN_ROW and not village:
            self._unknown_village(line)
            return
        for entry in line:
            state, value, reason = number(entry["raw"], entry["type"], entry["measure"])
            basis = {"town": self._town, "village": village, "kind": entry["kind"]}
            if reason and entry["measure"] == DONE and village:
                rule, message = reason
                self._find(rule, message, entry, "", **basis)
            yield {
                **basis,
                **{key: entry[key] for key in ("measure", "role", "file", "sheet", "cell", "raw", "remark")},
                "state": state,
                "value": value,
            }

    def _unknown_village(self, line: list[Row]) -> None:
        """A row whose village is none of the town's: why, as far as the programme can tell."""
        first, written = line[0], line[0]["village_raw"]
        if not normal(written):
            message = f"第 {first['row']} 行只有数字没有村名，疑为合计，请写明村名或“合计”"
            self._find("unnamed_row", message, line[0], "")
            return
        owners = self._names.towns_of(written)
        near = self._names.similar_village(self._town, written)
        if owners:
            self._find("wrong_town", f"“{written}”属于{owners[0]}，不属于{self._town}，请改正后重报", first, "village")
        elif near:
            self._find("misspelt_village", f"“{written}”不在名单，是否为“{near}”？请改正后重报", first, "village")
        elif _has_figures(line):
            self._find("unknown_village", f"“{written}”不在整村推进名单，未计入", first, "village")

    def _note_others(self, others: list[Row]) -> None:
        if others:
            message = f"只采用本镇数据，其他镇 {len(others)} 行未采用"
            self._find("other_towns_rows", message, others[0], "")

    def _refuse_repeated(self, found: list[Row]) -> None:
        """The same village in two rows: the same figures are used once, different ones not at all."""
        seen: dict[tuple[str, str, str], Row] = {}
        for figure in [figure for figure in found if figure["role"] == IN_ROW]:
            key = (figure["village"], figure["kind"], figure["measure"])
            first = seen.setdefault(key, figure)
            if first is figure:
                continue
            found.remove(figure)
            if figure["measure"] == DONE:
                same = (first["state"], first["value"]) == (figure["state"], figure["value"])
                message = f"“{figure['village']}”重复（另见 {figure['cell']}），" + (
                    "数据相同，计一次" if same else f"数据不同（{first['raw']} 与 {figure['raw']}），请删去一行后重报"
                )
                place = {"town": self._town, "village": figure["village"], "kind": figure["kind"]}
                self._find("duplicate_village", message, first, "", "note" if same else "", **place)

    def _find(self, rule: str, message: str, entry: Row, label: str, level: str = "", **basis: str) -> None:
        """A finding at a figure's own cell, or (label) at the cell of its town or village."""
        place = {"town": self._town, "file": entry["file"], "sheet": entry["sheet"], **basis}
        cell, raw = (entry[f"{label}_cell"], entry[f"{label}_raw"]) if label else (entry["cell"], entry["raw"])
        self.findings.append(finding(rule, message, level, **place, cell=cell, raw=raw))


def _has_figures(line: list[Row]) -> bool:
    return any(entry["measure"] == DONE and normal(entry["raw"]) not in _DASHES for entry in line)


_PERSONAL = re.compile(
    r"(?<!\d)(?:"
    r"(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}"  # mobile
    r"|0\d{2,3}-\d{7,8}"  # landline
    r"|\d{6} ?\d{8} ?\d{3}[\dXx]"  # ID card
    r"|\d{4}(?: ?\d{4}){3}(?: ?\d{3})?"  # bank card
    r")(?!\d)"
)


def mask(text: str) -> str:
    """Phone, ID and bank numbers, however they are grouped, with their middle hidden: 138****1234."""
    masked, end = "", 0
    for match in _PERSONAL.finditer(text.translate(_WIDE)):  # sign for sign, so that places stay the same
        number = text[match.start() : match.end()]
        masked += f"{text[end : match.start()]}{number[:3]}****{number[-4:]}"
        end = match.end()
    return masked + text[end:]


# ---- one number ------------------------------------------------------------------------------------------------

Reading = tuple[str, int | None, tuple[str, str] | None]


def number(raw: str, type: str, measure: str = DONE) -> Reading:
    """(state, value, reason) of one cell; `reason` is (rule, what to do) when it cannot be read.

    Marks are looked at before anything is normalised: NFKC would turn 12① into 121.
    """
    by_type = _BY_TYPE.get(type)
    if by_type:
        rule, message = by_type
        return "unreadable", None, (rule, message.format(raw=raw))
    text = _VISIBLE_NOTHING.sub(" ", raw).strip().translate(_WIDE)
    if type == BLANK or text in _DASHES:
        return "blank", None, None
    if text in _NOT_STARTED:
        return "not_started", None, None
    if text in _UNCHANGED and measure == DONE:
        return "unchanged", None, None
    return _counted(text, raw)


_BY_TYPE = {
    ERROR: ("error_figure", "单元格为错误值 {raw}，请填截至本周的累计完成数"),
    UNCALCULATED: ("uncalculated_formula", "公式未计算，请打开保存后重报"),
    DATE: ("date_figure", "单元格是日期，请设为“文本/常规”后重填数字"),
    SHARED: ("merged_figure", "几行共用一个数，请分村填报"),
    BOOLEAN: ("unreadable_figure", "“{raw}”不是座数，请填截至本周的累计完成数"),
}


def _counted(text: str, raw: str) -> Reading:
    bare = text[:-1].strip() if text.endswith(_UNITS) else text
    if _WHOLE.fullmatch(bare) or _EXPONENT.fullmatch(bare):
        value = float(bare.replace(",", "").replace(" ", ""))
        if value >= _TOO_LARGE:
            return "unreadable", None, ("impossible_figure", f"数值 {raw} 明显异常，请填截至本周的累计完成数")
        if value == int(value):
            return "number", int(value), None
    return "unreadable", None, _why(bare, raw)


def _why(text: str, raw: str) -> tuple[str, str]:
    """The reason that fits, and what to write instead."""
    for rule, pattern, message in _REASONS:
        if pattern(text):
            return rule, message.format(raw=raw)
    return "unreadable_figure", f"“{raw}”无法识别为座数，请填截至本周的累计完成数"


def _matches(pattern: str) -> Callable[[str], bool]:
    return re.compile(pattern).fullmatch  # type: ignore[return-value]


_FILL = "请填截至本周的累计完成数"
_REASONS: tuple[tuple[str, Callable[[str], bool], str], ...] = (
    ("negative", _matches(r"-\d.*"), "累计数不能为负；核减请在备注说明并走更正流程"),
    ("unreadable_figure", _matches(r".*\d%|0\.\d+"), "完成情况应填数量，不填比例，" + _FILL),
    ("not_whole", _matches(r"[\d,]*\.\d+"), "座数应为整数，" + _FILL),
    ("unreadable_figure", _matches(r"(约|近|大约|大概|不足|超过?|将近).*|.*(左右|多|余|上下|以上)"), "“{raw}”不是确数，" + _FILL),
    ("unreadable_figure", _matches(r"\d+\s*[-~～—至到]\s*\d+.*"), "请填确数，不填区间，" + _FILL),
    ("unreadable_figure", _matches(r"\+\d+.*|(本周)?(新增|本周).*\d.*"), "疑似只填本周新增，" + _FILL),
    ("unreadable_figure", _matches(r".*(完成|√|✓|全部).*"), "请填数字，" + _FILL),
    ("unreadable_figure", _matches(r"\d+\s*[*＊①-⑳²³¹].*|\d+注.*"), "数字带脚注标记，请去掉标记，" + _FILL),
    ("unreadable_figure", _matches(r"[\d\s]+\+[\d\s+]+"), "请填合计后的数字，" + _FILL),
    ("unreadable_figure", _matches(r"[\dlIOo]+"), "含字母，请改成数字，" + _FILL),
)  # fmt: skip
