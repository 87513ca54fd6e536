"""A published figure of a record, told down to the cells that it is made of."""

from collections.abc import Iterator
from pathlib import Path

from pipeline import archive, params
from pipeline.archive import RAW, Trace
from pipeline.errors import PipelineError
from pipeline.intake.names import Names
from pipeline.params import Programme
from pipeline.printing import number, percent, points
from pipeline.products.pages import Sentences
from pipeline.records import COMPLETION, DISTRICT, PROGRESS, Completion, Kind, Origin


def lines(root: Path, record: Path, day: str, town: str, village: str, kind: str) -> list[str]:
    """What is known of the figures of one village, town or (town "") the district, in words.

    Everything is read from the record itself, its inputs, and the records of earlier weeks that it stands on.
    """
    first, *rest = in_words(of_record(root, record, day, town, village, kind))
    return [f"{record.relative_to(root).as_posix()}　{first}", *rest]


def shown(trace: Trace | None) -> Sentences:
    """A trace for the notebook."""
    return Sentences(in_words(trace) if trace else ["没有这个区镇或村。"])


def of_record(root: Path, record: Path, day: str, town: str = "", village: str = "", kind: str = Kind.TOTAL) -> Trace:
    """The trace of one figure of a sealed record; PipelineError if there is no such town or village."""
    week = params.week(record / "inputs", day)
    programme = params.programme(record / "inputs", week.programme)
    facts = archive.manifest(record)
    known = {item.week: root / archive.OUTPUT / item.week / item.revision for item in facts.history}
    history = archive.history(root, day, week.programme, programme, known)
    origins = archive.origins(archive.table(record, PROGRESS), archive.submissions(record), week, history)
    season = [*history.completion, *archive.table(record, COMPLETION)]
    town, village = _named(programme, town, village)
    traced = archive.trace(season, origins, day, town, village, kind)
    if traced is None:
        raise PipelineError(f"存档里没有“{town}{village}”。可查的区镇：{'、'.join(programme.towns)}。")
    return traced


def _named(programme: Programme, town: str, village: str) -> tuple[str, str]:
    """The programme's own names for what was typed."""
    names = Names(programme)
    known = names.town(town) or town
    return known, names.village(known, village) or village


def in_words(trace: Trace) -> list[str]:
    """The figures of one place, each part with its origin, and what rank and pace stand on."""
    row = trace.row
    known = [str(part.done) for part in trace.parts if part.done is not None]
    return [
        f"{f'{row.town}{row.village}' or DISTRICT} {row.kind}：{_measures(row)}",
        *(f"  {_part(part)}" for part in trace.parts),
        *([f"  完成 {row.done} ＝ {' + '.join(known)}"] if len(known) > 1 else []),
        *([] if row.rate is None else [f"  完成率 {percent(row.rate)} ＝ {row.done} ÷ {row.target}"]),
        *_rank(trace),
        *_paces(trace),
    ]


def _measures(row: Completion) -> str:
    return (
        f"完成 {number(row.done)}，目标 {row.target}，完成率 {percent(row.rate)}，"
        f"序时进度 {percent(row.expected)}，较序时 {points(row.gap)}，本周新增 {number(row.added)}，"
        f"尚缺 {number(row.remaining)}"
    )


def _rank(trace: Trace) -> list[str]:
    """The rates among which the rank is one."""
    highest_first = sorted(trace.rates.items(), key=lambda item: item[1], reverse=True)
    listed = "、".join(f"{town} {rate}" for town, rate in highest_first)
    return [f"  位次 {trace.row.rank}，按各区镇合计完成率：{listed}"] if listed else []


def _paces(trace: Trace) -> Iterator[str]:
    row = trace.row
    if row.achieved_per_week is not None:
        counts = "、".join(f"{day} {done}" for day, done in trace.counts[-5:])
        yield f"  近四周周均 {number(row.achieved_per_week)}，由各周累计得出：{counts}"
    if row.needed_per_week is not None:
        yield f"  每周需完成 {number(row.needed_per_week)} ＝ 尚缺 {row.remaining} ÷ 剩余周数"


def _part(part: Origin) -> str:
    """包场镇盐灶村 新建 45　本周报送　data/raw/2023-05-05/包场.xlsx（sha256 …）Sheet1!E4，原文“45”"""
    figure = f"{part.town}{part.village} {part.kind} {number(part.done)}　{part.status.label}"
    because = f"（{part.basis}）" if part.basis else ""
    if not part.file:
        return figure + because
    where = "!".join(filter(None, (part.sheet, part.cell)))
    file = f"{(RAW / part.week / part.file).as_posix()}（sha256 {part.sha256}）"
    return f"{figure}{because}　{file}　{where}，原文“{part.raw}”"
