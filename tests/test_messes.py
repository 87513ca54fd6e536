"""What towns really send: at least one case for each of the 134 kinds of mess, from file to figure and finding."""

from pathlib import Path

import pytest

from pipeline.rules import RULES
from tests import programs
from tests.messes import figures, files, headings, logic, names, process, workbooks
from tests.messes.case import Case, Shelf, problems, run

CASES = [case for module in (files, workbooks, headings, names, figures, logic, process) for case in module.CASES]
LENGTHS = {"F": 25, "W": 20, "H": 14, "T": 20, "V": 28, "L": 21, "P": 6}
IDS = [f"{letter}{number:02d}" for letter, count in LENGTHS.items() for number in range(1, count + 1)]

# accepted without a word; the others must be told
SILENT = {
    *("F02", "F04", "F06", "F10", "F15", "F19", "F25", "W05", "W12", "W13", "W15", "W19"),
    *("H01", "H02", "H03", "H04", "H05", "H07", "T01", "T02", "T04", "T08", "T09", "T11", "T20"),
    *("V01", "V02", "V03", "V04", "V05", "V06", "L01", "L06"),
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return Shelf(tmp_path_factory.mktemp("offices"))


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.id}-{case.what}") for case in CASES])
def test_a_mess_costs_what_it_must_and_is_told(case: Case, shelf: Shelf, tmp_path: Path) -> None:
    if case.needs:
        programs.skip_without(case.needs)
    result = run(case, shelf, tmp_path / "办公室")
    found = problems(case, result)
    assert not found, "\n".join(found)


def test_every_mess_of_the_list_has_a_case() -> None:
    assert len(IDS) == 134
    assert sorted({case.id for case in CASES}) == sorted(IDS)
    names_of_cases = [f"{case.id}-{case.what}" for case in CASES]
    assert len(names_of_cases) == len(set(names_of_cases))


@pytest.mark.parametrize("mess", IDS)
def test_a_mess_is_answered_by_its_own_rules(mess: str) -> None:
    told = [{found.rule for found in case.found} for case in CASES if case.id == mess and case.found]
    if mess in SILENT:
        return
    assert told
    for rules in told:
        assert "" in rules or any(mess in RULES[rule].messes for rule in rules)
