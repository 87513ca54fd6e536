"""One office's week from folder to record: the one composition.

`check`, the notebook's cells and `report` all call `compute`; only `report` writes. A call depends on the office's
folder and the week alone: no current directory, no "today", no global.
"""

import contextlib
import datetime as dt
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from pipeline import archive, params
from pipeline.archive import History, Trace
from pipeline.errors import NoSuchWeek, ParamsError, PipelineError
from pipeline.intake import answers, cleaning, form, submissions, withholding
from pipeline.intake.answers import Answers
from pipeline.intake.reading import folder as folders
from pipeline.intake.reading.folder import File
from pipeline.intake.upward import Below
from pipeline.judging import checks, completion, conservation, settling, states
from pipeline.params import Decision, Exclude, Programme, Week
from pipeline.params.questions import Question
from pipeline.products.questions import Grounds, questions
from pipeline.products.sentences import Story
from pipeline.records import (
    Completion,
    Figure,
    Key,
    Kind,
    Origin,
    Place,
    Previous,
    Progress,
    Reporting,
    Stray,
    Submissions,
    with_sent,
)
from pipeline.rules import Finding
from pipeline.rules.files import CANNOT_READ_HERE
from pipeline.tables import Tables

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Result:
    """One week of one office, computed. Tables: see `tables`."""

    root: Path
    programme: Programme
    week: Week
    files: list[File]
    submissions: Submissions
    progress: list[Progress]
    completion: list[Completion]
    findings: list[Finding]
    history: History
    revision: int  # the number that a record made of it gets
    sent: list[Figure]  # the figures of the files that count, as the towns sent them
    strays: list[Stray]  # rows that are no village's
    previous: Mapping[Key, Previous]
    below: Below

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
    def written(self) -> Tables:
        """The four tables of the record."""
        return Tables(self.submissions, self.progress, self.completion, self.findings)

    @property
    def tables(self) -> "dict[str, pd.DataFrame]":
        """The same as pandas frames, by name: for whoever looks further in a notebook."""
        from pipeline import frames  # noqa: PLC0415 - pandas takes half a second that no product needs

        return {table.name: frames.frame(table, rows) for table, rows in self.written}

    @cached_property
    def season(self) -> list[Completion]:
        """completion of every recorded week and this one."""
        return [*self.history.completion, *self.completion]

    @cached_property
    def reporting(self) -> list[Reporting]:
        """reporting of every recorded week and this one."""
        return [*self.history.reporting, *archive.reporting(self.submissions, self.day)]

    @cached_property
    def story(self) -> Story:
        """What the sentences of this week stand on."""
        closing = self.week.week
        tiers = completion.of_tiers(self.progress, self.programme, closing)
        return replace(Story.of(self.season, self.submissions, self.programme, closing), tiers=tiers)

    @cached_property
    def questions(self) -> list[Question]:
        """What a person has to decide."""
        judged = (self.programme, self.week.week, self.week.decisions, self.findings)
        tasks = settling.tasks(self.programme, self.week.week, self.previous)
        return questions(Grounds(*judged, self.submissions, self.sent, self.strays, self.previous, tasks))

    @cached_property
    def origins(self) -> list[Origin]:
        """Where each figure of `progress` comes from: cell, decision or earlier cell."""
        return archive.origins(
            self.progress, self.submissions, self.week, self.findings, self.history, self.programme.words
        )

    def trace(self, town: str = "", village: str = "", kind: str = Kind.TOTAL) -> Trace | None:
        """The figures of a village, a town or the district, down to their cells; None if there is no such place."""
        key, closing = Key(town, village, kind), self.week.week
        counts = completion.pace_counts(self.season, self.programme, closing, key)
        return archive.trace(self.season, self.origins, self.programme, closing, key, counts)

    @cached_property
    def newest_record(self) -> Path | None:
        """This week's highest revision, if it has been sealed."""
        return next(reversed(archive.revisions(self.root, self.day)), None)

    @cached_property
    def grounds(self) -> str:
        """What this week stands on otherwise than its newest record, in words."""
        stands_on = {file.name: file.sha256 for file in self.files if not file.is_litter}
        record = self.newest_record
        reasons = archive.changes.grounds(record, self.basis, stands_on, self.unread) if record else []
        return "；".join(reasons) or "报送文件、参数和以前的数都没有变化"

    @cached_property
    def corrections(self) -> tuple[str, ...]:
        """更正说明: why there is a revision after the newest one, and what it changes; empty before the first."""
        if self.newest_record is None:
            return ()
        changes = [
            change.said(self.programme.words.whole)
            for change in archive.changes.between(self.newest_record, self.written)
        ]
        return (
            f"对照第{self.newest_record.name[1:]}版。",
            f"依据：{self.grounds}。",
            *(changes or ["各数、位次、状态都没有变化。"]),
        )

    @cached_property
    def unread(self) -> frozenset[str]:
        """The files that this machine could not read, unless a decision excludes them."""
        return frozenset(row.file for row in self.findings if row.rule is CANNOT_READ_HERE and row.is_blocking)

    @property
    def run_facts(self) -> dict[str, str]:
        """What the notebook says of its own run: what it stands on, and the code that its paper carries."""
        used = [file.name for file in self.files if not file.is_litter]
        return {
            "截至日期": self.day,
            "当年方案": self.week.programme,
            "书面决定": f"{len(self.week.decisions)} 条",
            "读取的文件": f"{len(used)} 份（文件指纹见汇总表和 manifest.json）",
            "以前的存档": f"{len(self.history.records)} 周",
            "输入指纹": self.fingerprint,
            "校验码": self.check_code,
        }

    @cached_property
    def basis(self) -> dict[str, str]:
        """Digests of what this week stands on: files, programme, parameters, earlier figures. Not of the code.

        Which files the machine could not read is part of it, so that a mended machine makes the next revision.
        """
        named = ((file.name, file.sha256) for file in self.files if not file.is_litter)
        files = sorted((*file, "unread") if file[0] in self.unread else file for file in named)
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
    def rest(self) -> str:
        """sha256 of inputs, parameters, tables and the seal of the week before: the seal but for the published figures."""
        together = hashlib.sha256((self.fingerprint + self.history.seal).encode())
        for table, rows in self.written:
            together.update(archive.to_csv(table, rows))
        return together.hexdigest()

    @cached_property
    def figures(self) -> str:
        """sha256 of the published figures."""
        return archive.check_codes.figures(self.progress)

    @property
    def seal(self) -> str:
        """Of the published figures and all that they stand on: what the check code is short for."""
        return archive.check_codes.seal(self.rest, self.figures)

    @property
    def check_code(self) -> str:
        """校验码, for whatever is printed: ABCD-EFGH-IJKL-MNOP-QRST-UVWX."""
        return archive.check_codes.check_code(self.seal)


