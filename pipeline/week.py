"""One office's week from folder to record: the one composition.

`check`, the notebook's cells and `report` all call `compute`; only `report` writes. A call depends on the office's
folder and the week alone: no current directory, no "today", no global.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm

from pipeline import archive, checks, cleaning, completion, form, params, settling, submissions
from pipeline.archive import History
from pipeline.errors import NoSuchWeek
from pipeline.params import Programme, Week
from pipeline.rules import BLOCKING
from pipeline.tables import ENTRIES, FINDINGS, IGNORED


@dataclass(frozen=True)
class Result:
    """One week of one office, computed. Tables: see `tables`."""

    root: Path
    programme: Programme
    week: Week
    files: pd.DataFrame
    entries: pd.DataFrame
    submissions: pd.DataFrame
    progress: pd.DataFrame
    completion: pd.DataFrame
    findings: pd.DataFrame
    history: History

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
    def fingerprint(self) -> str:
        """Of what this week stands on: files, parameters, targets, earlier figures. Not of the code."""
        used = self.files[self.files["status"] != IGNORED]
        basis = {
            "files": sorted(zip(used["file"], used["sha256"], strict=True)),
            "programme": self.programme.at(self.week.week),
            "week": self.week.canonical(),
            "history": self.history.fingerprint,
        }
        return archive.digest(json.dumps(basis, ensure_ascii=False, sort_keys=True).encode())

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


def compute(root: Path, programme: Programme, week: Week) -> Result:
    """The whole journey of one week, in memory: files -> entries -> figures -> findings -> progress -> completion."""
    day = week.week.isoformat()
    folder = root / archive.RAW / day
    if not folder.is_dir():
        raise NoSuchWeek(f"没有文件夹 data/raw/{day}。请建立后放入各区镇的文件，或运行 python -m pipeline new {day}。")
    history = archive.history(root, day, week.programme, programme)
    files = submissions.collect(folder)
    entries, unread = _read_all(folder, files)
    senders, unsent = submissions.senders(files, entries, programme)
    figures, uncleaned = cleaning.figures(entries, senders, programme)
    first = archive.first_files(root, day)
    chosen, choices = submissions.choose(files, senders, figures, programme, week.decisions, first)
    figures = figures[figures["file"].isin(_counting(chosen, programme))]
    previous = settling.last_accepted(history.progress, programme, week.week)

    on_files = submissions.attribute(_joined([unread, unsent, uncleaned]), senders, chosen)
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
    return Result(root, programme, week, files, entries, chosen, progress, measured, findings, history)


def _read_all(folder: Path, files: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """entries and findings of every file, with a progress bar in a terminal."""
    names = list(files.loc[files["status"] != IGNORED, "file"])
    read = [
        form.read(folder / name, name) for name in tqdm(names, desc="读取文件", unit="份", disable=None, leave=False)
    ]
    return (
        _joined([entries for entries, _ in read], ENTRIES),
        _joined([findings for _, findings in read], FINDINGS),
    )


def _joined(frames: list[pd.DataFrame], schema: Any = FINDINGS) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True) if frames else schema.table()


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
