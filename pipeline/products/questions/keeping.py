"""处理单 brought up to date: what was filled in stays, what does not fit any more is marked, what is settled goes below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.intake.answers import Answers, Row, answered
from pipeline.params import is_stale
from pipeline.params.levels import Words
from pipeline.params.questions import Answer, Draft, Option, Question
from pipeline.rules import Finding

_FORMER = "（原处理）"


class Standing(StrEnum):
    """How a question stands."""

    STALE = "请重新处理"
    OPEN = "待处理"
    SETTLED = "已了结"
    LOST = "内容被改动，未采用"


@dataclass(frozen=True)
class Entry:
    """One row of the sheet that is written."""

    question: Question
    answer: Answer
    standing: Standing


def entries(
    asked: Sequence[Question], before: Answers | None, findings: Sequence[Finding], words: Words
) -> list[Entry]:
    """The rows of the new sheet. asked: what is open now; before: the sheet so far; findings: after its decisions.

    words: what the office's level is called.
    """
    withdrawn = Option(f"作废，按{words.short}里现在报的数")
    every = before.rows if before else ()
    rows = [row for row in every if _is_filled(row)]
    known = {row.question.identity: row for row in sorted(every, key=_is_filled) if row.is_whole}
    taken_up = [known[question.identity] for question in asked if question.identity in known]
    unsound = [row for row in rows if before and before.fault(row)]
    found = [
        *(_asked(question, known.get(question.identity)) for question in asked),
        *(_no_longer_asked(row, row not in unsound, findings, withdrawn) for row in rows if row not in taken_up),
    ]
    return sorted(found, key=lambda entry: list(Standing).index(entry.standing))


def _is_filled(row: Row) -> bool:
    return any((row.answer.option, row.answer.figure, row.answer.reason))


def _asked(question: Question, row: Row | None) -> Entry:
    """An open question, with what has been filled in. An answer that it does not offer any more is kept, and marked."""
    if row is None:
        return Entry(question, Answer(), Standing.OPEN)
    if row.option is None:
        return Entry(question, row.answer, Standing.OPEN)
    same = next((each for each in question.options if each.drafts == row.option.drafts), None)
    if same:
        return Entry(question, replace(row.answer, option=same.words), Standing.OPEN)
    former = _former(row.option)
    kept = replace(question, options=(former, *question.options))
    return Entry(kept, replace(row.answer, option=former.words), Standing.STALE)


def _former(option: Option) -> Option:
    return replace(option, words=_FORMER + option.words.removeprefix(_FORMER))


def _as_text(row: Row, standing: Standing) -> Entry:
    """What is only kept to be read: it offers nothing, and is never taken for a question that is asked."""
    return Entry(replace(row.question, identity=standing, options=()), row.answer, standing)


def _no_longer_asked(row: Row, is_sound: bool, findings: Iterable[Finding], withdrawn: Option) -> Entry:
    """An answer in force, one that does not fit any more and can be withdrawn, or a row that only keeps its texts."""
    if not row.is_whole or row.question.identity == Standing.LOST:
        return _as_text(row, Standing.LOST)
    if row.option is None or not row.option.drafts or not is_sound:
        return _as_text(row, Standing.SETTLED)
    unfit = [finding for each in answered(row) for finding in findings if is_stale(each.decision, [finding])]
    if unfit:
        return _unfit(row, row.option, unfit, withdrawn)
    return Entry(row.question, row.answer, Standing.SETTLED)


def _unfit(row: Row, option: Option, unfit: Sequence[Finding], withdrawn: Option) -> Entry:
    """An answer that does not fit any more, beside what stands there now: it may be renewed or withdrawn."""
    now, former = unfit[0], _former(option)
    bound = Option(option.words, tuple(_bound_to(now.raw, draft) for draft in option.drafts))
    renewed = [bound] if now.raw and option.wants_figure else []
    asked = replace(
        row.question, file=now.file, sheet=now.sheet, cell=now.cell, raw=now.raw,
        words="；".join(dict.fromkeys(finding.words for finding in unfit)), options=(former, *renewed, withdrawn),
    )  # fmt: skip
    return Entry(asked, replace(row.answer, option=former.words), Standing.STALE)


def _bound_to(raw: str, draft: Draft) -> Draft:
    return tuple((name, raw if name == "was" else value) for name, value in draft)
