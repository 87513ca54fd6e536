"""init: a new office in two steps: a target table to fill, and what the filled one is made into."""

import datetime as dt
from pathlib import Path

from pipeline import archive, params
from pipeline.commands.shared import FINAL, quoted, write_new
from pipeline.errors import PipelineError
from pipeline.params import Programme
from pipeline.records import KINDS


def init(folder: Path, table: Path | None, today: dt.date) -> int:
    """Found an office in a folder: without a table write one to fill in, with it the programme and the folders.

    Nothing is overwritten. today: for the year of the usual dates in the table to fill.
    """
    return _write_template(folder, today.year) if table is None else _found(folder, table, today.year)


def _write_template(folder: Path, year: int) -> int:
    from pipeline import founding  # noqa: PLC0415 - openpyxl: half a second that not every command pays

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / founding.TEMPLATE
    is_new = write_new(path, founding.template(year))
    print(f"{'已写出' if is_new else '早已有，没有改动'}：{path}")
    print("请用 WPS 或 Excel 填好两张工作表（目标任务、单位情况）并保存，然后运行：")
    print(f"  python -m pipeline init {quoted(folder)} --targets {quoted(path)}")
    print("已有下达目标任务的《每周进展情况汇总表》（目标任务填好的）时，也可以直接用它：--targets 那个文件。")
    return FINAL


def _found(folder: Path, table: Path, year: int) -> int:
    from pipeline import founding  # noqa: PLC0415 - see _write_template

    try:
        content = table.read_bytes()
    except OSError as error:
        raise PipelineError(
            f"打不开 {table}（{error.strerror}）。请检查文件名；正在 WPS 里打开的，请先保存、关闭。"
        ) from None
    found = founding.founded(founding.typed(content, table.name), year)
    name = f"params/{found.programme.schedule.start.year}.yaml"
    for part in (Path("params"), archive.RAW, archive.OUTPUT):
        (folder / part).mkdir(parents=True, exist_ok=True)
    if not write_new(folder / name, founding.as_yaml(found.programme).encode()):
        raise PipelineError(
            f"{folder / name} 已经有了，没有改动。要重新做的，请先把它改名或移走；只改几个数的，直接改这个文件。"
        )
    read = params.programme(folder, name)
    assert read == found.programme, name
    print("\n".join([*_told(folder, name, read), *_to_look_at(found.remarks)]))
    print("接下来，开始第一周（日期是截至日期，就是每周汇总到哪一天）：")
    print(f"  python -m pipeline new {_first_friday(found.programme)} --root {quoted(folder)}")
    return FINAL


def _told(folder: Path, name: str, programme: Programme) -> list[str]:
    """What has been written, with the sums by which a person sees whether the table was understood."""
    targets = programme.targets(programme.schedule.start)
    sums = "、".join(
        f"{kind}{sum(count for key, count in targets.items() if key.kind == kind)}{programme.unit}" for kind in KINDS
    )
    words = programme.words
    free = [town for town in programme.towns if town not in programme.expected_towns]
    return [
        f"已写好：{folder / name}（每一项都有说明），并建好 data/raw/、data/output/",
        f"{words.many(len(programme.towns))}、{programme.village_count}个村，目标任务{sums}"
        + (f"；没有任务的{words.member}：{'、'.join(free)}" if free else ""),
        f"实施阶段 {programme.schedule.start} 至 {programme.schedule.end}，年度按开始日期是 {programme.schedule.start.year} 年",
    ]


def _to_look_at(remarks: list[str]) -> list[str]:
    return ["请看一眼：", *(f"  {number}. {remark}" for number, remark in enumerate(remarks, 1))] if remarks else []


def _first_friday(programme: Programme) -> dt.date:
    """The first Friday of the schedule: an example of a closing date."""
    start = programme.schedule.start
    return start + dt.timedelta(days=(4 - start.weekday()) % 7)
