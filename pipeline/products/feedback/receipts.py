"""回执: what was received from a town, and the figures that count, as text to paste."""

from collections.abc import Iterator

from pipeline.printing import number
from pipeline.products.feedback.words import Edition
from pipeline.records import Completion, Kind, Progress, Scope, Submission
from pipeline.rules import Finding, Level
from pipeline.tables import Tables


def lines(edition: Edition, sent: Submission, tables: Tables, has_return: bool) -> Iterator[str]:
    """The text for a town whose file counts, line by line; every figure as it stands in the tables."""
    town = sent.town
    yield f"回执　{town}"
    yield f"{edition.label}每周进展情况汇总表　{edition.stamp}"
    yield f"收到文件：{sent.file}（{sent.status.label}）"
    yield f"文件指纹（SHA-256）：{sent.sha256}"
    yield ""
    yield f"采用的数（单位：{edition.programme.unit}）"
    yield from (_figure(row) for row in tables.progress if row.town == town)
    totals = (row for row in tables.completion if row.scope is Scope.TOWN and row.town == town)
    yield from (_total(row) for row in totals)
    notes = [row for row in tables.findings if _is_noted(row, town)]
    if notes:
        yield ""
        yield "提示（我们是这样理解的，有不对的请回复）"
        yield from (f"{place}. {_note(row)}" for place, row in enumerate(notes, 1))
    if has_return:
        yield ""
        yield f"另有《退回单 {town}》：沿用、缺的数和要说明的事项见退回单。"


def _figure(row: Progress) -> str:
    """盐灶村 新建：目标120，累计完成50，本周新增5，本周报送"""
    return f"{row.village} {row.kind}：{_measures(row)}，{row.status.label}"


def _total(row: Completion) -> str:
    of_kind = "" if row.kind == Kind.TOTAL else f" {row.kind}"
    return f"{Kind.TOTAL}{of_kind}：{_measures(row)}，{row.state}"


def _measures(row: Progress | Completion) -> str:
    return f"目标{row.target}，累计完成{number(row.done)}，本周新增{number(row.added)}"


def _is_noted(row: Finding, town: str) -> bool:
    """Notes on this town, and those on the whole week: growth of two weeks is everybody's."""
    is_of_town = row.town == town or (row.town, row.file) == ("", "")
    return is_of_town and row.level is Level.NOTE and row.is_for_town


def _note(row: Finding) -> str:
    """What was understood, with its cell; the town stands above, and the file too unless it is another one."""
    return row.message.removeprefix(row.town)
