"""decide: 处理单.xlsx written, or brought up to date."""

from pathlib import Path

from pipeline import params, week
from pipeline.commands.shared import DRAFT, FINAL, newest
from pipeline.errors import PipelineError
from pipeline.intake import answers
from pipeline.intake.answers import Answers
from pipeline.products.questions import keeping
from pipeline.products.questions.keeping import Entry, Standing
from pipeline.week import Result


def decide(root: Path, day: str) -> int:
    """Write what has to be decided of a week (the newest without a date) as a sheet; what is filled in there stays."""
    day = day or newest(root)
    folder = root / "params"
    before = answers.read(folder, day)
    if before and answers.is_open_elsewhere(before.path):
        raise PipelineError(_OPEN.format(f"params/{before.path.name}"))
    result = _computed(root, day, before)
    entries = keeping.entries(result.questions, before, result.findings)
    if entries:
        _write(folder, result, entries, before)
    print("\n".join(_said(result, entries, before)))
    return FINAL if result.is_final else DRAFT


_FILL = "用 Excel 或 WPS 打开，在“处理”一栏里选，填好理由、经办人、日期，保存、关闭后运行 python -m pipeline check"
_DONE = "都处理好了。下一步：python -m pipeline report"
_OPEN = "{} 正在另一个程序里打开，没有改动它。请在 Excel、WPS 里保存并关闭，再运行一次。"


def _computed(root: Path, day: str, before: Answers | None) -> Result:
    """The week with those answers that can be followed; the others wait in the sheet."""
    sound = before and before.without_faults()
    return week.compute(root, *week.with_answers(root, params.week(root, day), sound))


def _write(folder: Path, result: Result, entries: list[Entry], before: Answers | None) -> None:
    """Under its own name, at once or not at all; one that was saved in another format is set aside."""
    from pipeline.products import decision_sheet  # noqa: PLC0415 - openpyxl: half a second that not every command pays

    path = folder / f"{result.day} {answers.NAME}.xlsx"
    content = decision_sheet.to_bytes(entries, result.week.week, result.programme.title)
    unfinished = folder / f".{path.name}.part"
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
        if before and before.path != path:
            before.path.rename(before.path.with_name(f"{before.path.stem}（旧，已并入 xlsx）{before.path.suffix}"))
    except PermissionError:  # Windows lets nobody replace a file that is open
        unfinished.unlink(missing_ok=True)
        raise PipelineError(_OPEN.format(f"params/{path.name}")) from None


def _said(result: Result, entries: list[Entry], before: Answers | None) -> list[str]:
    if not entries:
        return [f"{result.day} 没有需要处理的问题，不用处理单。"]
    counts = {standing: sum(entry.standing is standing for entry in entries) for standing in Standing}
    words = "，".join(f"{standing}{count}个" for standing, count in counts.items() if count)
    waiting = counts[Standing.OPEN] or counts[Standing.STALE] or counts[Standing.LOST]
    return [
        f"处理单：params/{result.day} {answers.NAME}.xlsx（{words}）",
        *(f"  {fault}" for fault in (before.faults if before else ())),
        f"{_FILL if waiting else _DONE} {result.day}",
    ]