def load(root: Path, day: str) -> tuple[Programme, Week]:
    """The parameters of one week, with the decisions of 处理单 behind those of the YAML file; every fault is told."""
    week = params.week(root, day)
    return with_answers(root, week, answers.read(root, day))


def with_answers(root: Path, week: Week, sheet: Answers | None) -> tuple[Programme, Week]:
    """The programme, and the week with what was decided in the sheet too."""
    programme = params.programme(root, week.programme)
    answered = sheet.decisions if sheet else []
    whole = week.answered(each.decision for each in answered)
    params.check_decisions(whole, programme, root, [each.where for each in answered])
    return programme, whole


def collect(root: Path, day: str, decisions: Iterable[Decision] = ()) -> list[File]:
    """The week's files, read once: what is hashed, kept and parsed are the same bytes.

    What a decision excludes by its sha256 is not opened.
    """
    folder = root / archive.RAW / day
    if not folder.is_dir():
        raise NoSuchWeek(f"没有文件夹 data/raw/{day}。请建立后放入各区镇的文件，或运行 python -m pipeline new {day}。")
    withheld = root / archive.WITHHELD.format(day)
    known = json.loads(withheld.read_text(encoding="utf-8")) if withheld.is_file() else []
    excluded = {row.sha256 for row in decisions if isinstance(row, Exclude)} - {""}
    return withholding.in_order([*folders.collect(folder, excluded), *withholding.from_facts(known)])


