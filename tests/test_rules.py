"""The list of rules: every wording is used, and every use has its wording and what it needs."""

import ast
import string
from collections.abc import Iterator

import pytest

from pipeline import rules
from pipeline.records import Place
from pipeline.rules import RULES, Choice, Level, finding
from pipeline.rules.files import UNREADABLE_FILE
from pipeline.rules.judgements import JUMP
from tests.refresh_notebook import CHECKOUT

CODE = [path for path in (CHECKOUT / "pipeline").rglob("*.py") if path.parent.name != "rules"]
NAMES = {value: name for group in (rules.files, rules.names, rules.figures, rules.judgements)
         for name, value in vars(group).items() if isinstance(value, rules.Rule)}  # fmt: skip


def uses() -> Iterator[tuple[str, set[str]]]:
    """(NAME of a rule, all strings of the module) for every module that mentions it outside the list."""
    for path in CODE:
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        words = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
        yield from ((node.id, words) for node in nodes if isinstance(node, ast.Name))


USES: dict[str, set[str]] = {}
for _name, _words in uses():
    USES.setdefault(_name, set()).update(_words)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_applied_somewhere(name: str) -> None:
    assert NAMES[RULES[name]] in USES


def test_every_variant_is_used_where_its_rule_is() -> None:
    unused = {
        f"{name}.{variant}"
        for name, rule in RULES.items()
        for variant in rule.words
        if variant and variant not in USES[NAMES[rule]] and not _is_given_by_a_reader(rule, variant)
    }
    assert unused == set()


def _is_given_by_a_reader(rule: rules.Rule, variant: str) -> bool:
    """A file's format is the name of what is said of it."""
    return rule is rules.files.UNUSUAL_FORMAT and variant in ("html", "xml", "docx", "ods", "xlsb")


def test_no_wording_holds_english_words_or_a_fixed_unit() -> None:
    """座 is the programme's unit, which is given where the rule is applied."""
    for rule in RULES.values():
        for words in rule.words.values():
            plain = "".join(text for text, *_ in string.Formatter().parse(str(words)))
            assert "座" not in plain, rule.name
            assert not set("abcdefghijklmnopqrstuvwxyz") & set(_without_names(plain)), (rule.name, plain)


def _without_names(words: str) -> str:
    for name in ("python -m pipeline report", ".xlsx", ".xlsb", ".ods", ".et", "Excel", "Word", "WPS", "XML"):
        words = words.replace(name, "")
    return words


def test_a_wording_without_what_it_needs_is_a_bug_that_shows() -> None:
    with pytest.raises(KeyError, match="added"):
        finding(JUMP, Place(town="甲镇"))


def test_a_message_is_its_place_and_its_words_whichever_comes_first() -> None:
    row = finding(JUMP, Place(town="甲镇", file="a.xlsx", sheet="S", cell="E4", raw="51"), added=31)
    assert row.message == "甲镇《a.xlsx》S!E4“51”：本周新增31，明显高于此前，属实请在备注写明，填错请改"
    assert row.noted("已按决定认可").message.endswith("：本周新增31，明显高于此前【已按决定认可】")
    assert row.noted("已按决定认可").level is Level.NOTE


def test_who_is_told_what_settles_it_and_what_is_offered_stand_with_the_rule() -> None:
    assert [rule.name for rule in RULES.values() if rule.office_only] == [
        "cannot_read_here", "missing_town", "no_record", "too_regular", "entered_differs", "stale_decision",
    ]  # fmt: skip
    assert [rule.name for rule in RULES.values() if rule.is_absence] == ["missing_town"]
    assert [rule.name for rule in RULES.values() if rule.excuses_file] == [
        "blank_form",
        "household_ledger",
        "other_town",
    ]
    assert [rule.name for rule in RULES.values() if rule.told_once] == ["doubtful_alias"]
    assert [rule.name for rule in RULES.values() if rule.choice is Choice.USE] == ["conflicting_files"]
    assert UNREADABLE_FILE.choice is Choice.EXCLUDE
