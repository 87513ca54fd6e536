"""The official form written: 汇总表.xlsx, and the pre-filled forms that go to the towns.

The first sheet is the form of the notice, cell for cell, and nothing is added to its cells: date, office and check
code stand in the print footer. Values, not formulas: previews show a formula without its cached value as blank.
"""

from collections.abc import Sequence

from pipeline.intake.upward import Below, Slip
from pipeline.params import Programme, Week
from pipeline.products import layout, sheets
from pipeline.products.sheets import Workbook
from pipeline.products.workbook import form, lists, upward
from pipeline.products.workbook.blank import blank_form
from pipeline.records import Origin, Reporting
from pipeline.tables import Tables

__all__ = ["FILE_NAME", "blank_form", "summary"]

FILE_NAME = "汇总表.xlsx"


def summary(
    programme: Programme,
    week: Week,
    tables: Tables,
    origins: Sequence[Origin],
    reporting: Sequence[Reporting],
    slip: Slip,
    below: Below,
) -> bytes:
    """汇总表.xlsx as bytes.

    tables: of the week. origins: where each figure comes from. reporting: every recorded week and this one.
    slip, below: see `upward`.
    """
    check_code, is_final = slip.check_code, slip.is_final
    book = Workbook()
    sources = {row.key: row for row in origins}
    about = f"{layout.date_label(week.week)}（第{programme.schedule.week_number(week.week)}周）{'' if is_final else '　初稿'}"
    footer = layout.footer(programme, about, check_code)
    form.write(book.active, programme, tables.progress, sources, footer)
    for each in lists.contents(programme, week, tables, reporting, sources, check_code, is_final):
        heading = f"{each.name}（{layout.week_label(programme, week.week)}）"
        sheet = book.create_sheet(each.name)
        layout.write_list(sheet, heading, each.note, each.head, each.lines, footer, each.widest, each.printed)
    sent_up = upward.sent(slip, tables.progress, sources, below)
    upward.write(
        book, programme, sent_up, f"{programme.title}每周进展情况上报表（{layout.date_label(week.week)}）", footer
    )
    title = f"{programme.title}每周进展情况汇总表（{layout.date_label(week.week)}）"
    return sheets.to_bytes(book, title, programme.office)
