"""What became of the offices, for a person: a bar while they run, a table at the end, a status for a script."""

import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.fleet.outcome import Outcome, State

_HEADING = ("单位", "周次", "状态", "版次", "用时")
_STATUS = {State.FINAL: 0, State.DRAFT: 1, State.ABSENT: 1, State.FAILED: 2}


def status(outcomes: Iterable[Outcome]) -> int:
    """The exit status: the worst wins."""
    return max(_STATUS[outcome.state] for outcome in outcomes)


def followed(outcomes: Iterable[Outcome], total: int) -> Iterator[Outcome]:
    """The same, with a progress bar in a terminal."""
    if not sys.stderr.isatty():
        yield from outcomes
        return
    from tqdm import tqdm  # noqa: PLC0415 - for a terminal only

    done = []
    with tqdm(total=total, desc="各单位", unit="个") as bar:
        for outcome in outcomes:
            done.append(outcome)
            bar.set_postfix_str(_counts(done), refresh=False)
            bar.update()
            yield outcome


def lines(outcomes: Sequence[Outcome], tree: Path) -> list[str]:
    """The table, an office a row, what is to be told of it below; the counts last."""
    ordered = sorted(outcomes, key=lambda outcome: Path(outcome.office))
    rows = [_HEADING, *(_row(outcome, tree) for outcome in ordered)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    heading, *table = ("  ".join(map(_filled, row, widths)).rstrip() for row in rows)
    told = [
        line
        for row, outcome in zip(table, ordered, strict=True)
        for line in (row, *(f"    {words}" for words in outcome.message.splitlines()))
    ]
    new = sum(outcome.is_new for outcome in outcomes)
    return [heading, *told, f"共{len(outcomes)}个单位：{_counts(outcomes)}；新存档{new}份。"]


def _row(outcome: Outcome, tree: Path) -> tuple[str, ...]:
    name = Path(outcome.office).relative_to(tree).as_posix()
    revision = f"第{outcome.revision}版" if outcome.revision else "—"
    name = Path(outcome.office).name if name == "." else name
    return name, outcome.week, outcome.state, revision, f"{outcome.seconds:.1f}秒"


def _counts(outcomes: Iterable[Outcome]) -> str:
    """定稿 2、初稿 1"""
    counts = Counter(outcome.state for outcome in outcomes)
    return "、".join(f"{state} {counts[state]}" for state in State if counts[state])


def _filled(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """Columns of a terminal."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
