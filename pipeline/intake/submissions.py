"""The week's files: which town sent which file, and which of several counts.

senders: files, entries -> the town of each file · choose: -> submissions
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from pipeline.intake import gazetteer
from pipeline.intake.names import Names
from pipeline.intake.reading.book import BLANK
from pipeline.intake.reading.folder import File
from pipeline.params import Decision, Exclude, Programme, Use
from pipeline.rules import NOTE, finding
from pipeline.tables import (
    DONE,
    FINDINGS,
    IGNORED,
    IN_ROW,
    LATE,
    MISSING,
    NONE_EXPECTED,
    RECEIVED,
    RETURNED,
    SENDER,
    SUBMISSIONS,
    ZERO_REPORT,
    Row,
    rows,
)


def senders(files: Sequence[File], entries: pd.DataFrame, programme: Programme) -> tuple[dict[str, str], pd.DataFrame]:
    """file -> town ("" if it cannot be told), and findings for the files whose sender cannot be told."""
    names = Names(programme)
    by_file: dict[str, list[Row]] = {file.name: [] for file in files if not file.is_litter}
    for entry in rows(entries):
        by_file[entry["file"]].append(entry)
    found: dict[str, str] = {}
    findings = []
    for file, own in by_file.items():
        town, doubt = _sender(file, own, names)
        found[file] = town
        outside = gazetteer.outside_in(" ".join([file, *(entry["town_raw"] for entry in own)])) if doubt else ""
        if outside:
            message = f"“{outside}”不在本年度整村推进范围，未采用"
            findings.append(finding("other_town", message, file=file))
        elif doubt:
            findings.append(finding("unknown_sender", doubt, file=file))
    return found, FINDINGS.table(findings)


def _sender(file: str, entries: list[Row], names: Names) -> tuple[str, str]:
    """(town, doubt): rows with figures speak first, then the file name, then the 填报单位 line, then bare rows."""
    in_rows = {names.town(entry["town_raw"]) for entry in entries if entry["role"] == IN_ROW} - {""}
    filled = {names.town(entry["town_raw"]) for entry in entries if _is_filled(entry)} - {""}
    in_name = names.towns_in(file)
    in_block = {names.town(entry["raw"]) for entry in entries if entry["role"] == SENDER} - {""}
    in_words = {town for entry in entries if entry["role"] == ZERO_REPORT for town in names.towns_in(entry["raw"])}
    said = in_name if len(in_name) == 1 else in_block
    told = filled or in_words
    if len(told) == 1:
        if len(said) == 1 and said != told:
            where = "文件名" if said is in_name else "填报单位"
            return "", f"{where}为“{_one(said)}”，表内填的是“{_one(told)}”，无法确定填报单位，请改正后重报"
        return _one(told), ""
    for known in (in_name, in_block, in_rows):
        if len(known) == 1:
            return _one(known), ""
    return "", "无法确定是哪个区镇报送的，请在表内“区镇”列写明区镇，或在文件名中写明后重报"


def _is_filled(entry: Row) -> bool:
    return bool(
        entry["role"] == IN_ROW and entry["measure"] == DONE and entry["type"] != BLANK and entry["raw"].strip()
    )


def _one(names: set[str]) -> str:
    return next(iter(names))


# ---- which file counts -----------------------------------------------------------------------------------------


def choose(
    files: Sequence[File],
    senders: Mapping[str, str],
    figures: pd.DataFrame,
    programme: Programme,
    decisions: tuple[Decision, ...],
    first_revision: frozenset[str] | None,
    passed_over: frozenset[str],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """submissions, findings: for each town the file that counts; further files below, `ignored` or `returned`.

    `first_revision`: sha256 of the files in this week's first record (None before it); a file that is not among
    them came late. passed_over: files that belong to no town of the programme and are nobody's fault.
    """
    chosen = _Choice(files, senders, figures, decisions, first_revision, passed_over)
    towns = [chosen.town(town, bool(programme.towns[town].villages)) for town in programme.towns]
    return SUBMISSIONS.table([*towns, *chosen.further()]), FINDINGS.table(chosen.findings)


def attribute(findings: pd.DataFrame, senders: Mapping[str, str], submissions: pd.DataFrame) -> pd.DataFrame:
    """The findings on files with their town named; what is wrong with a file that does not count is only a note."""
    unused = set(submissions.loc[submissions["status"] == IGNORED, "file"])
    found = []
    for row in rows(findings):
        town = row["town"] or senders.get(row["file"], "")
        said = row["message"] if row["town"] else f"{town}{row['message']}"
        if row["file"] in unused:
            found.append({**row, "town": town, "level": NOTE, "message": f"{said}【本文件未采用】"})
        else:
            found.append({**row, "town": town, "message": said})
    return FINDINGS.table(found)


class _Choice:
    """The choice among the files of each town, remembering what is left over."""

    def __init__(
        self,
        files: Sequence[File],
        senders: Mapping[str, str],
        figures: pd.DataFrame,
        decisions: tuple[Decision, ...],
        first_revision: frozenset[str] | None,
        passed_over: frozenset[str],
    ) -> None:
        self.findings: list[Row] = []
        self._left: dict[str, Row] = {}
        for file in files:
            status = IGNORED if file.is_litter or file.name in passed_over else RECEIVED
            self._left[file.name] = {"status": status, "file": file.name, "sha256": file.sha256}
        self._scans = {file.name for file in files if file.is_scan}
        self._senders = senders
        self._content = _contents(figures)
        self._by_town: dict[str, list[Row]] = {}
        for name, row in self._left.items():
            self._by_town.setdefault(senders.get(name, ""), []).append(row)
        self._decisions = decisions
        self._first = first_revision
        self._exclude()

    def _exclude(self) -> None:
        for decision in self._decisions:
            if isinstance(decision, Exclude):
                row = self._left.get(decision.file)
                if row is None or (decision.sha256 and decision.sha256 != row["sha256"]):
                    self.findings.append(_stale(decision, "没有收到这个文件，或文件已换"))
                else:
                    row["status"] = IGNORED
                    row["town"] = self._senders.get(decision.file, "")
                    note = f"按决定不采用（{decision.signature}）"
                    self.findings.append(finding("excluded_file", note, town=row["town"], file=decision.file))

    def town(self, town: str, expected: bool) -> Row:
        """The row of one town; its chosen file is taken from those left over."""
        sent = [row for row in self._by_town.get(town, ()) if row["status"] == RECEIVED]
        if not expected:
            self._not_expected(town, sent)
            return {"town": town, "status": NONE_EXPECTED}
        usable = [row for row in sent if row["file"] in self._content]
        picked = self._pick(town, usable)
        if picked is None:
            if sent:
                return {**self._left.pop(sent[0]["file"]), "town": town, "status": RETURNED}
            return {"town": town, "status": MISSING}
        self._leave([row for row in sent if row["file"] in self._scans])  # a stamped copy beside the workbook
        return {**self._left.pop(picked["file"]), "town": town, "status": self._received(town, picked)}

    def _not_expected(self, town: str, sent: list[Row]) -> None:
        for row in sent:
            message = "本年度无整村推进村，无需报送，文件未采用"
            self.findings.append(finding("not_expected", message, town=town, file=row["file"]))
        self._leave(sent)

    def _sender(self, row: Row) -> str:
        return self._senders.get(row["file"], "")

    def _received(self, town: str, row: Row) -> str:
        if self._first is None or row["sha256"] in self._first:
            return RECEIVED
        self.findings.append(finding("late_file", "本周首次存档后才收到，列为迟报", town=town, file=row["file"]))
        return LATE

    def _pick(self, town: str, usable: list[Row]) -> Row | None:
        used = self._used(town, usable)
        if used is not None:
            self._leave([row for row in usable if row is not used])
            return used
        if len({self._content[row["file"]] for row in usable}) > 1:
            message = f"收到{len(usable)}份且数据不同（{self._differences(usable)}）。请书面确认以哪一份为准，确认前本镇沿用上次数"
            self.findings.append(finding("conflicting_files", message, town=town))
            return usable[0]
        for copy in usable[1:]:
            message = f"与《{usable[0]['file']}》内容相同，保留一份"
            self.findings.append(finding("duplicate_file", message, town=town, file=copy["file"]))
        self._leave(usable[1:])
        return usable[0] if usable else None

    def _used(self, town: str, usable: list[Row]) -> Row | None:
        """The file that a `use` decision names."""
        named: Row | None = None
        for decision in self._decisions:
            if isinstance(decision, Use) and decision.town == town:
                fits = [
                    row for row in usable if row["file"] == decision.file and decision.sha256 in ("", row["sha256"])
                ]
                if fits:
                    named = fits[0]
                    listed = "、".join(f"《{row['file']}》" for row in usable if row is not named) or "没有其他文件"
                    note = f"按决定以本文件为准（{decision.signature}）；未采用：{listed}"
                    self.findings.append(finding("conflicting_files", note, "note", town=town, file=decision.file))
                else:
                    self.findings.append(_stale(decision, "没有收到这个文件，或文件已换、读不出"))
        return named

    def _differences(self, usable: list[Row]) -> str:
        """Which files, and the first figure in which they differ."""
        listed = "、".join(f"《{row['file']}》" for row in usable)
        said = [{line[:2]: line[3] for line in self._content[row["file"]]} for row in usable]
        keys = sorted({key for lines in said for key in lines if len({other.get(key) for other in said}) > 1})
        if not keys:
            return listed
        values = "、".join(lines.get(keys[0], "（无）") or "空" for lines in said)
        return f"{listed}；如{keys[0][0]}{keys[0][1]}分别为{values}"

    def _leave(self, files: list[Row]) -> None:
        for row in files:
            row["status"] = IGNORED

    def further(self) -> list[Row]:
        """The files that are no town's chosen one; an unread file of a town, or of nobody known, is returned."""
        left = []
        for row in self._left.values():
            status = RETURNED if row["status"] == RECEIVED and row["file"] not in self._content else row["status"]
            status = IGNORED if status == RECEIVED else status
            left.append({**row, "town": self._sender(row), "status": status})
        return left


def _contents(figures: pd.DataFrame) -> dict[str, frozenset[tuple[str, ...]]]:
    """What each file says, whatever its bytes: two files that say the same are copies, 12 and 12.0 are the same."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for row in rows(figures):
        if row["role"] == IN_ROW and row["measure"] == DONE:
            said = str(row["value"]) if row["state"] == "number" else row["raw"]
            named = (row["village"], row["kind"], row["state"], said)
            found.setdefault(row["file"], set()).add(named)
    return {file: frozenset(said) for file, said in found.items()}


def _stale(decision: Decision, why: str) -> Row:
    message = f"决定“{decision.label} {decision.file}”（{decision.signature}）未执行：{why}。请核对后修改或删去这条决定"
    return finding("stale_decision", message, town=decision.town, file=decision.file)
