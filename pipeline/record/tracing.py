"""A published figure of a record, told down to the cells that it is made of."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from pipeline import archive
from pipeline import week as weekly
from pipeline.archive import RAW, Trace
from pipeline.errors import PipelineError
from pipeline.intake.names import Names
from pipeline.intake.upward import Source
from pipeline.judging import completion
from pipeline.params import Programme
from pipeline.printing import percent, points, thousands
from pipeline.products.pages import Lines
from pipeline.products.sentences import mean, time_left
from pipeline.records import COMPLETION, PROGRESS, Completion, Key, Kind, Origin, Scope, Status


def lines(root: Path, record: Path, day: str, town: str, village: str, kind: str) -> list[str]:
    """What is known of the figures of one village, town or (town "") the district, in words.

    Everything is read from the record itself, its inputs, and the records of earlier weeks that it stands on.
    """
    first, *rest = in_words(of_record(root, record, day, town, village, kind))
    return [f"{record.relative_to(root).as_posix()}　{first}", *rest]


def shown(trace: Trace | None) -> Lines:
    """A trace for the notebook."""
    return Lines(in_words(trace) if trace else ["没有这个区镇或村。"])


def of_record(root: Path, record: Path, day: str, town: str = "", village: str = "", kind: str = Kind.TOTAL) -> Trace:
    """The trace of one figure of a sealed record; PipelineError if there is no such town or village."""
    programme, week = weekly.load(record / "inputs", day)
    facts = archive.manifest(record)
    known = {item.week: root / archive.OUTPUT / item.week / item.revision for item in facts.history}
    history = archive.history(root, day, week.programme, programme, known)
    progress, sent = archive.table(record, PROGRESS), archive.submissions(record)
    origins = archive.origins(progress, sent, week, archive.findings(record), history, programme.words)
    season = [*history.completion, *archive.table(record, COMPLETION)]
    names = Names(programme)
    key = _named(names, town, village, kind)
    counts = completion.pace_counts(season, programme, week.week, key)
    traced = archive.trace(season, origins, programme, week.week, key, counts)
    if traced is None:
        raise PipelineError(f"存档里没有“{key.town}{key.village}”。{_known(programme, key.town)}。")
    parts = tuple(_with_their_past(traced.parts, known, names))
    below = _below(parts, {**known, day: record}, programme) if programme.words.of_offices else {}
    tiers = completion.of_tiers(progress, programme, week.week) if key.scope is Scope.DISTRICT else {}
    of_kind = {tier: row for tier, rows in tiers.items() for row in rows if row.kind == key.kind}
    return replace(traced, parts=parts, below=below, tiers=of_kind)


def _below(parts: Iterable[Origin], records: Mapping[str, Path], programme: Programme) -> dict[Key, Sequence[Source]]:
    """What members' figures are made of, by the sealed copies of what they sent. records: week -> its record."""
    sent = cache(lambda week: weekly.sent_up(records[week] / "inputs", week, programme))
    return {part.key: sent(part.week).get((part.file, part.cell), []) for part in parts if part.file}


def _known(programme: Programme, town: str) -> str:
    """What may be asked for instead."""
    if town in programme.towns:
        return f"{town}可查的{programme.words.part}：{'、'.join(village.name for village in programme.towns[town].villages) or '无'}"
    return f"可查的{programme.words.member}：{'、'.join(programme.towns)}"


def _named(names: Names, town: str, village: str, kind: str) -> Key:
    """The programme's own names for what was typed."""
    known = names.town(town) or town
    return Key(known, names.village(known, village) or village, kind)


def _with_their_past(parts: tuple[Origin, ...], known: Mapping[str, Path], names: Names) -> Iterator[Origin]:
    """The parts; those that are carried with the decisions that stood behind them in the week that reported them.

    Only here: a replay has the tables of earlier records, not their parameters.
    """
    bases = cache(lambda week: _bases(known[week], week, names))
    for part in parts:
        basis = bases(part.week).get(part.key) if part.status is Status.CARRIED and part.week else ""
        yield replace(part, then=f"报送周依据：{basis}") if basis else part


