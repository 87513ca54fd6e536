"""Names and figures: what each cell says, or why it cannot be said. Nothing is guessed.

`figures` turns entries into figures. `state` of a figure: `number` (value is read) · `blank` (empty or a dash) ·
`not_started` (未开工) · `unchanged` (同上周) · `unreadable`. What a blank means depends on the target and on last
week, so it is decided by the checks and by settling, not here.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from pipeline.intake import gazetteer, numerals
from pipeline.intake.names import Names, bare_village
from pipeline.intake.numerals import EMPTY, NOT_STARTED, NUMBER_READ, UNCHANGED, UNREADABLE, Context, Reading
from pipeline.intake.privacy import mask
from pipeline.intake.reading.book import PART_STRUCK, RED, SHARED, STRUCK, UNCALCULATED
from pipeline.params import Programme
from pipeline.rules import NOTE, REJECT, finding
from pipeline.tables import (
    DONE,
    FIGURES,
    FINDINGS,
    HEADLINE,
    IN_ROW,
    KINDS,
    RATE,
    TARGET,
    ZERO_REPORT,
    Row,
    normal,
    rows,
)

_DOUBTFUL_ALIASES = ("开发区", "工业园区", "工业园", "新区")
_CONSTANT = re.compile(r"[\d+\-*/(). ]*\d[\d+\-*/(). ]*")  # =12+5
_MASKED = ("raw", "remark", "village_raw", "town_raw")
_KEPT = ("measure", "role", "file", "sheet", "cell", "raw", "remark", "remark_cell")

Key = tuple[str, str, str]


@dataclass(frozen=True)
class _Setting:
    """What every file of the week is read beside."""

    names: Names
    year: int
    closing: str
    targets: Mapping[Key, int]
    previous: Mapping[Key, int | None]
    villages: Mapping[str, tuple[str, ...]]

    def context(self, key: Key) -> Context:
        return Context(self.closing, self.targets.get(key), self.previous.get(key))


def figures(
    entries: pd.DataFrame, senders: Mapping[str, str], programme: Programme, closing: dt.date, previous: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """figures, findings. Of each file only its own town's rows are kept; rows of others are noted, not used.

    previous: the last accepted figure of each village × kind (see settling), beside which 15（含上周3） is read.
    """
    setting = _Setting(
        Names(programme),
        closing.year,
        f"{closing.month}月{closing.day}日",
        programme.targets(closing),
        {(row["town"], row["village"], row["kind"]): row["previous"] for row in rows(previous)},
        {town: tuple(village.name for village in of.villages) for town, of in programme.towns.items()},
    )
    by_file: dict[str, list[Row]] = {}
    for entry in rows(entries):
        by_file.setdefault(entry["file"], []).append(entry)
    found: list[Row] = []
    findings: list[Row] = []
    for file in sorted(by_file):
        town = senders.get(file, "")
        if town:
            cleaned = _File(town, setting)
            found += cleaned.figures(by_file[file])
            findings += cleaned.findings
    return FIGURES.table(found), FINDINGS.table(findings)


class _File:
    """One town's file: its figures, and what was found while reading its names and numbers."""

    def __init__(self, town: str, setting: _Setting) -> None:
        self.findings: list[Row] = []
        self._town, self._setting, self._names = town, setting, setting.names
        self._masked_rows: set[int] = set()
        self._shared: dict[str, list[str]] = {}

    def figures(self, entries: list[Row]) -> list[Row]:
        found: list[Row] = []
        others: list[Row] = []
        lines = self._lines(entries)
        for line in lines:
            town = self._town_of(line[0])
            if town == self._town:
                found += self._line(line)
            elif town and _has_figures(line):
                self._other(town, line, others)
        self._note_others(others)
        self._refuse_repeated(found)
        for entry in entries:
            if entry["role"] == ZERO_REPORT:
                found += self._zero_report(entry)
            elif entry["role"] == HEADLINE:
                self._year(entry, found)
        return found

    def _lines(self, entries: list[Row]) -> list[list[Row]]:
        """The entries of the form's rows, row by row."""
        by_row: dict[Any, list[Row]] = {}
        for entry in entries:
            if entry["measure"]:
                by_row.setdefault(entry["row"], []).append(self._without_personal_data(entry))
                if entry["type"] == SHARED and entry["village_raw"]:
                    self._shared.setdefault(entry["cell"], []).append(entry["village_raw"])
        return list(by_row.values())

    def _without_personal_data(self, entry: Row) -> Row:
        """Phone and ID numbers and names stay in the untouched input only (L20)."""
        masked = {name: mask(entry[name]) for name in _MASKED if entry[name]}
        if masked.get("remark", "") != entry["remark"] and entry["row"] not in self._masked_rows:
            self._masked_rows.add(entry["row"])
            message = "备注疑含个人信息（姓名、电话、身份证或银行卡号），已遮蔽，不进入产出；请勿在表内填写"
            at_remark = {**entry, "cell": entry["remark_cell"], "raw": masked["remark"]}
            village = self._names.village(self._town, entry["village_raw"])
            self._find("personal_data", message, at_remark, "", village=village)
        return {**entry, **masked, "typed": entry["raw"]}

    # ---- names -------------------------------------------------------------------------------------------------

    def _town_of(self, entry: Row) -> str:
        """The town of a row: as written, else the file's. A label such as 合计 or 四甲镇小计 is no other town."""
        written = normal(entry["town_raw"])
        town = self._names.town(written) if written else self._town
        if town and written in _DOUBTFUL_ALIASES:
            self._once("doubtful_alias", f"“{written}”按{town}采用，请确认", entry, "town")
        if town or entry["role"] != IN_ROW:
            return town or self._town
        kind = gazetteer.kind_of_town(written)
        if kind == gazetteer.OUTSIDE:
            self._once("other_town", "不在本年度整村推进范围，未采用", entry, "town")
        elif kind == gazetteer.FORMER_TOWN:
            self._once("unknown_town", f"“{written}”已撤并，请按现行区镇填报", entry, "town")
        else:
            near = self._names.similar_town(written)
            hint = f"，是否为“{near}”？请改正后重报" if near else "，请按现行区镇名称填报"
            self._once("unknown_town", f"“{written}”不是区镇名称{hint}", entry, "town")
        return ""

    def _other(self, town: str, line: list[Row], others: list[Row]) -> None:
        """A row of another town is not used; a village of this town written there is in the wrong place (T12)."""
        written = line[0]["village_raw"]
        if self._names.village(self._town, written) and not self._names.village(town, written):
            message = f"“{written}”属于{self._town}，不属于{town}，请改正后重报"
            self._find("wrong_town", message, line[0], "village")
        else:
            others.append(line[0])

    def _note_others(self, others: list[Row]) -> None:
        if others:
            message = f"只采用本镇数据，其他镇{len(others)}行未采用"
            self._find("other_towns_rows", message, others[0], "village")

    def _village_of(self, line: list[Row]) -> str:
        """The village of a row, or "" with a finding that says why it is none of the town's."""
        first, written = line[0], line[0]["village_raw"]
        village = self._names.village(self._town, written)
        if village and self._names.is_stem(self._town, written):
            if gazetteer.communities(self._town, bare_village(written)):
                message = f"“{written}”无法区分村与社区，请写全称"
                self._find("ambiguous_village", message, first, "village")
                return ""
        elif village and self._names.is_variant(self._town, written):
            self._find("variant_name", f"“{written}”按别名表更正为“{village}”", first, "village")
        if not village:
            self._unknown_village(line)
        return village

    def _unknown_village(self, line: list[Row]) -> None:
        """A row whose village is none of the town's: why, as far as the programme and the gazetteer can tell."""
        first, written = line[0], line[0]["village_raw"]
        if not normal(written) or normal(written) in numerals.DASHES:
            message = f"第{first['row']}行只有数字没有村名，疑为合计，请写明村名或“合计”"
            self._find("unnamed_row", message, first, "")
            return
        owners = [town for town in self._names.towns_of(written) if town != self._town]
        near = self._names.similar_village(self._town, written)
        if self._names.several(self._town, written):
            self._find("several_villages", "一行只能填一个村，请拆行", first, "village")
        elif self._names.is_former(written):
            self._find("former_village", "请填现行行政村名", first, "village")
        elif owners:
            message = f"“{written}”属于{owners[0]}，不属于{self._town}，请改正后重报"
            self._find("wrong_town", message, first, "village")
        elif near and not gazetteer.is_real(self._town, bare_village(written)):
            self._find("misspelt_village", f"“{written}”不在名单，是否为“{near}”？请改正后重报", first, "village")
        elif _has_figures(line):
            known = gazetteer.is_real(self._town, bare_village(written))
            doubt = "" if known else "；本镇村名录里也没有，请核对村名"
            self._find("unknown_village", f"“{written}”不在整村推进名单，未计入{doubt}", first, "village")

    def _year(self, headline: Row, found: list[Row]) -> None:
        """H10: a title of another year; with other targets it is another year's form."""
        years = [int(year) for year in re.findall(r"(20\d{2})年", headline["raw"])]
        if not years or self._setting.year in years:
            return
        typed = [
            row for row in found if row["measure"] == TARGET and row["role"] == IN_ROW and row["value"] is not None
        ]
        targets = self._setting.targets
        differs = any(row["value"] != targets[row["town"], row["village"], row["kind"]] for row in typed)
        message = f"标题年份为{years[0]}，"
        if differs:
            message += f"且目标与{self._setting.year}年下达数不符，疑为往年的表，请用当年的表重报"
        else:
            message += f"已按{self._setting.year}年度处理，请更正模板"
        self._find("wrong_year", message, headline, "", REJECT if differs else NOTE)

    # ---- figures -----------------------------------------------------------------------------------------------

    def _line(self, line: list[Row]) -> Iterator[Row]:
        """The figures of one row, if its village is the town's (or it is a 合计 row)."""
        is_village = line[0]["role"] == IN_ROW
        village = self._village_of(line) if is_village else ""
        if is_village and not village:
            return
        for entry in line:
            key = (self._town, village, entry["kind"])
            reading = self._understood(entry, key)
            if village and entry["measure"] == DONE:
                self._tell(entry, reading, key)
            remark = entry["remark"]
            if reading.state == NOT_STARTED:  # V16: what was written instead of a number is a remark
                remark = "；".join(filter(None, (remark, entry["raw"].strip())))
            kept = {name: entry[name] for name in _KEPT}
            yield {**_named(key), **kept, "remark": remark, "state": reading.state, "value": reading.value}

    def _understood(self, entry: Row, key: Key) -> Reading:
        if entry["measure"] == RATE:
            return Reading(EMPTY)  # compared as typed, never used
        context = self._setting.context(key)
        if entry["mark"] == PART_STRUCK:
            message = f"单元格内部分文字带删除线，无法确定有效数字，{context.ask}"
            return Reading(UNREADABLE, None, "struck_figure", message)
        if entry["type"] == UNCALCULATED and entry["computed"] is not None:
            message = f"公式未保存结果，按可见格代算为{entry['computed']}，请打开保存后再报"
            return Reading(NUMBER_READ, entry["computed"], "formula_figure", message)
        if entry["type"] == SHARED:
            return self._shared_figure(entry)
        reading = numerals.read(entry["typed"], entry["type"], context)
        if reading.message:
            reading = replace(reading, message=mask(reading.message))
        if reading.state == EMPTY and numerals.is_unchanged(entry["remark"]):  # P03
            return replace(reading, state=UNCHANGED)
        return reading

    def _shared_figure(self, entry: Row) -> Reading:
        """W14"""
        sharing = "、".join(f"“{village}”" for village in dict.fromkeys(self._shared.get(entry["cell"], ())))
        return Reading(UNREADABLE, None, "merged_figure", f"{sharing}共用一个数，请分村、分新建和整改填报")

    def _tell(self, entry: Row, reading: Reading, key: Key) -> None:
        """The findings at one figure's own cell."""
        place = _named(key)
        if reading.rule:
            level = REJECT if reading.state == UNREADABLE else ""
            self._find(reading.rule, reading.message, entry, "", level, **place)
        if reading.state != NUMBER_READ:
            return
        if entry["mark"] in (STRUCK, RED):
            mark = "带删除线" if entry["mark"] == STRUCK else "为红字"
            self._find("struck_figure", f"单元格{mark}，请确认数值是否有效", entry, "", **place)
        if "[" in entry["formula"]:
            self._find("external_link", "数值来自外部链接，已用缓存值，请核对", entry, "", **place)
        elif entry["formula"] and entry["type"] != UNCALCULATED and _CONSTANT.fullmatch(entry["formula"]):
            self._find("formula_figure", f"按结果{reading.value}采用", entry, "", **place)

    def _zero_report(self, entry: Row) -> Iterator[Row]:
        """P03: 本周无进展 stands for every figure of the town."""
        kept = {name: entry[name] for name in ("file", "sheet", "cell", "raw")}
        for village in self._setting.villages[self._town]:
            for kind in KINDS:
                key = (self._town, village, kind)
                yield {**_named(key), **kept, "measure": DONE, "role": IN_ROW, "remark": "", "state": UNCHANGED}

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
                message = f"“{figure['village']}”重复，数据" + (
                    f"相同（另见{figure['cell']}），计一次"
                    if same
                    else f"不同（{first['raw']}，{figure['cell']}为{figure['raw']}），请删去一行后重报"
                )
                place = _named((self._town, figure["village"], figure["kind"]))
                self._find("duplicate_village", message, first, "", NOTE if same else "", **place)

    def _find(self, rule: str, message: str, entry: Row, label: str, level: str = "", **basis: str) -> None:
        """A finding at a figure's own cell, or (label) at the cell of its town or village."""
        place = {"town": self._town, "file": entry["file"], "sheet": entry["sheet"], **basis}
        cell, raw = (entry[f"{label}_cell"], entry[f"{label}_raw"]) if label else (entry["cell"], entry["raw"])
        self.findings.append(finding(rule, message, level, **place, cell=cell, raw=raw))

    def _once(self, rule: str, message: str, entry: Row, label: str) -> None:
        """A finding at a merged cell over several rows is told once."""
        cell = entry[f"{label}_cell"]
        if not any(row["rule"] == rule and row["cell"] == cell for row in self.findings):
            self._find(rule, message, entry, label)


def _named(key: Key) -> Row:
    return {"town": key[0], "village": key[1], "kind": key[2]}


def _has_figures(line: list[Row]) -> bool:
    return any(entry["measure"] == DONE and normal(entry["raw"]) not in numerals.DASHES for entry in line)
