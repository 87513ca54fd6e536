"""回执: what was received from a town, and the figures that count, as text to paste."""

from collections.abc import Iterator

from pipeline.printing import number
from pipeline.products.feedback.words import Edition, subject
from pipeline.records import Completion, Kind, Progress, Scope, Submission
from pipeline.rules import Finding, Level
from pipeline.tables import Tables


def lines(edition: Edition, sent: Submission, tables: Tables, slip: str) -> Iterator[str]:
    """The text for a town whose file counts, line by line; every figure as it stands in the tables.

    slip: 退回单 or 待说明, if the town gets one beside it.
    """
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
    understood = [_note(row, sent.file) for row in notes if not row.answer]
    yield from _listed("提示（我们是这样理解的，有不对的请回复）", understood)
    yield from _listed("已处理，不需再报", [_note(row, sent.file) for row in notes if row.answer])
    if slip:
        yield ""
        yield f"要改正、说明的另见《{slip} {town}》。"


def _figure(row: Progress) -> str:
    """盐灶村新建：目标120，累计完成50，本周新增5，本周报送"""
    return f"{subject(row)}：{_measures(row)}，{row.status.label}"


def _total(row: Completion) -> str:
    of_kind = "" if row.kind == Kind.TOTAL else row.kind
    return f"{Kind.TOTAL}{of_kind}：{_measures(row)}，{row.state}"


def _measures(row: Progress | Completion) -> str:
    return f"目标{row.target}，累计完成{number(row.done)}，本周新增{number(row.added)}"


def _is_noted(row: Finding, town: str) -> bool:
    """Notes on this town, and those on the whole week: growth of two weeks is everybody's."""
    is_of_town = row.town == town or (row.town, row.file) == ("", "")
    return is_of_town and row.level is Level.NOTE and row.is_for_town


def _listed(title: str, notes: list[str]) -> Iterator[str]:
    """A heading and its lines, each once; nothing without any."""
    if notes:
        yield ""
        yield title
        yield from (f"{place}. {note}" for place, note in enumerate(dict.fromkeys(notes), 1))


def _note(row: Finding, file: str) -> str:
    """F4 东河村整改“无变化”：按上次累计10采用; of another file than the one above with its name."""
    named = f"《{row.file}》" if row.file not in ("", file) else ""
    where = " ".join(filter(None, (f"{named}{row.cell}", subject(row))))
    raw = f"“{row.raw}”" if row.raw and row.cell else ""
    return f"{where}{raw}：{row.answer or row.words}" if where else row.answer or row.words
