"""The documents are held to the code: every command, rule, column and parameter, each as it is."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import nbformat
import pytest
import yaml
from pydantic import BaseModel

from pipeline import params
from pipeline.params import year
from pipeline.record import execution, source
from pipeline.rules import RULES
from pipeline.tables import ARCHIVED
from tests import refresh_manual
from tests.programs import GIT, needs
from tests.refresh_notebook import CHECKOUT, PICTURE

ENGLISH = (CHECKOUT / "README.md").read_text(encoding="utf-8")
WINGS = ("intake", "judging", "products", "archive", "record", "fleet")
CHINESE = (CHECKOUT / "README.zh-CN.md").read_text(encoding="utf-8")


def test_every_rule_stands_in_the_readme_with_what_settles_it() -> None:
    for rule in RULES.values():
        marks = f"{'*' if rule.adjustable else ''}{'✓' if rule.acceptable else ''}"
        assert re.search(rf"`{rule.name}`{re.escape(marks)}(?![*✓])", ENGLISH), rule.name


def test_the_manuals_tables_are_those_of_the_rules_and_the_messes() -> None:
    assert refresh_manual.refreshed() == CHINESE


def test_every_mess_of_the_list_is_answered_by_a_rule_or_silently() -> None:
    known = {mess["id"] for mess in refresh_manual.messes()}
    answered = {mess for rule in RULES.values() for mess in rule.messes}
    assert len(known) == 134
    assert answered <= known
    silent = {mess["id"] for mess in refresh_manual.messes() if mess["treatment"] == "S"}
    assert known - answered - silent == set()


def test_every_column_of_every_table_stands_in_the_readme() -> None:
    for table in ARCHIVED:
        row = next(line for line in ENGLISH.splitlines() if line.startswith(f"| {table.name} |"))
        assert re.findall(r"`(\w+)`", row.split("|")[3]) == list(table.columns)


@pytest.mark.parametrize("model", [year.Programme, year.Schedule, year.Lights, year.Town, year.Village,
                                   year.TargetChange, params.Week])  # fmt: skip
def test_every_parameter_stands_in_the_readme(model: type[BaseModel]) -> None:
    for name, field in model.model_fields.items():
        assert f"`{field.alias or name}`" in ENGLISH


def keys(model: type[BaseModel], below: str = "") -> Iterator[str]:
    """Every key of a YAML file: lights.behind, towns.villages.name."""
    for name, field in model.model_fields.items():
        key = f"{below}{field.alias or name}"
        yield key
        for part in models_in(field.annotation):
            yield from keys(part, f"{key}.")


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that a type is made of: Village in tuple[Village, ...]."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)


@pytest.mark.parametrize(("model", "heading"), [(year.Programme, "当年方案"), (params.Week, "一周的参数")])
def test_the_manuals_list_of_keys_is_that_of_the_parameters(model: type[BaseModel], heading: str) -> None:
    table = CHINESE.partition(f"### {heading} `params/")[2].partition("\n#")[0]
    assert sorted(re.findall(r"^\| `([\w.]+)` \|", table, re.MULTILINE)) == sorted(set(keys(model)))


def test_every_command_stands_in_both_readmes() -> None:
    for command in ("init", "new", "check", "daily", "report", "verify", "trace", "fleet", "test"):
        assert f"| `{command}" in ENGLISH
    for command in ("init", "new", "check", "daily", "report", "verify", "trace", "fleet"):
        assert f"python -m pipeline {command}" in CHINESE


def test_the_manuals_decisions_are_valid() -> None:
    block = CHINESE.partition("```yaml\n")[2].partition("```")[0]
    week = params.week_of({"week": "2023-05-05", **yaml.safe_load(block)})
    assert [decision.do for decision in week.decisions] == ["correct", "enter", "name", "use", "accept", "exclude"]


def test_the_map_names_every_module() -> None:
    house = ENGLISH.partition("## The house")[2]
    for folder in (CHECKOUT / "pipeline", *(CHECKOUT / "pipeline" / wing for wing in WINGS)):
        modules = [path.stem for path in folder.iterdir() if path.suffix == ".py" or path.is_dir()]
        for module in set(modules) - {"__init__", "__main__", "__pycache__"}:
            assert re.search(rf"\b{module}\b", house), module


def test_every_dependency_has_its_line_in_the_decisions() -> None:
    decisions = (CHECKOUT / "DECISIONS.md").read_text(encoding="utf-8")
    files = ("requirements.in", "requirements-cluster.in")
    asked = [line for name in files for line in (CHECKOUT / "pipeline" / name).read_text("utf-8").splitlines()]
    for name in (line for line in asked if line and not line.startswith("#")):
        assert re.search(rf"\b{name}\b", decisions), name


def test_the_readmes_picture_is_the_notebooks() -> None:
    notebook = nbformat.read(source.NOTEBOOK, as_version=4)
    assert PICTURE.read_bytes() == execution.pictures(notebook)["1-分镇完成率"]


def test_files_that_the_documents_link_to_are_there() -> None:
    for text in (ENGLISH, CHINESE):
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            assert (CHECKOUT / target).is_file(), target


def test_no_real_village_stands_in_the_sample() -> None:
    """Its villages are the eleven invented ones."""
    programme = params.programme(Path(CHECKOUT), "params/2023.yaml")
    assert [village.name for _, village in programme.villages] == [
        "江畔村", "织坊村", "沙洲村", "盐灶村", "盐河村", "绣坊村", "古井村", "长乐村", "正阳村", "八里村", "五甲村",
    ]  # fmt: skip
    assert "示例数据" in programme.office


def test_what_is_referred_to_is_in_the_repository() -> None:
    """No docstring, comment or document points to a paper that whoever inherits this does not have."""
    texts = [*CHECKOUT.glob("*.md"), *(CHECKOUT / "pipeline").rglob("*.py"), *(CHECKOUT / "data").glob("*.py")]
    elsewhere = re.compile(r"INTERFACE|DESIGN\b|\bnotes/|\breference/|\bshared/")
    assert [path.name for path in texts if elsewhere.search(path.read_text(encoding="utf-8"))] == []


@needs(GIT)
def test_the_repository_holds_plain_files_only() -> None:
    """No link: Windows makes a text file of it, and one to this machine's `.venv` would lead nowhere on another."""
    if (CHECKOUT / ".git").exists():
        kept = subprocess.run(["git", "ls-files", "-s"], cwd=CHECKOUT, capture_output=True, text=True, check=True)
        assert [line for line in kept.stdout.splitlines() if not line.startswith("100")] == []
