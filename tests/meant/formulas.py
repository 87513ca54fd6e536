"""What a figure was calculated from, and with what it was saved."""

import re

from openpyxl.worksheet.worksheet import Worksheet

from tests.meant.cases import NEW, each, exact, safe, told, unused
from tests.meant.forms import BEGUN, OTHER_BEGUN, beside, filled
from tests.meant.layouts import DONE, OFFICIAL, PLACE, REMARK, TARGETS, facts, layout, rows_of, table, truth
from tests.meant.ordinary_tables import WIDER
from tests.messes import builders as make
from tests.messes.office import CHANG
from tests.weeks import FIRST

FORMULAS = [
    exact("cached", lambda: make.cached(make.xlsx(filled(), E4="=40+5"), E4=45), "=40+5, calculated (W11)"),
    exact(
        "total-uncached",
        filled(below=("合计 | | =SUM(C4:C5) | =SUM(D4:D5) | =SUM(E4:E5) | =SUM(F4:F5) | ",)),
        "only the total row is not calculated",
    ),
    exact("rates-uncached", beside("完成率", "=E4/C4 | =F4/D4", "=E5/C5 | =F5/D5"), "only rates are not calculated"),
    exact("rate-error", beside("完成率", "10.71% | 13.33%", "7.27% | #DIV/0!"), "a rate is an error value"),
    told(
        "sum-uncached",
        lambda: make.xlsx(beside("本周新增", "5 | 4", "2 | 0"), E4="=40+G4"),
        "a sum of visible cells, not calculated (W08)",
    ),
    unused(
        "lookup-uncached",
        lambda: make.xlsx(filled(), E4="=VLOOKUP(B4,Sheet2!A:B,2,0)"),
        "not calculated, and we cannot do it",
        NEW,
    ),
    safe(
        "stale",
        lambda: make.cached(make.xlsx(beside("本周新增", "5 | 4", "2 | 0"), E4="=40+G4"), E4=40),
        "the saved value is older than the cells",
    ),
    unused(
        "cached-0-first",
        lambda: make.cached(make.xlsx(filled(BEGUN, OTHER_BEGUN), E4="=VLOOKUP(B4,Sheet2!A:B,2,0)"), E4=0),
        "saved 0 of a look-up, by a program that does not calculate",
        NEW,
        day=FIRST,
    ),
    safe(
        "cached-0-sum-first",
        lambda: make.cached(make.xlsx(filled(BEGUN, OTHER_BEGUN), E4="=7+4"), E4=0),
        "saved 0, the sum is 11",
        day=FIRST,
    ),
    safe(
        "cached-0-all-first",
        lambda: make.cached(
            make.xlsx(filled(BEGUN, OTHER_BEGUN), E4="=7+4", F4="=1+2", E5="=SUM(2,3)", F5="=0"), E4=0, F4=0, E5=0, F5=0
        ),
        "all saved as 0",
        day=FIRST,
    ),
    exact("targets-formula", lambda: make.cached(make.xlsx(filled(), C4="=400+20"), C4=420), "a target as a formula"),
    safe("product", lambda: make.xlsx(filled(), E4="=C4*0.1"), "a rate times the target, not calculated: 42"),
    exact("round", lambda: make.cached(make.xlsx(filled(), E4="=ROUND(44.6,0)"), E4=45), "ROUND, calculated"),
    exact(
        "sum-as-number-text", filled(below=("合计 | | '585 | '180 | '57座 | 24座 | ",)), "the total as text with a unit"
    ),
    exact(
        "total-formula-cached",
        lambda: make.cached(make.xlsx(filled(below=("合计 | | 585 | 180 | =SUM(E4:E5) | 24 | ",))), E6=57),
        "the total is a calculated formula",
    ),
]


def grouped(sheet: Worksheet) -> None:
    for cell, code in (("C4", "#,##0"), ("E4", '#,##0"座"'), ("F4", "0_ ")):
        sheet[cell].number_format = code


def as_rates(sheet: Worksheet) -> None:
    """Rates as numbers with a percent format, as Excel calculates them."""
    for row in sheet.iter_rows():
        for cell in row:
            if re.fullmatch(r"[\d.]+%", str(cell.value)):
                cell.value = round(float(cell.value[:-1]) / 100, 4)
                cell.number_format = "0.00%"


RATE_BY_FORMULA = layout(PLACE, TARGETS, DONE, "完成率=x", REMARK)
ORDINARY = [
    exact(
        "grouped",
        lambda: make.xlsx(table(OFFICIAL, facts(CHANG)), grouped),
        "thousands and 座 by the format",
        name="常乐镇.xlsx",
        town=CHANG,
        truth=truth(CHANG),
    ),
    exact(
        "sum",
        lambda: make.cached(
            make.xlsx(table(OFFICIAL, facts(), total="合计"), E6="=SUM(E4:E5)", F6="=SUM(F4:F5)"), E6=57, F6=24
        ),
        "合计 by formulas, saved with its values",
    ),
    exact(
        "addition",
        lambda: make.cached(make.xlsx(table(OFFICIAL, facts()), E4="=40+5", F4="=20+4"), E4=45, F4=24),
        "=40+5 with its value",
    ),
    exact(
        "rate",
        lambda: make.cached(
            make.xlsx(table(RATE_BY_FORMULA, facts()), G4="=(E4+F4)/(C4+D4)", G5="=(E5+F5)/(C5+D5)"),
            G4=0.115,
            G5=0.0727272727272727,
        ),
        "完成率 by formula beside the figures",
    ),
    *each(
        exact,
        "rates",
        "rates are numbers shown as %",
        lambda columns: lambda: make.xlsx(table(columns, facts(), total="合计"), as_rates),
        [WIDER[at] for at in (0, 4, 5, 16, 25, 26)],
    ),
    unused(
        "persons",
        lambda: make.xlsx(
            table(OFFICIAL, rows_of(((52, 24), (12, 0)))), lambda sheet: setattr(sheet["E4"], "number_format", '0"人"')
        ),
        "shown as 52人",
        NEW,
    ),
    unused(
        "percent-first-week",
        lambda: make.xlsx(
            table(OFFICIAL, rows_of(((3, 3), (5, 0)), day=FIRST)),
            lambda sheet: setattr(sheet["E4"], "number_format", '0"%"'),
        ),
        "shown as 3%, first week",
        NEW,
        day=FIRST,
    ),
    unused(
        "never-calculated",
        table(OFFICIAL, rows_of((("=C4*0.15", 24), (12, 0)))),
        "a formula never calculated, no sum",
        NEW,
    ),
]

CASES = [*FORMULAS, *ORDINARY]
