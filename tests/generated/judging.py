"""One generated form through the whole intake: what was used, what was said, and whether that is as it must be."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from pipeline import archive
from pipeline import week as weekly
from pipeline.archive import History
from pipeline.params import Programme, Week
from pipeline.records import Key, Status
from pipeline.rules import Finding, Level
from tests.generated import office, writing
from tests.generated.plans import Sent
from tests.helpers import Office

RIGHT, CAUTIOUS, WRONG, UNTOLD, SILENT, ALARM, CRASH = (
    "right",
    "cautious",
    "wrong",
    "untold",
    "silent",
    "alarm",
    "crash",
)
FAILURES = (WRONG, UNTOLD, SILENT, ALARM, CRASH)
_OTHERS = ("missing_town", "no_record", "not_expected")  # of the office, not of the file


@dataclass(frozen=True)
class Verdict:
    """What came of one form. word: one of the constants above; says: why, in one line."""

    word: str
    says: str = ""
    used: int = 0
    unused: int = 0

    @property
    def is_failure(self) -> bool:
        return self.word in FAILURES


class Court:
    """The office with its one week on record, in a folder of its own; judges one file after the other."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="generated")
        self._office = Office(Path(self._folder.name) / "office", office.programme())
        self._past()
        self._weeks = {day: self._load(day) for day in (office.DAY, office.FIRST)}

    def _past(self) -> None:
        folder = self._office.week(office.LAST)
        for town, villages in office.TOWNS.items():
            lines = ["区镇,整村推进村,目标任务新建,目标任务整改,完成新建,完成整改,备注"]
            lines += [f"{town},{name},{a},{b},{c},{d}," for name, ((a, b), (c, d)) in villages.items()]
            (folder / f"{town}.csv").write_text("\n".join(lines), encoding="utf-8")
        self._office.archive(office.LAST)

    def _load(self, day: str) -> tuple[Programme, Week, History]:
        self._office.week(day)
        programme, week = weekly.load(self._office.root, day)
        return programme, week, archive.history(self._office.root, day, week.programme, programme)

    def judge(self, sent: Sent) -> Verdict:
        """Whether the invariant holds."""
        try:
            result = self._result(sent)
        except Exception as error:
            return Verdict(CRASH, f"{type(error).__name__}: {error}")
        progress = {row.key: row for row in result.progress if row.town == sent.town}
        used = {key: row.done for key, row in progress.items() if row.status is Status.REPORTED}
        findings = [row for row in result.findings if row.rule.name not in _OTHERS]
        word, says = _judged(sent, used, findings)
        return Verdict(word, says, len(used), len(progress) - len(used))

    def _result(self, sent: Sent) -> weekly.Result:
        programme, week, history = self._weeks[sent.day]
        folder = self._office.root / "data" / "raw" / sent.day
        path = folder / sent.file
        path.write_bytes(writing.written(sent))
        try:
            with mock.patch.object(archive, "history", lambda *_: history):
                return weekly.compute(self._office.root, programme, week)
        finally:
            path.unlink()


def _judged(sent: Sent, used: dict[Key, int | None], findings: list[Finding]) -> tuple[str, str]:
    wrong = [
        f"{key.village}{key.kind} {done} (meant {sent.truth[key]})"
        for key, done in used.items()
        if done != sent.truth[key] and not (done == 0 and _has_no_task(key))
    ]
    if wrong:
        return WRONG, "; ".join(wrong) + _said(findings)
    unused = [key for key in sent.truth if key not in used]
    if sent.grade == "clean":
        return _of_clean(sent, unused, findings)
    if unused and not any(row.is_blocking or row.level is Level.QUERY for row in findings):
        return UNTOLD, f"{len(unused)} not used" + _said(findings)
    if sent.told and not unused and not any(row.level.severity <= Level(sent.told).severity for row in findings):
        return SILENT, f"no {sent.told}" + _said(findings)
    meant = [key for key in unused if sent.truth[key] is not None]
    return (CAUTIOUS, f"{len(meant)} held" + _said(findings)) if meant else (RIGHT, "")


def _has_no_task(key: Key) -> bool:
    """Where there is nothing to do, 0 is true whatever was written."""
    return office.targets(key.town, key.village)[office.KINDS.index(key.kind)] == 0


def _of_clean(sent: Sent, unused: list[Key], findings: list[Finding]) -> tuple[str, str]:
    """Everything used, nothing asked, and no note that is not true."""
    asked = [row for row in findings if row.is_blocking or row.level is Level.QUERY]
    untrue = [row for row in findings if row.rule.name not in sent.notes]
    if unused or asked or untrue:
        return ALARM, f"{len(unused)} not used" + _said(asked or untrue)
    return RIGHT, ""


def _said(findings: list[Finding]) -> str:
    return "".join(
        f" | {row.level} {row.rule} {row.cell} {row.raw!r}: {row.words}"
        for row in sorted(findings, key=lambda row: row.level.severity)[:4]
    )
