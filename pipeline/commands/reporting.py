"""report: weeks recorded, and what became of each."""

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import archive, since
from pipeline.commands.shared import (
    DRAFT,
    FINAL,
    changed_since,
    command,
    contradictions,
    newest,
    of_the_program,
    of_the_programme,
    of_the_sheet,
)
from pipeline.products import sentences

if TYPE_CHECKING:
    from pipeline.record.recording import Recorded


def report(root: Path, day: str, reason: str) -> int:
    """Record one week, or, oldest first, every week that has no record yet; what has changed since is only named."""
    recorded = archive.recorded_weeks(root)
    changed = {} if day else since.changed(root, recorded)
    pending = [day] if day else [name for name in archive.weeks(root) if not archive.revisions(root, name)]
    print("".join(f"{line}\n" for line in of_the_program()), end="")
    if pending:
        _record(root, pending, reason)
    else:
        archive.entering.mend(root)
        print("各周都已有存档，没有新的周次。")
    last = archive.revisions(root, day or (archive.recorded_weeks(root) or [newest(root)])[-1])[-1]
    is_final = archive.manifest(last).status == "final"
    ending = [*changed_since(changed), *of_the_sheet(root, last.parent.name), *_broken(root), *_to_send(root)]
    print(
        f"{'本周' if day else '最新一周'}的存档：{last.relative_to(root).as_posix()}/（图表在 charts/，汇总表是 汇总表.xlsx）"
    )
    print("".join(f"{line}\n" for line in (*ending, *([] if is_final else [_next(root, last.parent.name)]))), end="")
    return FINAL if is_final and not changed else DRAFT


def _next(root: Path, day: str) -> str:
    """What to do with a draft."""
    return f"这一周还是初稿。下一步：运行 {command(root, f'decide {day}')}，在处理单里处理完，再运行 report。"


def _record(root: Path, days: list[str], reason: str) -> None:
    """Record some weeks, and print what became of each. The kernels are on their way before all else is imported."""
    from pipeline.record import kernels  # noqa: PLC0415 - `check` needs none

    with kernels.warm(len(days)) as warm:
        from pipeline.record import recording  # noqa: PLC0415 - papermill and openpyxl: a second that `check` does not pay

        for day in days:
            _print_recorded(root, recording.run_week(str(root), day, reason, warm))


def _print_recorded(root: Path, recorded: "Recorded") -> None:
    for left in recorded.swept:
        print(f"清理了上次中断留下的临时文件夹 {left}，已有存档不受影响。")
    done = "已存档" if recorded.is_new else "输入没有变化，不另存档；已有存档"
    where = recorded.revision.relative_to(root.resolve()).as_posix()
    print(
        f"{sentences.title(recorded.result.programme, recorded.result.week.week, recorded.result.is_final)}　{done}：{where}/"
    )
    said = [*of_the_programme(recorded.result), *contradictions(recorded.result)]
    print("".join(f"{line}\n" for line in said), end="")


def _broken(root: Path) -> list[str]:
    """Whether the register or a record is not as it was, in one line: `verify` says more."""
    from pipeline.record import verification  # noqa: PLC0415 - see _record

    first, *_ = (*verification.registered(root).differences, "")
    return [f"封存登记与存档对不上（{first}）。请运行 python -m pipeline verify 查看。"] if first else []


def _to_send(root: Path) -> list[str]:
    """The register's last line: sent out, it stands for all before it against whoever holds the office's folder."""
    known = archive.register.lines(root)
    return ["封存登记，请发到工作群或邮件留底（以后用 verify --against 核对）：", known[-1].text] if known else []