def compute(root: Path, programme: Programme, week: Week, files: list[File] | None = None, ahead: int = 0) -> Result:
    """The whole journey of one week, in memory: files -> forms -> figures -> findings -> progress -> completion.

    files: the week's files, where they have been collected already. ahead: of a day between two weeks, how many days
    after it the forms that its figures come in may close.
    """
    day = week.week.isoformat()
    revision = archive.next_revision(root, day)  # before anything of the record is read: a quicker run is then noticed
    files = collect(root, day, week.decisions) if files is None else files
    history = archive.history(root, day, week.programme, programme)
    previous = settling.last_accepted(history.progress, programme, week.week)
    sent = _taken_in(root, programme, week, files, history, previous, ahead)

    def evidence(figures: list[Figure]) -> checks.Evidence:
        return checks.Evidence(
            programme, week.week, figures, sent.submissions, previous, history.progress, history.files,
            refused=frozenset(row.file for row in sent.doubts if row.is_blocking and not row.cell),
            questioned=frozenset(row.key for row in sent.doubts if row.is_blocking and row.village),
            unnamed=_unnamed(sent, week), notes=sent.notes, lacking=history.lacking,
        )  # fmt: skip

    findings = [*sent.doubts, *sent.choices, *history.findings, *checks.run(evidence(sent.figures))]
    decided = settling.decide(sent.figures, findings, programme, week, previous)
    again = checks.run_again(evidence(decided.figures), set(decided.by_key))
    tasks = settling.tasks(programme, week.week, previous)
    findings = settling.settled(findings, again, programme, week, decided, tasks, sent.submissions.digests)
    progress = settling.progress(programme, week, decided, findings, previous)
    measured = completion.measure(progress, history.completion, programme, week.week)
    counted = {key: decision.now for key, decision in decided.by_key.items()}
    conservation.verify(progress, measured, decided.figures, counted, previous)
    judged = states.judged(sent.submissions, progress, findings)
    measured = with_sent(measured, judged)
    return Result(
        root, programme, week, sent.files, judged, progress, measured, findings, history, revision,
        sent.figures, sent.strays, previous, sent.below,
    )  # fmt: skip


def sent_up(root: Path, day: str, programme: Programme) -> Below:
    """What the figures are made of that members sent in a week, whatever became of them since."""
    forms, _ = form.read(collect(root, day), programme, dt.date.fromisoformat(day))
    return form.members.below(forms)


@dataclass(frozen=True)
class _Intake:
    """What the towns sent, understood: the figures of the files that count, and the doubts about all files."""

    files: list[File]  # those with household ledgers withheld
    submissions: Submissions
    figures: list[Figure]
    doubts: list[Finding]  # about files, names and figures
    choices: list[Finding]  # among several files of a town
    strays: list[Stray]
    notes: list[Place]  # the lines of words around the tables
    below: Below


def _unnamed(sent: _Intake, week: Week) -> Mapping[str, int]:
    """town -> its rows that wait for their village's name, and that nobody has decided to leave out."""
    digests = sent.submissions.digests
    open_ = {
        (row.file, row.sheet, row.cell)
        for row in sent.doubts
        if row.is_blocking and not params.acceptance(row, week.decisions, digests)
    }
    rows = (row for row in sent.strays if row.is_of_town and (row.file, row.sheet, row.cell) in open_)
    return Counter(row.town for row in rows)


