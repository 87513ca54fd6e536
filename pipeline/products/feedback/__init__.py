"""Messages to towns: 催报 for their group, a 退回单 (待说明 where nothing is to be mended) for each town that must answer,
a 回执 for each accepted file.

Nothing is judged here: findings, figures and names of files are told as the tables have them.
"""

import datetime as dt
from collections.abc import Sequence

from pipeline.params import Programme
from pipeline.printing import file_name
from pipeline.products.feedback import items, receipts, reminders, returns, words
from pipeline.products.feedback.reminders import urged
from pipeline.products.feedback.words import Edition
from pipeline.records import Status
from pipeline.rules import Finding
from pipeline.tables import Tables

__all__ = ["lines", "messages", "reminder", "urged"]


def messages(programme: Programme, week: dt.date, tables: Tables, revision: int, check_code: str) -> dict[str, bytes]:
    """feedback/: file name -> content, from the week's four tables. The same tables give the same bytes."""
    from pipeline.products.feedback import workbook  # noqa: PLC0415 - openpyxl costs half a second that `check` need not pay

    edition = Edition(programme, week, revision, check_code)
    made = {"催报.txt": words.to_bytes(reminder(programme, week, tables, revision))}
    to_answer = _asked(tables)
    for town, parts in to_answer.items():
        name = f"{returns.title(parts)} {file_name(returns.sender(town, programme.words))}"
        made[f"{name}.txt"] = words.to_bytes(returns.lines(edition, town, parts))
        made[f"{name}.xlsx"] = workbook.to_bytes(edition, town, parts)
    for sent in filter(lambda row: row.is_usable, tables.submissions.towns):
        slip = returns.title(to_answer[sent.town]) if sent.town in to_answer else ""
        receipt = receipts.lines(edition, sent, tables, slip)
        made[f"回执 {file_name(sent.town)}.txt"] = words.to_bytes(receipt)
    return made


def reminder(programme: Programme, week: dt.date, tables: Tables, revision: int) -> list[str]:
    """催报, line by line, as it is pasted into the towns' group."""
    return reminders.text(Edition(programme, week, revision), tables.submissions, tables.findings, _asked(tables))


def _asked(tables: Tables) -> dict[str, items.Parts]:
    """What each town is asked. Of a figure that a person has decided, nothing is left to ask."""
    decided = {row.key for row in tables.progress if row.status is Status.CORRECTED}
    return items.of_towns(row for row in tables.findings if row.key not in decided)


def lines(programme: Programme, week: dt.date, findings: Sequence[Finding]) -> list[str]:
    """Every finding as the analyst passes it on before the closing time: 【退回】包场镇《…》…。请于5月5日 17:00 前改好重报。"""
    ask = f"请于{words.until(programme, week)} 前改好重报。"
    return [words.line(row, ask if row.is_to_mend else "") for row in items.one_a_cell(findings)]
