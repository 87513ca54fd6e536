"""The commands that an analyst types. Each returns its exit status: 0 定稿, 1 初稿; what cannot run raises PipelineError."""

import contextlib
import datetime as dt
import json
import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import archive, params, since, week
from pipeline.archive import RAW
from pipeline.errors import NoSuchWeek, PipelineError
from pipeline.judging import settling
from pipeline.printing import file_name, month_day
from pipeline.products import feedback, sentences, suggestions
from pipeline.records import Table
from pipeline.week import Result

if TYPE_CHECKING:
    from pipeline.record.recording import Recorded
    from pipeline.record.verification import Verdict

FINAL, DRAFT = 0, 1
_LONGEST_PATH = 240


def check(root: Path, day: str, as_json: bool) -> int:
    """Read and check one week (the newest without a date); nothing is written."""
    result = _compute(root, day or _newest(root))
    others = [] if day else [name for name in archive.recorded_weeks(root) if name != result.day]
    changed = since.changed(root, others)
    if as_json:
        json.dump(_plain(result), sys.stdout, ensure_ascii=False, default=_as_json)
        print()
    else:
        print("\n".join([*_report(result), *_changed(changed), *_of_the_program(), *_long_paths(result)]))
    return FINAL if result.is_final and not changed and not _since_sealed(result) else DRAFT


def report(root: Path, day: str, reason: str) -> int:
    """Record one week, or, oldest first, every week that has no record yet; what has changed since is only named."""
    recorded = archive.recorded_weeks(root)
    changed = {} if day else since.changed(root, recorded)
    pending = [day] if day else [name for name in archive.weeks(root) if not archive.revisions(root, name)]
    print("".join(f"{line}\n" for line in _of_the_program()), end="")
    if pending:
        _record(root, pending, reason)
    else:
        print("各周都已有存档，没有新的周次。")
    last = archive.revisions(root, day or _newest(root))[-1]
    print(
        f"{'本周' if day else '最新一周'}的存档：{last.relative_to(root).as_posix()}/（图表在 charts/，汇总表是 汇总表.xlsx）"
    )
    print("".join(f"{line}\n" for line in (*_changed(changed), *_to_send(root))), end="")
    return FINAL if archive.manifest(last).status == "final" and not changed else DRAFT


def _to_send(root: Path) -> list[str]:
    """The register's last line: sent out, it stands for all before it against whoever holds the office's folder."""
    known = archive.register.lines(root)
    return ["封存登记，请发到工作群或邮件留底（以后用 verify --against 核对）：", known[-1].text] if known else []


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
    print("".join(f"{line}\n" for line in _contradictions(recorded.result)), end="")


def verify(root: Path, day: str, sent: str) -> int:
    """Replay every revision of a week (of all without a date) and compare; the register of all records too.

    sent: a line or a copy of the register that left the office earlier.
    """
    days = [day] if day else archive.recorded_weeks(root)
    revisions = sum(len(archive.revisions(root, name)) for name in days)
    if not revisions and not any(day in ("", line.week) for line in archive.register.lines(root)):
        raise NoSuchWeek(f"{day or 'data/output/'} 还没有存档。请先运行 python -m pipeline report。")
    from pipeline.record import kernels  # noqa: PLC0415 - see _record

    with kernels.warm(revisions) as warm:
        from pipeline.record import verification  # noqa: PLC0415 - see _record

        def verdicts() -> Iterator["Verdict"]:
            yield from (verdict for name in days for verdict in verification.verify(root, name, warm))
            yield from verification.strangers(root)
            yield verification.registered(root)
            if sent:
                yield verification.against(root, _sent(sent))

        found = [_print_verdict(root, verdict) for verdict in verdicts()]
    changed = {} if day else since.changed(root, days)
    print("".join(f"{line}\n" for line in _changed(changed)), end="")
    return DRAFT if any(found) or changed else FINAL


def _sent(text: str) -> str:
    """What was sent out: a line as it was pasted, or the content of a copy of the file."""
    path = Path(text)
    with contextlib.suppress(OSError, ValueError):  # a line is too long for a name
        if path.is_file():
            return path.read_text(encoding="utf-8-sig", errors="replace")
    return text


