"""One town's file in a week of its own: what of it is used, and what is said. For tests of small odd inputs.

The office is that of the messes: 包场镇 reports 盐灶村 and 盐河村; on 12 May they have 45/24 and 12/0, a week before they
had 40/20 and 10/0. In the first week, 7 April, nothing stands before, and they have 11/3 and 5/0.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.records import Status
from pipeline.rules import Finding
from tests.helpers import Office
from tests.messes import builders as make
from tests.messes.office import BAO, DAY, LAST_DAY, PLAN, official, programme

FIRST = "2023-04-07"
FIGURES = ("盐灶村 新建", "盐灶村 整改", "盐河村 新建", "盐河村 整改")
TRUTH: Mapping[str, Mapping[str, int]] = {
    DAY: dict(zip(FIGURES, (45, 24, 12, 0), strict=True)),
    FIRST: dict(zip(FIGURES, (11, 3, 5, 0), strict=True)),
}
# a one-line heading over the true figures of 12 May, and over those of the first week
HEADS = "区镇 | 整村推进村 | 目标任务新建 | 目标任务整改 | 完成新建 | 完成整改 | 备注"
TITLE = "2023年度农村户厕改造整村推进每周进展情况汇总表 | < | < | < | < | < | <"
FORM = f"{TITLE}\n{HEADS}\n包场镇 | 盐灶村 | 420 | 180 | 45 | 24 | \n包场镇 | 盐河村 | 165 | 0 | 12 | 0 | "
BEGUN = f"{TITLE}\n{HEADS}\n包场镇 | 盐灶村 | 420 | 180 | 11 | 3 | \n包场镇 | 盐河村 | 165 | 0 | 5 | 0 | "
E3 = "盐灶村 新建"  # whose figure stands in E3
_OF_THE_OFFICE = ("missing_town", "no_record", "not_expected")


@dataclass(frozen=True)
class Outcome:
    """What came of one file. used: "盐灶村 新建" -> the number that counts now."""

    day: str
    used: Mapping[str, int]
    findings: tuple[Finding, ...]
    remarks: tuple[str, ...] = ()

    @property
    def blocking(self) -> list[Finding]:
        return [row for row in self.findings if row.is_blocking]

    @property
    def rules(self) -> set[str]:
        return {row.rule.name for row in self.findings}

    def said(self) -> str:
        return f"{dict(self.used)} {[(str(row.level), str(row.rule), row.cell, row.words) for row in self.findings]}"


class Desk:
    """The office with one week on record, in a folder."""

    def __init__(self, root: Path) -> None:
        self._office = Office(root, programme(PLAN))
        folder = self._office.week(LAST_DAY)
        before = {name: of.at(LAST_DAY) for villages in PLAN.values() for name, of in villages.items()}
        for town in (town for town, villages in PLAN.items() if villages):
            (folder / f"{town}.xlsx").write_bytes(make.xlsx(official(PLAN, town, figures=before)))
        self._office.archive(LAST_DAY)
        for day in (DAY, FIRST):
            self._office.week(day)

    def send(self, content: bytes | str, name: str = f"{BAO}.xlsx", day: str = DAY) -> Outcome:
        """What comes of this file; a text is the form as `builders.grid` has it."""
        path = self._office.root / "data" / "raw" / day / name
        path.write_bytes(make.xlsx(content) if isinstance(content, str) else content)
        try:
            result = self._office.compute(day)
        finally:
            path.unlink()
        used = {
            f"{row.village} {row.kind}": row.done
            for row in result.progress
            if row.town == BAO and row.status is Status.REPORTED and row.done is not None
        }
        findings = [row for row in result.findings if row.rule.name not in _OF_THE_OFFICE]
        remarks = tuple(row.remark for row in result.progress if row.town == BAO)
        return Outcome(day, used, tuple(findings), remarks)


# ---- what must come of it: each answers what is not as it must be, "" if all is ------------------------------------


def exact(out: Outcome, truth: Mapping[str, int] | None = None) -> str:
    """All figures are used, each the right one, and nothing is sent back or held."""
    right = out.used == dict(truth or TRUTH[out.day]) and not out.blocking
    return "" if right else f"not exact: {out.said()}"


def safe(out: Outcome, truth: Mapping[str, int] | None = None) -> str:
    """Each figure is the right one, or is not used and something is sent back or held."""
    meant = truth or TRUTH[out.day]
    wrong = any(meant.get(figure) != number for figure, number in out.used.items())
    untold = len(out.used) < len(FIGURES) and not out.blocking
    return f"not safe: {out.said()}" if wrong or untold else ""


def unused(out: Outcome, *figures: str) -> str:
    """These figures are not used, and something is sent back or held; every other one is right if it is used."""
    left = {figure: number for figure, number in TRUTH[out.day].items() if figure not in figures}
    taken = [figure for figure in figures if figure in out.used]
    return f"used: {taken} {out.said()}" if taken or not out.blocking else safe(out, left)


def told(out: Outcome) -> str:
    """Every figure that is used is right, and something is said."""
    return safe(out) or ("" if out.findings else f"not told: {out.said()}")
