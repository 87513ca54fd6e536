"""One office's week from folder to record: the one composition.

`check`, the notebook's cells and `report` all call `compute`; only `report` writes. A call depends on the office's
folder and the week alone: no current directory, no "today", no global.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm

from pipeline import archive, params
from pipeline.archive import History, Trace
from pipeline.errors import NoSuchWeek
from pipeline.intake import cleaning, form, submissions
from pipeline.intake.reading import folder as folders
from pipeline.intake.reading.folder import File
from pipeline.judging import checks, completion, conservation, settling
from pipeline.params import Programme, Week
from pipeline.products.sentences import Story
from pipeline.rules import BLOCKING
from pipeline.tables import TOTAL


@dataclass(frozen=True)
class Result:
    """One week of one office, computed. Tables: see `tables`."""

    root: Path
    programme: Programme
    week: Week
    files: list[File]
    entries: pd.DataFrame
    submissions: pd.DataFrame
    progress: pd.DataFrame
    completion: pd.DataFrame
    findings: pd.DataFrame
    history: History
    revision: int  # the number that a record made of it gets

    @property
    def day(self) -> str:
        """The week's name: its closing date."""
        return self.week.week.isoformat()

    @property
    def number(self) -> int:
        """第N周"""
        return self.programme.schedule.week_number(self.week.week)

    @cached_property
    def is_final(self) -> bool:
        """定稿 or 初稿."""
        return settling.is_final(self.findings)

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The four tables of the record, in INTERFACE's order."""
        return {
            "submissions": self.submissions,
            "progress": self.progress,
            "completion": self.completion,
            "findings": self.findings,
        }

    @cached_property
    def season(self) -> pd.DataFrame:
        """completion of every recorded week and this one."""
        return pd.concat([self.history.completion, self.completion], ignore_index=True)

    @cached_property
    def reporting(self) -> pd.DataFrame:
        """reporting of every recorded week and this one."""
        this = archive.reporting(self.submissions, self.day)
        return pd.concat([self.history.reporting, this], ignore_index=True)

    @cached_property
    def story(self) -> Story:
        """What the sentences of this week stand on."""
        return Story.of(self.season, self.submissions, self.programme, self.week.week)

    @cached_property
    def origins(self) -> pd.DataFrame:
        """Where each figure of `progress` comes from: cell, decision or earlier cell."""
        return archive.origins(self.progress, self.submissions, self.week, self.history)

    def trace(self, town: str = "", village: str = "", kind: str = TOTAL) -> Trace | None:
        """The figures of a village, a town or the district, down to their cells; None if there is no such place."""
        return archive.trace(self.season, self.origins, self.day, town, village, kind)

    @cached_property
    def corrections(self) -> tuple[str, ...]:
        """更正说明: why there is a revision after the newest one, and what it changes; empty before the first."""
        known = archive.revisions(self.root, self.day)
        if not known:
            return ()
        stands_on = {file.name: file.sha256 for file in self.files if not file.is_litter}
        why = archive.changes.grounds(known[-1], self.basis, stands_on)
        what = archive.changes.lines(archive.changes.between(known[-1], self.tables))
        return (
            f"对照第{known[-1].name[1:]}版。",
            f"依据：{'；'.join(why) or '报送文件、参数和以前的数都没有变化'}。",
            *(what or ["各数、位次、状态都没有变化。"]),
        )

    @property
    def run_facts(self) -> dict[str, str]:
        """What the notebook says of its own run: what it stands on, and the code that its paper carries."""
        used = [file.name for file in self.files if not file.is_litter]
        return {
            "截至日期": self.day,
            "当年方案": self.week.programme,
            "书面决定": f"{len(self.week.decisions)} 条",
            "读取的文件": f"{len(used)} 份（文件指纹见报送情况和 manifest.json）",
            "以前的存档": f"{len(self.history.records)} 周",
            "输入指纹": self.fingerprint,
            "校验码": self.check_code,
        }

    @cached_property
    def basis(self) -> dict[str, str]:
        """Digests of what this week stands on: files, programme, parameters, earlier figures. Not of the code."""
        files = sorted((file.name, file.sha256) for file in self.files if not file.is_litter)
        return {
            "files": archive.digest(json.dumps(files, ensure_ascii=False).encode()),
            "programme": archive.digest(self.programme.at(self.week.week).encode()),
            "week": archive.digest(self.week.canonical().encode()),
            "history": self.history.fingerprint,
        }

    @cached_property
    def fingerprint(self) -> str:
        """Of all that this week stands on: the name of its revision."""
        return archive.digest(json.dumps(self.basis, sort_keys=True).encode())

    @cached_property
    def seal(self) -> str:
        """sha256 of inputs, parameters, tables and the seal of the week before: what the check code is short for."""
        together = hashlib.sha256((self.fingerprint + self.history.seal).encode())
        for frame in self.tables.values():
            together.update(archive.to_csv(frame))
        return together.hexdigest()

    @property
    def check_code(self) -> str:
        """校验码: the first eight signs of the seal, for the printed form's footer and the notebook's end."""
        return f"{self.seal[:4]}-{self.seal[4:8]}".upper()


