"""What a clerk means by a small form: every figure of it is used, or not, or something is said. The cases are data."""

import pytest

from tests import programs
from tests.meant import (
    columns,
    csv_files,
    decisions_and_persons,
    explanations,
    formulas,
    groups,
    headings,
    number_formats,
    ordinary_files,
    ordinary_lines,
    ordinary_names,
    ordinary_remarks,
    ordinary_tables,
    ordinary_traps,
    remarks,
    remarks_taken_back,
    rows,
    shifted_and_witnessed,
    tab_and_file_names,
    tabs_and_time,
    totals,
    units_and_numerals,
    word_files,
    words_around,
    zero_reports,
)
from tests.meant.cases import Case, Desk, fault

MODULES = (
    *(headings, groups, columns, tabs_and_time, number_formats, formulas, units_and_numerals),
    *(rows, totals, shifted_and_witnessed, csv_files, word_files),
    *(remarks, remarks_taken_back, words_around, tab_and_file_names),
    *(zero_reports, explanations, decisions_and_persons),
    *(ordinary_remarks, ordinary_lines, ordinary_tables, ordinary_names, ordinary_files, ordinary_traps),
)
CASES = [
    pytest.param(case, id=f"{module.__name__.rpartition('.')[2]}-{case.id}")
    for module in MODULES
    for case in module.CASES
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("meant") / "办公室")


@pytest.mark.parametrize("case", CASES)
def test_a_form_comes_to_what_its_clerk_means(case: Case, desk: Desk) -> None:
    if case.needs:
        programs.skip_without(case.needs)
    found = fault(case, desk)
    assert not found, f"{case.why}\n{found}"


def test_every_case_has_a_name_of_its_own() -> None:
    names = [param.id for param in CASES]
    assert sorted(set(names)) == sorted(names)
