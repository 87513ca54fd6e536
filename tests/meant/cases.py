"""One case: a file as a town sends it, and what must come of it; `fault` judges."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.errors import ParamsError
from pipeline.records import Status
from pipeline.week import Result
from tests import weeks
from tests.helpers import Office
from tests.messes.office import BAO, DAY
from tests.weeks import FIGURES, TRUTH, Outcome

Build = Callable[[], bytes]
Content = bytes | str | Build
NEW, RENOVATED, OTHER_NEW, OTHER_RENOVATED = FIGURES  # 盐灶村's 新建 and 整改, then 盐河村's
TO_DO = (NEW, RENOVATED, OTHER_NEW)  # 盐河村 has no 整改 to do: its 0 is always right
LAST_WEEK: Mapping[str, int] = dict(zip(FIGURES, (40, 20, 10, 0), strict=True))


def last_week(*figures: str) -> dict[str, int]:
    """These figures as they were last week."""
    return {figure: LAST_WEEK[figure] for figure in figures}


@dataclass(frozen=True)
class Case:
    """What is sent, and what it must come to (expects):

    exact    every figure is used, each the right one, and nothing is sent back or held
    safe     each figure is the right one, or is not used and something is sent back or held
    unused   these `figures` are not used, and something is sent back or held
    told     every figure that is used is right, and something is said
    masked   exact, and these `words` are written nowhere
    kept     exact, and these `words` stand in a remark
    refused  the officer's decision is refused, and the place of the fault is named
    """

    id: str
    expects: str
    content: Content  # a text is the form as `builders.grid` has it; what takes time to build is built when it is sent
    why: str
    name: str = f"{BAO}.xlsx"
    day: str = DAY
    figures: tuple[str, ...] = ()
    truth: Mapping[str, int] | None = None  # the right figures, if they are not the day's
    town: str = BAO
    words: str = ""
    decision: str = ""
    needs: str = ""  # one of tests.programs, without which the case is skipped


def exact(id: str, content: Content, why: str, **more: Any) -> Case:
    return Case(id, "exact", content, why, **more)


def safe(id: str, content: Content, why: str, **more: Any) -> Case:
    return Case(id, "safe", content, why, **more)


def unused(id: str, content: Content, why: str, *figures: str, **more: Any) -> Case:
    return Case(id, "unused", content, why, figures=figures or TO_DO, **more)


def told(id: str, content: Content, why: str, **more: Any) -> Case:
    return Case(id, "told", content, why, **more)


def each(
    expect: Callable[..., Case],
    id: str,
    why: str,
    build: Callable[..., Content],
    inputs: Iterable[Any],
    *figures: str,
    **more: Any,
) -> list[Case]:
    """A case for each of these inputs, which `build` puts into a form; a tuple is several arguments."""
    return [
        expect(
            f"{id}-{number:02}",
            build(*item) if isinstance(item, tuple) else build(item),
            f"{why}: {item}",
            *figures,
            **more,
        )
        for number, item in enumerate(inputs, 1)
    ]


def each_name(
    expect: Callable[..., Case], id: str, why: str, content: Content, names: Iterable[str], **more: Any
) -> list[Case]:
    """A case for each of these names of a file."""
    return [
        expect(f"{id}-{number:02}", content, f"{why}: {name}", name=name, **more)
        for number, name in enumerate(names, 1)
    ]


# ---- judging ---------------------------------------------------------------------------------------------------


class _Office(Office):
    """An office that keeps what it computed last."""

    result: Result

    def compute(self, day: str) -> Result:
        self.result = super().compute(day)
        return self.result


class Desk(weeks.Desk):
    """The desk of `weeks` for cases: files of any town, decisions, and what is written of a file."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._office: _Office = _Office.at(root)

    def receive(self, case: Case) -> Outcome:
        content = case.content() if callable(case.content) else case.content
        self._office.week(case.day, case.decision)
        try:
            out = self.send(content, case.name, case.day)
        finally:
            self._office.week(case.day)
        if case.town == BAO and not case.decision:
            return out
        return replace(out, used=self._used(case.town))

    def _used(self, town: str) -> dict[str, int]:
        counted = (Status.REPORTED, Status.CORRECTED)
        rows = (row for row in self._office.result.progress if row.town == town and row.status in counted)
        return {f"{row.village} {row.kind}": row.done for row in rows if row.done is not None}

    @property
    def written(self) -> str:
        """All that is written of the last file."""
        return repr(self._office.result.written)


def fault(case: Case, desk: Desk) -> str:
    """What is not as it must be, "" if all is."""
    if case.expects == "refused":
        return _accepted(case, desk)
    out = desk.receive(case)
    truth = case.truth or TRUTH[case.day]
    match case.expects:
        case "safe":
            return weeks.safe(out, truth)
        case "unused":
            return weeks.unused(out, *case.figures)
        case "told":
            return weeks.safe(out, truth) or ("" if out.findings else f"not told: {out.said()}")
    wrong = weeks.exact(out, truth)
    if case.expects == "masked" and case.words in desk.written:
        return wrong or f"not masked: {case.words} {out.said()}"
    if case.expects == "kept" and not any(case.words in remark for remark in out.remarks):
        return wrong or f"words are lost: {out.remarks} {out.said()}"
    return wrong


def _accepted(case: Case, desk: Desk) -> str:
    try:
        out = desk.receive(case)
    except ParamsError as error:
        return "" if re.search(r"第 ?\d+ ?行|now", str(error)) else f"no place is named: {error}"
    return f"not refused: {out.said()}"