def verify_alone(path: Path) -> int:
    """One record without its office, as a folder or a zip of it."""
    from pipeline.record import kernels  # noqa: PLC0415 - see _record

    with kernels.warm(1) as warm:
        from pipeline.record import verification  # noqa: PLC0415 - see _record

        return DRAFT if _print_verdict(path.parent, verification.verify_alone(path, warm)) else FINAL


def verify_code(root: Path, day: str, code: str) -> int:
    """Whether a sheet of paper belongs to a record of a week (of any without a date)."""
    if not archive.check_codes.is_whole(code):
        raise PipelineError("校验码不完整：应为六组、每组四位的字母和数字（如 ABCD-…），或二维码里的全文。")
    from pipeline.record import verification  # noqa: PLC0415 - see _record

    found = verification.belonging(root, [day] if day else archive.recorded_weeks(root), code)
    for record in found:
        facts = archive.manifest(record)
        state = "定稿" if facts.status == "final" else "初稿"
        print(f"属于 {record.relative_to(root).as_posix()}（{state}，{facts.run.finished} 封存）")
        print("".join(f"  但是：{line}\n" for line in verification.altered(record, facts)), end="")
    if not found:
        print(f"不属于{day}的任何一版存档：纸面不是由这些存档打印的，或数字、存档被改动过。")
    return (
        FINAL if found and not any(list(verification.altered(row, archive.manifest(row))) for row in found) else DRAFT
    )


def _print_verdict(root: Path, verdict: "Verdict") -> bool:
    """What was found in one revision; whether anything differs."""
    where = verdict.revision.relative_to(root).as_posix()
    print(f"{where}　{'不一致' if verdict.differences else '一致'}", flush=True)
    for line in (*verdict.remarks, *verdict.differences):
        print(f"  {line}")
    return bool(verdict.differences)


def trace(root: Path, day: str, town: str, village: str, kind: str) -> int:
    """From a published figure of the newest revision down to file, sheet, cell and text as typed."""
    from pipeline.record import tracing  # noqa: PLC0415 - see _record

    known = archive.revisions(root, day)
    if not known:
        raise NoSuchWeek(f"{day} 还没有存档。请先运行 python -m pipeline report {day}。")
    print("\n".join(tracing.lines(root, known[-1], day, town, village, kind)))
    return FINAL


def new(root: Path, day: str) -> int:
    """Prepare a week: its params file, its raw folder, a pre-filled form for each town. Nothing is overwritten."""
    from pipeline.products import workbook  # noqa: PLC0415 - see _record

    name = _programme_name(root, day)
    programme = params.programme(root, name)
    closing = dt.date.fromisoformat(day)
    history = archive.history(root, day, name, programme)
    previous = settling.last_accepted(history.progress, programme, closing)
    (root / RAW / day).mkdir(parents=True, exist_ok=True)
    written = _write_new(root / "params" / f"{day}.yaml", _week_yaml(day, name).encode())
    forms = root / archive.OUTPUT / day / "forms"
    forms.mkdir(parents=True, exist_ok=True)
    for town in programme.expected_towns:
        words = f"{town} {programme.title}每周进展情况汇总表（截至{month_day(closing)}）"
        form = forms / f"{file_name(words)[:60]}.xlsx"
        written |= _write_new(form, workbook.blank_form(programme, town, closing, previous))
    print(
        f"{'已准备' if written else '早已准备好，没有改动'}：params/{day}.yaml、data/raw/{day}/、空白表 {forms.relative_to(root).as_posix()}/"
    )
    print(f"把各区镇发来的文件放入 data/raw/{day}/，然后运行 python -m pipeline check {day}")
    return FINAL


# ---- which week ------------------------------------------------------------------------------------------------


def _newest(root: Path) -> str:
    known = archive.weeks(root)
    if not known:
        raise NoSuchWeek("data/raw/ 下还没有任何一周的文件夹。请先运行 python -m pipeline new 日期（如 2023-04-07）。")
    return known[-1]


def _compute(root: Path, day: str) -> Result:
    return week.compute(root, *week.load(root, day))


