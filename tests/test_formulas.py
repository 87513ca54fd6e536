"""What a formula comes to, who may have worked it out, and whether it takes anything from another file."""

import pytest

from pipeline.intake.form import formulas
from pipeline.intake.reading.book import CELL_TEXT, NUMBER, UNCALCULATED, Cell, Sheet, Unreadable
from pipeline.intake.reading.budget import MOST_STEPS, Budget


def sheet(is_calculated: bool = True, **cells: str | Cell) -> Sheet:
    """H3=7 as a number, or a cell of one's own."""
    placed = {
        (int(at[1:]), ord(at[0]) - 64): value if isinstance(value, Cell) else Cell(value, NUMBER)
        for at, value in cells.items()
    }
    return Sheet("表", cells=placed, is_calculated=is_calculated)


def judged(stored: str, formula: str, beside: Sheet, type: str = NUMBER) -> tuple[str, str, int | None]:
    cell, total = formulas.judged(Cell(stored, type, formula), beside)
    return cell.raw, cell.type, total


def test_a_stored_sum_is_taken_where_it_is_the_sum() -> None:
    for program in (True, False):
        beside = sheet(program, H3="7", I3="4")
        assert judged("11", "H3+I3", beside) == ("11", "number", None)
        assert judged("11", "SUM(H3:I3)", beside) == ("11", "number", None)


def test_a_stored_0_is_worked_out_and_another_number_goes_back() -> None:
    for program in (True, False):
        beside = sheet(program, H3="7", I3="4")
        assert judged("0", "H3+I3", beside) == ("=H3+I3", "uncalculated", 11)
        assert judged("0", "7+4", beside) == ("=7+4", "uncalculated", 11)
        assert judged("15", "H3+I3", beside) == ("=H3+I3", "uncalculated", None)


def test_a_stored_0_that_nobody_can_check_is_a_result_of_a_program_that_calculates() -> None:
    assert judged("0", "MAX(H3,I3)", sheet(True)) == ("0", "number", None)
    assert judged("0", "MAX(H3,I3)", sheet(False)) == ("=MAX(H3,I3)", "uncalculated", None)
    assert judged("0", "(shared)", sheet(False)) == ("=", "uncalculated", None)
    assert judged("7", "MAX(H3,I3)", sheet(False)) == ("7", "number", None)


def test_differences_and_subtotals_are_worked_out_too() -> None:
    beside = sheet(H3="7", I3="4")
    assert judged("3", "H3-I3", beside) == ("3", "number", None)
    assert judged("5", "H3-I3", beside) == ("=H3-I3", "uncalculated", None)
    assert judged("11", "SUBTOTAL(9,H3:I3)", beside) == ("11", "number", None)
    assert judged("12", "SUBTOTAL(109,H3:I3)", beside) == ("=SUBTOTAL(109,H3:I3)", "uncalculated", None)


@pytest.mark.parametrize("formula", ["RAND()*100", "RANDBETWEEN(1,9)", "TODAY()-H3", "NOW()"])
def test_what_is_another_number_on_another_day_is_no_count(formula: str) -> None:
    assert judged("7", formula, sheet(H3="7")) == (f"={formula}", "uncalculated", None)


def test_a_sum_of_sums_that_nobody_worked_out_is_worked_out_from_below() -> None:
    beside = sheet(False, E3=Cell("0", NUMBER, "H3+I3"), E4="5", H3="7", I3="4")
    assert judged("0", "SUM(E3:E4)", beside) == ("=SUM(E3:E4)", "uncalculated", 16)
    deeper = sheet(False, E3=Cell("0", NUMBER, "F3+1"), F3=Cell("0", NUMBER, "H3+1"), H3="7")
    assert judged("0", "E3+1", deeper) == ("=E3+1", "uncalculated", None)


def test_a_typed_number_and_words_are_left_alone() -> None:
    assert formulas.judged(Cell("0", NUMBER), sheet(False)) == (Cell("0", NUMBER), None)
    assert judged("已完成", "H3", sheet(True, H3="7"), CELL_TEXT) == ("已完成", "text", None)


def test_an_uncalculated_sum_has_its_value_from_cells_that_one_sees() -> None:
    hidden = sheet(H3="7", I3="4")
    hidden.hidden_columns.add(8)
    assert judged("=H3+I3", "H3+I3", sheet(H3="7", I3="4"), UNCALCULATED)[2] == 11
    assert judged("=H3+I3", "H3+I3", hidden, UNCALCULATED)[2] is None
    assert judged("=H3+I3", "H3+I3", sheet(H3="7", I3=Cell("4万", "shown")), UNCALCULATED)[2] is None


def test_sums_without_end_are_refused() -> None:
    beside = sheet(H3="7")
    beside.budget = Budget()
    with pytest.raises(Unreadable):
        for _ in range(MOST_STEPS):
            formulas.value("SUM(A1:A1000)", beside)


@pytest.mark.parametrize(
    "formula",
    ["[1]Sheet1!$E$4", "'[上周.xlsx]表 1'!E4", "'C:\\报表\\[上周.xlsx]表'!E4+1", "SUM([2]表!E4:E5)", "[1]!总数",
     "[file:///C:/2.ods]Sheet1!E4", "IF(A1>0,[上周.xls]表!E4,0)"],
)  # fmt: skip
def test_a_formula_that_names_another_file_is_linked(formula: str) -> None:
    assert formulas.is_linked(formula)


@pytest.mark.parametrize(
    "formula",
    ["", "E4+F4", "SUM(表1[新建])", "SUM(表1[[#This Row],[一组]:[二组]])", "表1[@新建]+Sheet2!A1", "[0]!总数", "Sheet2!E4",
     "SUM(表1[一组])+'表 2'!E4", 'IF(A1="[1]表!",1,2)', "表1[[#Totals],[完成]]-表2[目标]"],
)  # fmt: skip
def test_a_column_of_a_table_is_no_other_file(formula: str) -> None:
    assert not formulas.is_linked(formula)
