"""What a cell shows: number formats, hidden figures."""

import io
from functools import partial

import xlwt
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from tests.meant.cases import NEW, each, exact, told, unused
from tests.meant.forms import ONE_LINE, OTHER, OTHER_ROW, ROW, VILLAGE, filled, form, open_documents
from tests.messes import builders as make
from tests.programs import LIBREOFFICE


def formatted(code: str) -> bytes:
    """The form with this format in E4."""

    def edit(sheet: Worksheet) -> None:
        sheet["E4"].number_format = code

    return make.xlsx(filled(), edit)


def hide_zeros(sheet: Worksheet) -> None:
    sheet["F5"].number_format = "0;-0;;@"


def whiten(sheet: Worksheet) -> None:
    sheet["E4"].font = Font(color="FFFFFFFF")


def old_workbook(code: str) -> bytes:
    """The form as .xls, with this format in E3."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    style = xlwt.XFStyle()
    style.num_format_str = code
    for row, values in enumerate(make.grid(form(ONE_LINE, ROW, OTHER_ROW)).rows):
        for column, value in enumerate(values):
            if value is not None:
                sheet.write(row, column, value, *((style,) if (row, column) == (2, 4) else ()))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


OPEN_CODES = ['0"万"', "0,", '"约"0', '"1"0']
*OPEN_OTHERS, OPEN_SEATS = open_documents([partial(formatted, code) for code in (*OPEN_CODES, '0"座"')])

CASES = [
    *each(
        exact,
        "unit-only",
        "a format that adds nothing but a unit",
        lambda code: partial(formatted, code),
        [
            '0"座"',
            "#,##0",
            '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
            "[DBNum1]",
            "0_ ",
            '#,##0"户"',
            "[Red]0",
            'General"座"',
            "0.00",
            '0" 座"',
            "0;[Red]-0;;@",
        ],
    ),
    exact("zero-hidden", lambda: make.xlsx(filled(), hide_zeros), "zeros are not shown"),
    exact("text-numbers", filled(f"{VILLAGE} | '45 | '24 | ", f"{OTHER} | '12 | '0 | "), "numbers as text"),
    *each(
        unused,
        "says-more",
        "the format says something else than 45",
        lambda code: partial(formatted, code),
        [
            '0"万"',
            '0"%"',
            "0%",
            '"约"0',
            '0"+"',
            '"本周新增"0',
            '0"万元"',
            "0,",
            "yyyy-m-d",
            '0"座以上"',
            '0"座（预计）"',
            r"0\0",
            '"1"0',
            '0"人"',
            '0"组"',
            '"目标"0',
            '0"/"0',
            '0"k"',
            '"-"0',
            '"≥"0',
        ],
        NEW,
    ),
    told("hidden", partial(formatted, ";;;"), ";;; hides the figure"),
    told("white", lambda: make.xlsx(filled(), whiten), "white on white"),
    unused("xls-ten-thousands", partial(old_workbook, '0"万户"'), "the same in .xls", NEW, name="包场镇.xls"),
    exact("xls-seats", partial(old_workbook, '0"座"'), "座 in .xls", name="包场镇.xls"),
    *(
        unused(f"ods-{number}", content, f"the format in .ods: {code}", NEW, name="包场镇.ods", needs=LIBREOFFICE)
        for number, (code, content) in enumerate(zip(OPEN_CODES, OPEN_OTHERS, strict=True), 1)
    ),
    exact("ods-seats", OPEN_SEATS, "座 in .ods", name="包场镇.ods", needs=LIBREOFFICE),
]