def _programme_name(root: Path, day: str) -> str:
    """The programme of the year of the closing date."""
    name = f"params/{day[:4]}.yaml"
    if not (root / name).is_file():
        raise PipelineError(f"没有 {name}。请先写好当年的方案（可照 params/2023.yaml）。")
    return name


def _write_new(path: Path, content: bytes) -> bool:
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        return False
    return True


def _week_yaml(day: str, programme: str) -> str:
    return (
        f"# 截至 {day} 的一周。书面决定写在 decisions 下，每条写明 reason、by、date（写法见 README.zh-CN.md）。\n"
        + (f"week: {day}\nprogramme: {programme}\ndecisions: []\n")
    )


# ---- what is printed -------------------------------------------------------------------------------------------


def _plain(result: Result) -> dict[str, Any]:
    """The object that `check --json` promises."""
    status = "final" if result.is_final else "draft"
    rows = {table.name: [_values(table, row) for row in of_table] for table, of_table in result.written}
    return {"week": result.day, "status": status, **rows}


def _values(table: Table[Any], row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in table.columns}


def _as_json(value: object) -> float | str:
    """Shares as numbers, a rule by its name."""
    return float(value) if isinstance(value, Decimal) else str(value)


def _report(result: Result) -> list[str]:
    day, findings = result.week.week, result.findings
    suggested = suggestions.lines(findings, result.submissions, result.week)
    return [
        *sentences.lines(result.story, findings, result.is_final),
        *_since_sealed(result),
        *_contradictions(result),
        "",
        *feedback.lines(result.programme, day, findings),
        *(
            ["", f"核实后可把下面需要的行写入 params/{result.day}.yaml 的 decisions（填好 reason、by）："]
            if suggested
            else []
        ),
        *suggested,
        *_reminder(result),
    ]


def _since_sealed(result: Result) -> list[str]:
    """Whether a sealed week has changed since its record."""
    record = result.newest_record
    if record is None or archive.manifest(record).fingerprint == result.fingerprint:
        return []
    return [
        f"自第{record.name[1:]}版存档以来有变化：{result.grounds}。运行 python -m pipeline report {result.day} 另存一版。"
    ]


def _changed(changed: Mapping[str, str]) -> list[str]:
    """Sealed weeks that are not any more what their record stands on. changed: day -> what, in words."""
    return [
        f"截至 {day} 的存档以后有变化：{what}。要另存一版，运行 python -m pipeline report {day}。"
        for day, what in changed.items()
    ]


def _of_the_program() -> list[str]:
    """Whether the notebook is another program than the one that was delivered."""
    from pipeline.record import source  # noqa: PLC0415 - see _record

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


def _long_paths(result: Result) -> list[str]:
    """Files whose copy in the record Windows could not store: its paths end at 260 signs."""
    inputs = result.root / archive.OUTPUT / result.day / f"r{result.revision}" / "inputs" / RAW / result.day
    names = dict.fromkeys(file.container for file in result.files if not file.is_litter and not file.withheld)
    lengths = {name: len(f"{inputs / name}".encode("utf-16-le")) // 2 for name in names}
    return [
        f"《{name}》存档后的路径有 {length} 个字，超过 {_LONGEST_PATH} 个，Windows 可能存不下："
        f"请把文件名改短，或把单位文件夹移到短一些的路径（如 D:\\户厕）。"
        for name, length in lengths.items()
        if length > _LONGEST_PATH
    ]


def _contradictions(result: Result) -> list[str]:
    """Later records that stand on figures which this week has corrected since; they stay as they are."""
    number = result.programme.schedule.week_number
    later = archive.changes.contradicted(result.root, result.day, result.progress)
    return [
        f"第{number(dt.date.fromisoformat(day))}周（截至{day}）存档的数与更正后的数不再衔接："
        f"{'；'.join(contradictions)}。该周存档不改；需要时运行 python -m pipeline report {day} --revise “前期数更正”。"
        for day, contradictions in later.items()
    ]


def _reminder(result: Result) -> list[str]:
    """催报, if a town has not sent or must send again."""
    if not feedback.urged(result.submissions, result.findings):
        return []
    reminder = feedback.reminder(result.programme, result.week.week, result.written, result.revision)
    return ["", "可发到各区镇工作群：", reminder]
