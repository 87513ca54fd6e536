"""A published figure of a record, told down to the cells that it is made of."""

from pathlib import Path

from pipeline import archive, params, tables
from pipeline.archive import RAW, Trace
from pipeline.errors import PipelineError
from pipeline.intake.names import Names
from pipeline.params import Programme
from pipeline.products.pages import Said
from pipeline.tables import COMPLETION, PROGRESS, PROGRESS_STATUS, SUBMISSIONS, Row, percent, points, rows


def lines(root: Path, record: Path, day: str, town: str, village: str, kind: str) -> list[str]:
    """What is known of the figures of one village, town or (town "") the district, in words.

    Everything is read from the record itself, its inputs, and the records of earlier weeks that it stands on.
    """
    found = of_record(root, record, day, town, village, kind)
    where = record.relative_to(root).as_posix()
    return [f"{where}　{line}" if number == 0 else line for number, line in enumerate(told(found))]


def shown(trace: Trace | None) -> Said:
    """A trace for the notebook."""
    return Said(told(trace) if trace else ["没有这个区镇或村。"])


def of_record(root: Path, record: Path, day: str, town: str = "", village: str = "", kind: str = tables.TOTAL) -> Trace:
    """The trace of one figure of a sealed record; PipelineError if there is no such town or village."""
    week = params.week(record / "inputs", day)
    programme = params.programme(record / "inputs", week.programme)
    facts = archive.manifest(record)
    known = {item["week"]: root / archive.OUTPUT / item["week"] / item["revision"] for item in facts["history"]}
    history = archive.history(root, day, week.programme, programme, known)
    progress, completion = archive.table(record, PROGRESS), archive.table(record, COMPLETION)
    origins = archive.origins(progress, archive.table(record, SUBMISSIONS), week, history)
    season = COMPLETION.table([*rows(history.completion), *rows(completion)])
    town, village = _named(programme, town, village)
    found = archive.trace(season, origins, day, town, village, kind)
    if found is None:
        raise PipelineError(f"存档里没有“{town}{village}”。可查的区镇：{'、'.join(programme.towns)}。")
    return found


def _named(programme: Programme, town: str, village: str) -> tuple[str, str]:
    """The programme's own names for what was typed."""
    names = Names(programme)
    known = names.town(town) or town
    return known, names.village(known, village) or village


def told(trace: Trace) -> list[str]:
    """The figures of one place, each part with its origin, and what rank and pace stand on."""
    row = trace.row
    place = f"{row['town']}{row['village']}" or tables.DISTRICT
    said = [
        f"{place} {row['kind']}：完成 {_shown('done', row)}，目标 {row['target']}，完成率 {percent(row['rate'])}，"
        f"序时进度 {percent(row['expected'])}，较序时 {points(row['gap'])}，本周新增 {_shown('added', row)}，尚缺 {_shown('remaining', row)}"
    ]
    parts = rows(trace.parts)
    said += [f"  {_part(part)}" for part in parts]
    known = [str(part["done"]) for part in parts if part["done"] is not None]
    if len(known) > 1:
        said.append(f"  完成 {row['done']} ＝ {' + '.join(known)}")
    if row["rate"] is not None:
        said.append(f"  完成率 {percent(row['rate'])} ＝ {row['done']} ÷ {row['target']}")
    if trace.rates:
        listed = "、".join(
            f"{town} {rate}" for town, rate in sorted(trace.rates.items(), key=lambda item: item[1], reverse=True)
        )
        said.append(f"  位次 {row['rank']}，按各区镇合计完成率：{listed}")
    if row["achieved_per_week"] is not None:
        counts = "、".join(f"{day} {done}" for day, done in trace.counts[-5:])
        said.append(f"  近四周周均 {_shown('achieved_per_week', row)}，由各周累计得出：{counts}")
    if row["needed_per_week"] is not None:
        said.append(f"  每周需完成 {_shown('needed_per_week', row)} ＝ 尚缺 {row['remaining']} ÷ 剩余周数")
    return said


def _part(part: Row) -> str:
    """包场镇盐灶村 新建 45　本周报送　data/raw/2023-05-05/包场.xlsx（sha256 …）Sheet1!E4，原文“45”"""
    figure = f"{part['town']}{part['village']} {part['kind']} {_shown('done', part)}　{PROGRESS_STATUS[part['status']]}"
    because = f"（{part['basis']}）" if part["basis"] else ""
    if not part["file"]:
        return figure + because
    where = "!".join(filter(None, (part["sheet"], part["cell"])))
    file = f"{(RAW / part['week'] / part['file']).as_posix()}（sha256 {part['sha256']}）"
    return f"{figure}{because}　{file}　{where}，原文“{part['raw']}”"


def _shown(name: str, row: Row) -> str:
    return tables.printed(name, row[name])
