"""What several commands say, and which week they mean."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from pipeline import archive
from pipeline.errors import NoSuchWeek, PipelineError
from pipeline.intake import answers
from pipeline.week import Result

FINAL, DRAFT = 0, 1


def newest(root: Path) -> str:
    """The newest week that has a folder of raw files."""
    known = archive.weeks(root)
    if not known:
        raise NoSuchWeek("data/raw/ 下还没有任何一周的文件夹。请先运行 python -m pipeline new 日期（如 2023-04-07）。")
    return known[-1]


def programme_name(root: Path, day: str) -> str:
    """The programme of the year of a date."""
    name = f"params/{day[:4]}.yaml"
    if not (root / name).is_file():
        raise PipelineError(
            f"没有 {name}。请先写好当年的方案：python -m pipeline init 写出目标任务表，填好后做成方案。"
        )
    return name


def command(root: Path, words: str) -> str:
    """A command as it can be typed where this one was: python -m pipeline check 2023-05-05 --root 单位."""
    return f"python -m pipeline {words}{'' if root == Path.cwd() else f' --root {quoted(root)}'}"


def quoted(path: Path) -> str:
    """A path as it can be typed."""
    return f'"{path}"' if " " in str(path) else str(path)


def write_new(path: Path, content: bytes) -> bool:
    """Whether the file was written; one that is there is never overwritten."""
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        return False
    return True


def changed_since(changed: Mapping[str, str]) -> list[str]:
    """Sealed weeks that are not any more what their record stands on. changed: day -> what, in words."""
    return [
        f"截至 {day} 的存档以后有变化：{what.rstrip('。')}。要另存一版，运行 python -m pipeline report {day}。"
        for day, what in changed.items()
    ]


def of_the_sheet(root: Path, day: str) -> list[str]:
    """What the analyst should know of her 处理单: that it is still open, that rows of it are gone."""
    strange = [
        f"params/{name} 不叫“{day} {answers.NAME}”，没有读。要用它，改成这个名字。"
        for name in answers.misnamed(root, day)
    ]
    sheet = answers.read(root, day)
    if sheet is None:
        return strange
    name = sheet.name
    is_open = (
        [f"{name} 还在另一个程序里打开：没有保存的内容没有算进来。"] if answers.is_open_elsewhere(sheet.path) else []
    )
    numbers = "、".join(map(str, sheet.lacking))
    gone = f"{name} 少了编号 {numbers} 的行，按没有处理算；运行 python -m pipeline decide {day} 可补上还没处理的问题。"
    return [*strange, *is_open, *([gone] if sheet.lacking else [])]


def of_the_programme(result: Result) -> list[str]:
    """What the programme still lacks, and would be printed as it stands."""
    name, lacking = result.week.programme, "".join(result.programme.unfilled)
    return [f"{name} 里还有没填的：{lacking}，各处会照样印出来。请用记事本打开，写好后再运行。"] if lacking else []


def of_the_program() -> list[str]:
    """Whether the notebook is another program than the one that was delivered."""
    from pipeline.record import source  # noqa: PLC0415 - the wing of records, of which no other command but report and verify knows

    try:
        cells = source.changed_cells()
    except PipelineError as error:
        return [str(error)]
    numbers = "、".join(map(str, cells))
    return (
        [f"笔记本第 {numbers} 格与发放的不同，程序因此是改动过的，会记入存档。恢复原件的办法见 README。"]
        if cells
        else []
    )


def contradictions(result: Result) -> list[str]:
    """Later records that stand on figures which this week has corrected since; they stay as they are."""
    number = result.programme.schedule.week_number
    later = archive.changes.contradicted(result.root, result.day, result.progress)
    return [
        f"第{number(dt.date.fromisoformat(day))}周（截至{day}）存档的数与更正后的数不再衔接："
        f"{'；'.join(figures)}。该周存档不改；需要时运行 python -m pipeline report {day} --revise “前期数更正”。"
        for day, figures in later.items()
    ]
