"""verify, trace: records looked at again."""

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import archive, since
from pipeline.commands.shared import DRAFT, FINAL, changed_since
from pipeline.errors import NoSuchWeek, PipelineError

if TYPE_CHECKING:
    from pipeline.record.verification import Verdict


def verify(root: Path, day: str, sent: str | None) -> int:
    """Replay every revision of a week (of all without a date) and compare; the register of all records too.

    sent: a line or a copy of the register that left the office earlier.
    """
    outside = "" if sent is None else _sent(sent)
    days = [day] if day else archive.recorded_weeks(root)
    revisions = sum(len(archive.revisions(root, name)) for name in days)
    if not revisions and not outside and not any(day in ("", line.week) for line in archive.register.lines(root)):
        raise NoSuchWeek(f"{day or 'data/output/'} 还没有存档。请先运行 python -m pipeline report。")
    from pipeline.record import kernels  # noqa: PLC0415 - papermill and openpyxl: a second that not every command pays

    with kernels.warm(revisions) as warm:
        from pipeline.record import verification  # noqa: PLC0415 - papermill and openpyxl: a second that not every command pays

        def verdicts() -> Iterator["Verdict"]:
            yield from (verdict for name in days for verdict in verification.verify(root, name, warm))
            yield from verification.strangers(root)
            yield verification.registered(root)
            if outside:
                yield verification.against(root, outside)

        differing = [verdict.revision for verdict in verdicts() if _print_verdict(root, verdict)]
    print(_summary(root, days, revisions, differing))
    changed = {} if day else since.changed(root, days)
    print("".join(f"{line}\n" for line in changed_since(changed)), end="")
    return DRAFT if differing or changed else FINAL


def _summary(root: Path, days: list[str], revisions: int, differing: list[Path]) -> str:
    """核对8周10版：全部一致。 differing: revisions, and what else lies in data/output, that is not as it was sealed."""
    sealed = [path for day in days for path in archive.revisions(root, day) if path in differing]
    others = dict.fromkeys(path for path in differing if path not in sealed)
    told = [
        *([f"其中{len(sealed)}版不一致：{_listed(root, sealed)}"] if sealed else []),
        *([f"不一致的还有：{_listed(root, others)}"] if others else []),
    ]
    recorded = [day for day in days if archive.revisions(root, day)]
    return f"核对{len(recorded)}周{revisions}版：{'；'.join(told) or '全部一致'}。"


def _listed(root: Path, paths: Iterable[Path]) -> str:
    return "、".join(path.relative_to(root).as_posix().removeprefix(f"{archive.OUTPUT.as_posix()}/") for path in paths)


def _sent(given: str) -> str:
    """What was sent out: a line as it was pasted, or the content of a copy of the file. PipelineError if it is neither."""
    text = given
    with contextlib.suppress(OSError, ValueError):  # a line is too long for a name
        if Path(given).is_file():
            text = Path(given).read_text(encoding="utf-8-sig", errors="replace")
    if not archive.register.found_in(text):
        raise PipelineError(
            f"--against 给的内容里没有封存登记，也没有这个文件（{given[:60]}）。请给发出去的那一行（整行粘贴，加引号），或 seals.csv 副本的文件名。"
        )
    return text


def verify_alone(path: Path) -> int:
    """One record without its office, as a folder or a zip of it."""
    from pipeline.record import kernels  # noqa: PLC0415 - papermill and openpyxl: a second that not every command pays

    with kernels.warm(1) as warm:
        from pipeline.record import verification  # noqa: PLC0415 - papermill and openpyxl: a second that not every command pays

        return DRAFT if _print_verdict(path.parent, verification.verify_alone(path, warm)) else FINAL


def verify_code(root: Path, day: str, code: str) -> int:
    """Whether a sheet of paper belongs to a record of a week (of any without a date)."""
    if not archive.check_codes.is_whole(code):
        raise PipelineError("校验码不完整：应为六组、每组四位的字母和数字（如 ABCD-…），或二维码里的全文。")
    from pipeline.record import verification  # noqa: PLC0415 - papermill and openpyxl: a second that not every command pays

    found = verification.belonging(root, [day] if day else archive.recorded_weeks(root), code)
    told = [_print_belonging(root, record) for record in found]
    if not found:
        print(
            f"不属于{f' {day} ' if day else '任何一周'}的任何一版存档：码可能抄错；或纸面不是由这些存档打印的，或存档被改动过。"
        )
    return FINAL if found and not any(told) else DRAFT


def _print_belonging(root: Path, record: Path) -> bool:
    """The record that a sheet belongs to; whether it has been altered since."""
    from pipeline.record import verification  # noqa: PLC0415 - see verify

    facts = archive.manifest(record)
    place = f"{facts.week}/{record.name}"
    of_the_register = (line for line in verification.registered(root).differences if place in line)
    differences = [*verification.altered(record, facts), *of_the_register]
    state = "定稿" if facts.status == "final" else "初稿"
    print(f"属于 {record.relative_to(root).as_posix()}（{state}，{facts.run.finished} 封存）")
    print("".join(f"  但是：{line}\n" for line in differences), end="")
    return bool(differences)


def _print_verdict(root: Path, verdict: "Verdict") -> bool:
    """What was found in one revision; whether anything differs."""
    where = verdict.revision.relative_to(root).as_posix()
    print(f"{where}　{'不一致' if verdict.differences else '一致'}", flush=True)
    for line in (*verdict.remarks, *verdict.differences):
        print(f"  {line}")
    return bool(verdict.differences)


def trace(root: Path, day: str, town: str, village: str, kind: str) -> int:
    """From a published figure of the newest revision down to file, sheet, cell and text as typed."""
    from pipeline.record import tracing  # noqa: PLC0415 - papermill and openpyxl: a second that not every command pays

    known = archive.revisions(root, day)
    if not known:
        raise NoSuchWeek(f"{day} 还没有存档。请先运行 python -m pipeline report {day}。")
    print("\n".join(tracing.lines(root, known[-1], day, town, village, kind)))
    return FINAL
