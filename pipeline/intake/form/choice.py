"""Which of a file's tables counts: this week's, where a tab or a title says so; else none is chosen silently."""

import re
from collections.abc import Sequence

from pipeline.intake.form import given_names, rows
from pipeline.intake.form.dates import Period, dates_in, weeks_in
from pipeline.intake.form.grid import squeezed
from pipeline.intake.form.rows import Table
from pipeline.intake.reading.book import Sheet
from pipeline.records import Place
from pipeline.rules import Finding, finding
from pipeline.rules.files import (
    DISOWNED_FORM,
    FILE_DATE_DIFFERS,
    OTHER_WEEK,
    PROVISIONAL_FORM,
    SEVERAL_TABLES,
    SHEET_CHOSEN,
)

_DEFAULT_TAB = re.compile(r"(?:Sheet|工作表|表)\s*\d*", re.IGNORECASE)
_MORE_THAN_A_DATE = re.compile(r"[^\s\d._/（）()\-—年月日号第周期截至止表本周本期进展情况汇总统计报填村镇街道户厕]")


def chosen(tables: Sequence[Table], hidden: Sequence[Table], period: Period) -> tuple[Table, list[Finding]]:
    """The table that counts, and what is to be told of the choice.

    This week's tab counts, filled in or blank, before any other that is filled in. tables: on the sheets that are seen;
    hidden: on those that are not.
    """
    forms = [table for table in tables if not given_names.is_no_report(table.sheet)]
    if not forms:
        words = {"words": tables[0].sheet, "closing": period.label}
        return tables[0], [finding(DISOWNED_FORM, _on_sheet(tables[0]), "tab", **words)]
    possible = [table for table in forms if not given_names.is_old(table.sheet, period)] or forms
    of_week = _of_week(possible, period)
    if len({table.sheet for table in of_week}) == 1 and not _rivals(of_week[0], possible, period):
        return _on_one_sheet(of_week, forms, period)
    filled = [table for table in possible if _content(table)] or possible[:1]
    kept = next((table for table in of_week if _content(table)), filled[0])
    if len({_content(table) for table in filled}) > 1:
        return kept, [_several(filled, period)]
    return kept, _of_another_week(kept, hidden, period)


def _of_week(tables: Sequence[Table], period: Period) -> list[Table]:
    """The tables that are named for this very week; if none is, those for a day near it."""
    exact = [table for table in tables if period.is_named_in(table.sheet) or period.is_named_in(_title(table))]
    return exact or [table for table in tables if period.is_near(table.sheet) or period.is_near(_title(table))]


def _rivals(named: Table, possible: Sequence[Table], period: Period) -> bool:
    """Whether another tab might be meant as well: 5.12更正 beside 5.12, 最终 beside 5.12草稿. Sheet1 is no name."""
    others = [table for table in possible if table.sheet != named.sheet and _content(table) != _content(named)]
    has_more = bool(_MORE_THAN_A_DATE.search(period.without_dates(named.sheet)))
    return any(has_more or not _DEFAULT_TAB.fullmatch(table.sheet) for table in others if _content(table))


def _title(table: Table) -> str:
    return table.form.headline.raw if table.form.headline else ""


def _on_one_sheet(of_week: Sequence[Table], possible: Sequence[Table], period: Period) -> tuple[Table, list[Finding]]:
    filled = [table for table in of_week if _content(table)] or of_week[:1]
    if len({_content(table) for table in filled}) > 1:
        return filled[0], [_several(filled, period)]
    others = {_content(table) for table in possible if _content(table)} - {_content(filled[0])}
    chosen_by_name = [finding(SHEET_CHOSEN, _on_sheet(filled[0]), sheet=filled[0].sheet)] if others else []
    return filled[0], [*chosen_by_name, *_named_otherwise(filled[0], period)]


def _of_another_week(kept: Table, hidden: Sequence[Table], period: Period) -> list[Finding]:
    """A hidden tab of this week beside it holds it; a tab that bears another date of the season is told."""
    for table in _of_week(hidden, period):
        if _content(table) != _content(kept):
            return [finding(SEVERAL_TABLES, _on_sheet(kept), "hidden", shown=kept.sheet, hidden=table.sheet)]
    return _named_otherwise(kept, period)


def _named_otherwise(kept: Table, period: Period) -> list[Finding]:
    """The name of the tab that counts says another time, or that it is a draft."""
    years = period.other_years(kept.sheet)
    if years:
        return [finding(OTHER_WEEK, _on_sheet(kept), written=years[0], closing=period.label)]
    other, draft = given_names.other_time(kept.sheet, period), given_names.draft_tab(kept.sheet)
    if not other and given_names.is_old(kept.sheet, period):  # 上周, 备份
        other = kept.sheet
    if other:
        return [finding(FILE_DATE_DIFFERS, _on_sheet(kept), "tab", written=other, closing=period.label)]
    return [finding(PROVISIONAL_FORM, _on_sheet(kept), "tab", words=draft)] if draft else []


def _several(filled: Sequence[Table], period: Period) -> Finding:
    """Which tables might be meant."""
    first = filled[0]
    places = "、".join(f"{table.sheet}!{table.at.cell}" for table in filled)
    if len({table.sheet for table in filled}) < len(filled):
        return finding(SEVERAL_TABLES, _on_sheet(first), "blocks", places=places, closing=period.label)
    in_file = Place(file=first.at.file)
    if any(dates_in(table.sheet, period.closing.year) or weeks_in(table.sheet) for table in filled):
        return finding(SEVERAL_TABLES, in_file, "dated", places=places, count=len(filled))
    return finding(SEVERAL_TABLES, in_file, places=places)


def _on_sheet(table: Table) -> Place:
    return Place(file=table.at.file, sheet=table.sheet)


def _content(table: Table) -> frozenset[tuple[str, ...]]:
    """What a table reports, whatever it looks like: a list of the same figures beside the form is no second form."""
    return frozenset(
        (squeezed(line.town.raw), squeezed(line.village.raw), entry.kind, squeezed(entry.raw))
        for line in table.form.lines
        for entry in line.done
        if entry.raw
    )


def on(sheets: Sequence[Sheet], file: str, period: Period) -> list[Table]:
    """The tables on these sheets."""
    return [table for sheet in sheets for table in rows.tables(sheet, file, period)]
