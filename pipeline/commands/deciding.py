"""decide: 处理单.xlsx written, or brought up to date, of a week or of a day between two weeks."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline import daily, params, week
from pipeline.archive import RAW
from pipeline.commands.shared import DRAFT, FINAL, command, newest, programme_name
from pipeline.errors import PipelineError
from pipeline.intake import answers
from pipeline.intake.answers import Answers
from pipeline.params.questions import Question
from pipeline.products.questions import keeping
from pipeline.products.questions.keeping import Entry, Standing
from pipeline.week import Result

_FILL = "用 Excel 或 WPS 打开，在“处理”一栏里选，填好理由、经办人、日期，保存、关闭后运行 "
_DONE = "都处理好了。下一步："
_OPEN = "{} 正在另一个程序里打开，没有改动它。请在 Excel、WPS 里保存并关闭，再运行一次。"


@dataclass(frozen=True)
class _Occasion:
    """Of what is decided: the folder of its sheet, what is computed and asked, the commands that look and that finish."""

    folder: str
    computed: Callable[[Path, str, Answers | None], Result]
    asked: Callable[[Result], list[Question]]
    look: str
    finish: str


def _week(root: Path, day: str, sheet: Answers | None) -> Result:
    return week.compute(root, *week.with_answers(root, params.week(root, day), sheet))


def _day(root: Path, day: str, sheet: Answers | None) -> Result:
    return daily.compute(root, *daily.load(root, programme_name(root, day), day, sheet))


_OF_WEEK = _Occasion(answers.OF_WEEKS, _week, lambda result: result.questions, "check", "report")
_OF_DAY = _Occasion(answers.OF_DAYS, _day, daily.asked, "daily", "daily")


def decide(root: Path, day: str) -> int:
    """Write what has to be decided of a week (the newest without a date) as a sheet; what is filled in there stays."""
    day = day or newest(root)
    is_day = (root / RAW / daily.DAILY / day).is_dir() and not (root / RAW / day).is_dir()
    occasion = _OF_DAY if is_day else _OF_WEEK
    before = answers.read(root, day, occasion.folder)
    if before and answers.is_open_elsewhere(before.path):
        raise PipelineError(_OPEN.format(before.name))
    result = occasion.computed(root, day, before and before.without_faults())
    entries = keeping.entries(occasion.asked(result), before, result.findings, result.programme.words)
    if not entries:
        print(f"{day} 没有需要处理的问题，不用处理单。")
    else:
        _write(root / occasion.folder, result, entries, before)
        print("\n".join(_said(occasion, result, entries, answers.read(root, day, occasion.folder))))
    return FINAL if result.is_final else DRAFT


def _write(folder: Path, result: Result, entries: list[Entry], before: Answers | None) -> None:
    """Under its own name, at once or not at all; one that was saved in another format is set aside."""
    from pipeline.products import decision_sheet  # noqa: PLC0415 - openpyxl: half a second that not every command pays

    folder.mkdir(exist_ok=True)
    path = folder / f"{result.day} {answers.NAME}.xlsx"
    if path.is_dir():
        raise PipelineError(f"{path.name} 是一个文件夹，处理单写不了。请把它改名或移走，再运行一次。")
    content = decision_sheet.to_bytes(entries, result.week.week, result.programme)
    unfinished = folder / f".{path.name}.part"
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
        if before and before.path != path:
            before.path.rename(before.path.with_name(f"{before.path.stem}{answers.SET_ASIDE}{before.path.suffix}"))
    except PermissionError:  # Windows lets nobody replace a file that is open
        raise PipelineError(_OPEN.format(path.name)) from None
    finally:
        unfinished.unlink(missing_ok=True)


def _said(occasion: _Occasion, result: Result, entries: list[Entry], sheet: Answers | None) -> list[str]:
    """sheet: as it is now, so that faults are told by its rows."""
    counts = {standing: sum(entry.standing is standing for entry in entries) for standing in Standing}
    words = "，".join(f"{standing}{count}个" for standing, count in counts.items() if count)
    is_waiting = counts[Standing.OPEN] or counts[Standing.STALE] or counts[Standing.LOST]
    step = occasion.look if is_waiting else occasion.finish
    return [
        f"处理单：{occasion.folder}/{result.day} {answers.NAME}.xlsx（{words}）",
        *(f"  {fault}" for fault in (sheet.faults if sheet else ())),
        f"{_FILL if is_waiting else _DONE}{command(result.root, f'{step} {result.day}')}",
    ]
