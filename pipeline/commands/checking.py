"""check: one week read and judged; nothing is written."""

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline import archive, since, week
from pipeline.archive import RAW
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
from pipeline.products import feedback, sentences, suggestions
from pipeline.records import Sent, Table
from pipeline.rules.judgements import STALE_DECISION
from pipeline.week import Result

_LONGEST_PATH = 240


def check(root: Path, day: str, as_json: bool) -> int:
    """Read and check one week (the newest without a date); nothing is written."""
    result = week.compute(root, *week.load(root, day or newest(root)))
    others = [] if day else [name for name in archive.recorded_weeks(root) if name != result.day]
    changed = since.changed(root, others)
    since_sealed = _since_sealed(result)
    if as_json:
        json.dump(_plain(result), sys.stdout, ensure_ascii=False, default=_as_json)
        print()
    else:
        print(
            "\n".join(
                [
                    *_report(result, since_sealed),
                    *changed_since(changed),
                    *of_the_sheet(root, result.day),
                    *of_the_programme(result),
                    *of_the_program(),
                    *_long_paths(result),
                ]
            )
        )
    return FINAL if result.is_final and not changed and not since_sealed else DRAFT


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


def _report(result: Result, since_sealed: list[str]) -> list[str]:
    findings = result.findings
    return [
        *sentences.lines(result.story, findings, result.is_final),
        *since_sealed,
        *contradictions(result),
        "",
        *feedback.lines(result.programme, result.week.week, findings),
        *_to_decide(result),
        *_reminder(result),
    ]


def _to_decide(result: Result) -> list[str]:
    """That there is something to decide, in 处理单 or by the lines of YAML below: these without the figures of towns that
    have sent nothing, which would be told by telephone."""
    missing = _missing(result)
    asked = [question for question in result.questions if not (question.kind and question.town in missing)]
    to_answer, suggested = _to_answer(result), suggestions.lines(asked, result.day)
    how = f"{to_answer}：运行 {command(result.root, f'decide {result.day}')}，在 Excel 或 WPS 里填处理单。"
    also = (
        f"也可以核实后把下面需要的行写入 params/{result.day}.yaml 的 decisions（一个问题只用一种，填好 reason、by）："
    )
    return [*(["", how] if to_answer else []), *([also] if suggested else []), *suggested]


def _to_answer(result: Result) -> str:
    """How much there is to answer; of towns that have sent nothing yet, the report may as well be waited for."""
    missing = _missing(result)
    waiting = sum(question.town in missing for question in result.questions)
    others = len(result.questions) - waiting
    stale = sum(row.rule is STALE_DECISION for row in result.findings if row.is_open)
    parts = [f"有{others}个问题要处理"] if others else []
    parts += [f"原来的决定有{stale}条不再适用（见上）"] if stale else []
    parts += [f"未报的{result.programme.words.many(len(missing))}，可以等报送，也可以填电话报来的数"] if waiting else []
    return "；".join(parts)


def _missing(result: Result) -> set[str]:
    return {row.town for row in result.submissions.towns if row.status is Sent.MISSING}


def _since_sealed(result: Result) -> list[str]:
    """Whether a sealed week has changed since its record."""
    record = result.newest_record
    if record is None or archive.manifest(record).fingerprint == result.fingerprint:
        return []
    return [
        f"自第{record.name[1:]}版存档以来有变化：{result.grounds}。运行 python -m pipeline report {result.day} 另存一版。"
    ]


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


def _reminder(result: Result) -> list[str]:
    """催报, if a town has not sent or must send again."""
    if not feedback.urged(result.submissions, result.findings):
        return []
    reminder = feedback.reminder(result.programme, result.week.week, result.written, result.revision)
    return ["", f"可发到{result.programme.words.each}工作群：", *reminder]
