"""Nothing comes from nowhere and nothing is lost: asserted in every run, over the finished tables.

Each published figure is one accepted cell, one written decision or one carried figure, and the published sums are the
sums of these. A breach is a bug of the program, never the town's fault, so it stops the run with a traceback.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.records import Cell, Completion, Figure, Key, Kind, Previous, Progress, State, Status


class Breach(AssertionError):
    """A published figure that no cell, decision or earlier figure stands behind."""


def verify(
    progress: Sequence[Progress],
    completion: Iterable[Completion],
    figures: Iterable[Figure],
    decided: Mapping[Key, int],
    previous: Mapping[Key, Previous],
) -> None:
    """Breach if a figure of progress or a sum of completion cannot be accounted for.

    figures: the figures of the files that count. decided: village × kind -> what a decision says.
    previous: the last accepted figure of each village × kind.
    """
    breaches = [*_unfounded(progress, figures, decided, previous), *_wrong_sums(progress, completion)]
    if breaches:
        raise Breach("; ".join(breaches[:5]))


def _unfounded(
    progress: Iterable[Progress],
    figures: Iterable[Figure],
    decided: Mapping[Key, int],
    previous: Mapping[Key, Previous],
) -> Iterator[str]:
    cells: dict[tuple[str, ...], list[int | None]] = {}
    for figure in figures:
        if figure.is_done:
            cells.setdefault(_cell(figure.key, figure), []).append(_stands_for(figure, previous))
    for row in progress:
        before = previous.get(row.key, Previous())
        if not _is_founded(row, cells.get(_cell(row.key, row)), decided.get(row.key), before.done):
            yield f"{' '.join(row.key)}: {row.status} {row.done}"


def _is_founded(row: Progress, cells: list[int | None] | None, decided: int | None, before: int | None) -> bool:
    match row.status:
        case Status.REPORTED:
            return decided is None and row.done is not None and cells == [row.done]
        case Status.CORRECTED:
            return decided is not None and decided == row.done
        case Status.CARRIED:
            return row.done is not None and row.done == before
        case Status.MISSING:
            return row.done is None


def _stands_for(figure: Figure, previous: Mapping[Key, Previous]) -> int | None:
    """What an accepted cell counts as: its number, 0 for nothing so far, last time's figure for 无变化."""
    match figure.state:
        case State.NUMBER:
            return figure.value
        case State.BLANK | State.NOT_STARTED:
            return 0
        case State.UNCHANGED:
            return previous.get(figure.key, Previous()).done
        case State.UNREADABLE:
            return None


def _wrong_sums(progress: Iterable[Progress], sums: Iterable[Completion]) -> Iterator[str]:
    totals: dict[Key, tuple[int, int]] = {}
    for part in progress:
        for place in ((part.town, part.village), (part.town, ""), ("", "")):
            for kind in (part.kind, Kind.TOTAL):
                target, done = totals.get(Key(*place, kind), (0, 0))
                totals[Key(*place, kind)] = target + part.target, done + (part.done or 0)
    for row in sums:
        if (row.target, row.done or 0) != totals.get(row.key, (0, 0)):
            yield f"{row.scope} {' '.join(row.key)}: {row.done} of {row.target}"


def _cell(key: Key, at: Cell) -> tuple[str, ...]:
    return (*key, at.file, at.sheet, at.cell)