def load(root: Path, day: str) -> tuple[Programme, Week]:
    """The parameters of one week; every fault of the two files is told."""
    week = params.week(root, day)
    programme = params.programme(root, week.programme)
    params.check_decisions(week, programme)
    return programme, week


def collect(root: Path, day: str) -> list[File]:
    """The week's files, read once: what is hashed, kept and parsed are the same bytes."""
    folder = root / archive.RAW / day
    if not folder.is_dir():
        raise NoSuchWeek(f"没有文件夹 data/raw/{day}。请建立后放入各区镇的文件，或运行 python -m pipeline new {day}。")
    return folders.collect(folder)


def compute(root: Path, programme: Programme, week: Week, files: list[File] | None = None) -> Result:
    """The whole journey of one week, in memory: files -> entries -> figures -> findings -> progress -> completion.

    files: the week's files, where they have been collected already.
    """
    day = week.week.isoformat()
    revision = archive.next_revision(root, day)  # before anything of the record is read: a quicker run is then noticed
    files = collect(root, day) if files is None else files
    history = archive.history(root, day, week.programme, programme)
    entries, unread = form.read(_with_progress(files), programme, week.week)
    senders, unsent = submissions.senders(files, entries, programme)
    previous = settling.last_accepted(history.progress, programme, week.week)
    figures, uncleaned = cleaning.figures(entries, senders, programme, week.week, previous)
    first = archive.first_files(root, day)
    nobodys = _joined([unread, unsent])
    passed_over = frozenset(nobodys.loc[nobodys["rule"].isin(("other_town", "blank_form")), "file"])
    chosen, choices = submissions.choose(files, senders, figures, programme, week.decisions, first, passed_over)
    figures = figures[figures["file"].isin(_counting(chosen, programme))]

    on_files = submissions.attribute(_joined([unread, unsent, _not_told_before(uncleaned, history)]), senders, chosen)
    refused = frozenset(on_files.loc[on_files["level"].isin(BLOCKING) & (on_files["cell"] == ""), "file"])

    def evidence(figures: pd.DataFrame) -> checks.Evidence:
        return checks.Evidence(
            programme, week.week, figures, chosen, previous, history.progress, history.files, refused
        )

    findings = _joined([on_files, choices, history.findings, checks.run(evidence(figures))])
    decided = settling.decide(figures, findings, week)
    again = checks.run_again(evidence(decided.figures), set(decided.by_key))
    progress, findings, chosen = settling.settle(programme, week, decided, chosen, findings, again, previous)
    measured = completion.measure(progress, history.completion, programme, week.week)
    counted = {key: decision.now for key, decision in decided.by_key.items()}
    conservation.verify(progress, measured, decided.figures, counted, previous)
    return Result(root, programme, week, files, entries, chosen, progress, measured, findings, history, revision)


def _not_told_before(findings: pd.DataFrame, history: History) -> pd.DataFrame:
    """Without the doubt about a town's alias that an earlier record has shown already (T03)."""
    again = (findings["rule"] == "doubtful_alias") & findings["town"].isin(history.doubted)
    return findings[~again]


def _with_progress(files: list[File]) -> Iterable[File]:
    """The files, with a progress bar in a terminal."""
    bar: Iterable[File] = tqdm(files, desc="读取文件", unit="份", disable=None, leave=False)
    return bar


def _joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True)


def _counting(chosen: pd.DataFrame, programme: Programme) -> set[str]:
    """The files that count: the ones in the towns' own rows."""
    return set(chosen.head(len(programme.towns))["file"]) - {""}


# ---- the notebook's door ---------------------------------------------------------------------------------------


class Conclusion:
    """The notebook's last word: the state, and the check code that the gate compares."""

    def __init__(self, result: Result) -> None:
        self._result = result

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, str]]:
        state = "定稿" if self._result.is_final else "初稿"
        return {"text/plain": f"{state}　校验码 {self._result.check_code}"}, {"check_code": self._result.check_code}


def from_parameters(day: str, programme: str, decisions: list[Mapping[str, Any]] | None) -> Result:
    """The week for the notebook: its parameters, or (decisions None: Run All in JupyterLab) the week's YAML file.

    The office is the nearest folder, from the notebook's working directory upwards, that has params/ and data/.
    """
    here = Path.cwd()
    root = next((folder for folder in (here, *here.parents) if (folder / "params").is_dir()), here)
    if decisions is None:
        return compute(root, *load(root, day))
    week = params.week_of({"week": day, "programme": programme, "decisions": decisions})
    read = params.programme(root, programme)
    params.check_decisions(week, read)
    return compute(root, read, week)