def _bases(record: Path, week: str, names: Names) -> dict[Key, str]:
    """What stood behind each figure of an earlier record, by the names of today."""
    progress = archive.table(record, PROGRESS)
    programme, then = weekly.load(record / "inputs", week)
    bases = archive.bases(progress, archive.submissions(record), then, archive.findings(record), programme.words)
    return {archive.renamed(row, names).key: bases[row.key] for row in progress}


# ---- in words --------------------------------------------------------------------------------------------------


def in_words(trace: Trace) -> list[str]:
    """The figures of one place, each part with its origin, and what rank and paces stand on: as they are printed."""
    row = trace.row
    known = [thousands(part.done) for part in trace.parts if part.done is not None]
    return [
        f"{f'{row.town}{row.village}' or trace.words.whole} {row.kind}：{_measures(row)}",
        *(line for part in trace.parts for line in (f"  {_part(part)}", *map(_source, trace.below.get(part.key, ())))),
        *([f"  完成 {thousands(row.done)} ＝ {' + '.join(known)}"] if len(known) > 1 else []),
        *(f"  其中{tier}：{_measures(of_tier)}" for tier, of_tier in trace.tiers.items()),
        *([] if row.rate is None else [f"  完成率 {percent(row.rate)} ＝ {_share(row)}"]),
        *_rank(trace),
        *_paces(trace),
    ]


def _measures(row: Completion) -> str:
    return (
        f"完成 {thousands(row.done)}，目标 {thousands(row.target)}，完成率 {percent(row.rate)}，"
        f"序时进度 {percent(row.expected)}，较序时 {points(row.gap)}，本周新增 {thousands(row.added)}，"
        f"尚缺 {thousands(row.remaining)}"
    )


def _share(row: Completion) -> str:
    return f"{thousands(row.done)} ÷ {thousands(row.target)}"


def _rank(trace: Trace) -> list[str]:
    """The rates among which the rank is one."""
    highest_first = sorted(trace.rates.items(), key=lambda item: item[1], reverse=True)
    listed = "、".join(f"{town} {percent(rate)}" for town, rate in highest_first)
    return [f"  位次 {trace.row.rank}，按{trace.words.each}合计完成率：{listed}"] if listed else []


def _paces(trace: Trace) -> Iterator[str]:
    """Both paces with the counts and the weeks that they are quotients of, called as the charts call them."""
    row = trace.row
    if row.achieved_per_week is not None:
        (since, before), (until, now) = trace.counts[0], trace.counts[-1]
        growth = f"（{thousands(now)} － {thousands(before)}）÷ {_weeks(until - since)}周"
        yield f"  {mean(trace.numbers)} {thousands(row.achieved_per_week)} ＝{growth}（{since} 至 {until}）"
    if row.needed_per_week is not None:
        left = f"尚缺 {thousands(row.remaining)} ÷ {time_left(trace.weeks_left)}"
        yield f"  每周需完成 {thousands(row.needed_per_week)} ＝ {left}"


def _weeks(span: dt.timedelta) -> str:
    """4, or 3.6 where the closing dates are no whole weeks apart."""
    return f"{span.days / 7:.1f}".removesuffix(".0")


def _source(row: Source) -> str:
    """甲镇东河村 新建 20　本周报送　甲镇.xlsx（sha256 …）Sheet1!E4，原文“20”, the deeper the further to the right"""
    figure = f"{'  ' * (row.depth + 1)}{row.town}{row.village} {row.kind} {thousands(row.done)}　{row.status.label}"
    if not row.file:
        return figure
    where = "!".join(filter(None, (row.sheet, row.cell)))
    return f"{figure}　{row.week}/{row.file}（sha256 {row.sha256}）　{where}，原文“{row.raw}”"


def _part(part: Origin) -> str:
    """包场镇盐灶村 新建 45　本周报送　data/raw/2023-05-05/包场.xlsx（sha256 …）Sheet1!E4，原文“45”"""
    figure = f"{part.town}{part.village} {part.kind} {thousands(part.done)}　{part.status.label}"
    because = f"（{part.grounds}）" if part.grounds else ""
    if not part.file:
        return figure + because
    where = "!".join(filter(None, (part.sheet, part.cell)))
    file = f"{(RAW / part.week / part.file).as_posix()}（sha256 {part.sha256}）"
    return f"{figure}{because}　{file}　{where}，原文“{part.raw}”"
