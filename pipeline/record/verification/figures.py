"""What can be checked of a record that cannot be replayed whole: its figures by its own inputs, its sums by its own tables.

Earlier records are not at hand, or this PC reads other files than the one that made it. What is left is named.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline import archive
from pipeline.archive import MANIFEST, Manifest
from pipeline.judging import completion, settling
from pipeline.record.verification.verdict import Verdict
from pipeline.records import COMPLETION, PROGRESS, Completion, Key, Progress
from pipeline.rules import Finding
from pipeline.rules.files import CANNOT_READ_HERE
from pipeline.week import Result

NOT_MADE_AGAIN = "图表、页面、汇总表、笔记本没有重放，只核对了指纹"
_MEASURES = ("target", "done", "remaining", "rate", "expected", "gap", "needed_per_week", "rank", "light")
_ALWAYS = (
    "weekly_report.ipynb", "weekly_report.html", "brief.html", "brief.txt", "通报草稿.docx", "汇总表.xlsx", "feedback/催报.txt",
    "tables/submissions.csv", "tables/progress.csv", "tables/completion.csv", "tables/findings.csv",
)  # fmt: skip
_CHARTS = 6


def judged(record: Path, facts: Manifest, result: Result) -> Verdict:
    """result: the record's inputs read again, without what is wanting."""
    elsewhere = frozenset(facts.unread) ^ result.unread
    sealed, findings = archive.table(record, PROGRESS), archive.findings(record)
    again = {row.key: row for row in result.progress if row.is_own}
    open_ = [row for row in sealed if row.key not in again or row.file in elsewhere or again[row.key].file in elsewhere]
    differences = [
        *_missing(facts),
        *_other_names(facts, result, elsewhere),
        *_other_basis(facts, result, elsewhere),
        *_other_figures([row for row in sealed if row not in open_], again, findings),
        *_other_seal(facts, sealed),
        *_other_rates(record, sealed, result),
        *_other_state(facts, findings),
        *_unexplained(facts, findings),
    ]
    counted = [row for row in open_ if row.is_own]
    carried = [row for row in sealed if not row.is_own and row.done is not None]
    remarks = [
        *other_machine(frozenset(facts.unread), result.unread),
        NOT_MADE_AGAIN,
        *([f"本周采用的数里有 {len(counted)} 个核对不了"] if counted else []),
        *([f"沿用的 {len(carried)} 个数核对不了"] if carried else []),
    ]
    return Verdict(record, tuple(remarks), tuple(differences))


def other_machine(then: frozenset[str], now: frozenset[str]) -> Iterator[str]:
    """What only one of two machines can read: the record is as it was sealed, and cannot be replayed on this one."""
    if then - now:
        yield f"存档时的电脑读不了{_files(then - now)}，本机能读，所以不能整个重放"
    if now - then:
        yield f"本机读不了{_files(now - then)}，不能整个重放（见 check 的提示）"


def _files(names: frozenset[str]) -> str:
    return "、".join(f"《{name}》" for name in sorted(names))


def _missing(facts: Manifest) -> Iterator[str]:
    yield from (f"清单里没有 {name}" for name in _ALWAYS if name not in facts.sealed)
    if sum(name.startswith("charts/") for name in facts.sealed) < _CHARTS:
        yield "清单里的图表不全"


def _other_names(facts: Manifest, result: Result, elsewhere: frozenset[str]) -> Iterator[str]:
    """Files that the manifest lists, or does not, otherwise than inputs/ has them."""
    found = {(file.name, file.sha256) for file in result.files if not file.is_litter}
    listed = {(item.file, item.sha256) for item in facts.files}
    odd = sorted({name for name, _ in found ^ listed if not any(name.startswith(file) for file in elsewhere)})
    if odd:
        yield f"{MANIFEST} 的 files 与 inputs/ 里的文件不符：{'、'.join(odd[:5])}"


def _other_basis(facts: Manifest, result: Result, elsewhere: frozenset[str]) -> Iterator[str]:
    words = {"files": "报送文件", "programme": "当年方案", "week": "本周参数"}
    yield from (
        f"{MANIFEST} 的 basis 与 inputs/ 里的{word}不符"
        for part, word in words.items()
        if getattr(facts.basis, part) != result.basis[part] and not (elsewhere and part == "files")
    )


def _other_figures(
    sealed: Sequence[Progress], again: dict[Key, Progress], findings: Sequence[Finding]
) -> Iterator[str]:
    """Figures that the towns' files give otherwise; one that they give may be set aside only by a finding that says so."""
    for row in sealed:
        now = again[row.key]
        if row.is_own and _from(now) != _from(row):
            yield f"tables/progress.csv：{''.join(row.key)} 存档为 {_told(row)}，按报表应为 {_told(now)}"
        elif not row.is_own and not any(_is_about(finding, row) for finding in findings):
            yield f"tables/progress.csv：{''.join(row.key)} 存档没有采用报表里的数（{_told(now)}），问题清单里没有说明"


def _is_about(finding: Finding, row: Progress) -> bool:
    is_here = finding.town in ("", row.town) and finding.village in ("", row.village) and finding.kind in ("", row.kind)
    return finding.is_blocking and is_here


def _from(row: Progress) -> tuple[object, ...]:
    return row.target, row.done, row.status, row.file, row.sheet, row.cell, row.raw


def _told(row: Progress) -> str:
    return f"{row.done}（目标{row.target}，{row.file} {row.sheet}!{row.cell}“{row.raw}”）"


def _other_seal(facts: Manifest, sealed: Sequence[Progress]) -> Iterator[str]:
    if facts.rest and archive.check_codes.figures(sealed) != facts.figures:
        yield "tables/progress.csv 与封印里的数不符"


def _other_rates(record: Path, sealed: Sequence[Progress], result: Result) -> Iterator[str]:
    """What does not follow from the sealed figures: all but the pace, which wants the weeks before."""
    measured = completion.measure(sealed, (), result.programme, dt.date.fromisoformat(result.day))
    again = {(row.scope, row.key): row for row in measured}
    words = result.programme.words
    kept: list[Completion] = archive.table(record, COMPLETION)
    if again.keys() != {(row.scope, row.key) for row in kept}:
        yield "tables/completion.csv 的行与方案不符"
        return
    for row in kept:
        other = [name for name in _MEASURES if getattr(row, name) != getattr(again[row.scope, row.key], name)]
        if other:
            labels = "、".join(COMPLETION.labels[name].label for name in other)
            yield f"tables/completion.csv：{''.join(row.key[:2]) or words.whole} {row.kind}的{labels}与{words.by_part}的数不符"


def _other_state(facts: Manifest, findings: Sequence[Finding]) -> Iterator[str]:
    if (facts.status == "final") != settling.is_final(findings):
        yield f"{MANIFEST} 的状态与问题清单不符"


def _unexplained(facts: Manifest, findings: Sequence[Finding]) -> Iterator[str]:
    """A file that the PC could not read has a finding that says so."""
    told = {row.file for row in findings if row.rule is CANNOT_READ_HERE}
    yield from (f"{MANIFEST} 说《{name}》读不了，问题清单里没有" for name in facts.unread if name not in told)