def _taken_in(
    root: Path,
    programme: Programme,
    week: Week,
    files: list[File],
    history: History,
    previous: Mapping[Key, Previous],
    ahead: int,
) -> _Intake:
    """files -> forms -> figures: read, attributed to their towns, cleaned, one file of each town chosen."""
    forms = form.read(_with_progress(files), programme, week.week, ahead)
    kept = withholding.withhold(files, *forms, programme)
    files = kept.files
    senders, unsent = submissions.senders(files, kept.forms, programme)
    figures, uncleaned, strays = cleaning.figures(kept.forms, senders, programme, week.week, previous, week.decisions)
    unreadable_here = frozenset(row.file for row in kept.findings if row.rule is CANNOT_READ_HERE)
    unsent = [row for row in unsent if row.file not in unreadable_here]  # whose it is, its content may tell
    excused = frozenset(row.file for row in (*kept.findings, *unsent) if row.rule.excuses_file)
    first = archive.first_submissions(root, week.week.isoformat())
    chosen, choices = submissions.choose(
        files, senders, figures, programme, week.decisions, first, excused, unreadable_here,
        {of.file: of.upward.slip.revision for of in kept.forms if of.upward},
    )  # fmt: skip
    doubts = [*kept.findings, *unsent, *(row for row in uncleaned if not history.has_shown(row))]
    counting = {row.file for row in chosen.towns} - {""}
    return _Intake(
        files,
        chosen,
        [row for row in figures if row.file in counting],
        submissions.attribute(doubts, senders, chosen),
        choices,
        [row for row in strays if row.file in counting],
        [note for note in cleaning.notes(kept.forms, senders) if note.file in counting],
        form.members.below(kept.forms),
    )


def _with_progress(files: list[File]) -> Iterable[File]:
    """The files, with a progress bar in a terminal."""
    if not sys.stderr.isatty():
        return files
    from tqdm import tqdm  # noqa: PLC0415 - for a terminal only

    bar: Iterable[File] = tqdm(files, desc="读取文件", unit="份", leave=False)
    return bar


# ---- the notebook's door ---------------------------------------------------------------------------------------


class Conclusion:
    """The notebook's last word: the state, and the check code that the gate compares."""

    def __init__(self, result: Result) -> None:
        self._is_final, self._seal, self._code = result.is_final, result.seal, result.check_code

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, str]]:
        from pipeline.products import qr  # noqa: PLC0415 - `check` draws none

        words = f"{'定稿' if self._is_final else '初稿'}　校验码 {self._code}"
        return {"text/plain": words, "text/html": f"<p>{words}</p>{qr.svg(self._seal)}"}, {"check_code": self._code}


class Unread:
    """Stands for the week until it has been read.

    JupyterLab may run some cells after one that has failed; they would show the week that was read before.
    """

    def __getattr__(self, name: str) -> NoReturn:
        raise PipelineError("这一周没有读出，原因见前面的红框。")


def from_parameters(day: str, programme: str, decisions: list[Mapping[str, Any]] | None) -> Result:
    """The week for the notebook: its parameters, or (decisions None: Run All in JupyterLab) the week's YAML file.

    The office is the nearest folder, from the notebook's working directory upwards, that has params/ and data/.
    """
    here = Path.cwd()
    root = next((folder for folder in (here, *here.parents) if (folder / "params").is_dir()), here)
    named = params.week_of({"week": day, "programme": programme, "decisions": decisions})
    if decisions is None:
        return compute(root, *_filed(root, named))
    with contextlib.suppress(NoSuchWeek):
        params.week(root, day)  # papermill's own YAML reads 050 as 40: what is wrong with the file is told here too
    return compute(root, *with_answers(root, named, answers.read(root, day)))


def _filed(root: Path, named: Week) -> tuple[Programme, Week]:
    """The week as its YAML file has it; a fault if the notebook names another programme than that."""
    programme, week = load(root, named.week.isoformat())
    if week.programme != named.programme:
        raise ParamsError(
            "笔记本的参数单元格",
            [f"programme：写的是 {named.programme}，params/{week.week}.yaml 里写的是 {week.programme}，两者必须一致"],
        )
    return programme, week
