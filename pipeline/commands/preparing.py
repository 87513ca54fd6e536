"""new: a week prepared; nothing is overwritten."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from pipeline import archive, params
from pipeline.archive import RAW
from pipeline.commands.shared import FINAL, command, programme_name, write_new
from pipeline.judging import settling
from pipeline.params import Programme
from pipeline.printing import file_name, month_day

_USUAL = 5  # days between two closing dates; fewer are a slip of the pen


def new(root: Path, day: str) -> int:
    """Prepare a week: its params file, its raw folder, a pre-filled form for each town. Nothing is overwritten."""
    from pipeline.products import workbook  # noqa: PLC0415 - openpyxl: half a second that not every command pays

    name = programme_name(root, day)
    programme = params.programme(root, name)
    closing = dt.date.fromisoformat(day)
    history = archive.history(root, day, name, programme)
    previous = settling.last_accepted(history.progress, programme, closing)
    (root / RAW / day).mkdir(parents=True, exist_ok=True)
    written = write_new(root / "params" / f"{day}.yaml", params.blank_week(day, name).encode())
    forms = root / archive.OUTPUT / day / "forms"
    forms.mkdir(parents=True, exist_ok=True)
    for town in programme.expected_towns:
        words = f"{town} {programme.title}每周进展情况汇总表（截至{month_day(closing)}）"
        form = forms / f"{file_name(words)[:60]}.xlsx"
        written |= write_new(form, workbook.blank_form(programme, town, closing, previous))
    print("".join(f"请看一眼：{words}\n" for words in _unusual(root, day, programme)), end="")
    print(
        f"{'已准备' if written else '早已准备好，没有改动'}：params/{day}.yaml、data/raw/{day}/、空白表 {forms.relative_to(root).as_posix()}/"
    )
    print(f"把{programme.words.each}发来的文件放入 data/raw/{day}/，然后运行 {command(root, f'check {day}')}")
    return FINAL


def _unusual(root: Path, day: str, programme: Programme) -> Iterator[str]:
    """Why a date may be a slip: outside the schedule, or within a week of another closing date."""
    schedule, closing = programme.schedule, dt.date.fromisoformat(day)
    if not schedule.start <= closing <= schedule.end:
        yield f"{day} 不在实施阶段（{schedule.start} 至 {schedule.end}）里。写错的，删去 params/{day}.yaml 和 data/raw/{day}/。"
    for other in archive.weeks(root):
        apart = abs((dt.date.fromisoformat(other) - closing).days)
        if 0 < apart < _USUAL:
            yield f"{day} 与另一期 {other} 只差{apart}天。写错的，删去 params/{day}.yaml 和 data/raw/{day}/。"
