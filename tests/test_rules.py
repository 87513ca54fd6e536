"""The list of rules: every wording is used, and every use has its wording and what it needs."""

import ast
import importlib
import string
from collections.abc import Collection, Iterator

import pytest

from pipeline import rules
from pipeline.intake.reading.book import Unreadable
from pipeline.params.levels import LEVELS
from pipeline.products.feedback import returns
from pipeline.products.feedback.items import of_towns
from pipeline.products.feedback.words import Edition
from pipeline.records import Place
from pipeline.rules import RULES, Choice, Level, Said, finding
from pipeline.rules.files import UNREADABLE_FILE
from pipeline.rules.judgements import JUMP
from tests.helpers import day, of
from tests.refresh_notebook import CHECKOUT

CODE = [path for path in (CHECKOUT / "pipeline").rglob("*.py") if path.parent.name != "rules"]
NAMES = {value: name for group in (rules.files, rules.members, rules.names, rules.figures, rules.judgements)
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


# ---- what a town is asked --------------------------------------------------------------------------------------

PLAUSIBLE = {
    "raw": "约50", "written": "绣房村", "near": "绣坊村", "village": "绣坊村", "villages": "“绣坊村”、“织坊村”",
    "revision": 1, "newer": 2, "tier": "省级", "kind": "新建", "parts": "沿用1处", "code": "ABCD-EFGH", "sum": 30,
    "town": "甲镇", "owner": "乙镇", "other": "织坊村", "unit": "座", "closing": "5月26日", "deadline": "17:00",
    "made": "5月19日", "since": "（截至5月19日）", "recent": "，此前各周新增9、10、13", "previous": 40, "target": 1120,
    "done": 1020, "total": 1060, "over": 111, "value": 1031, "large": 120, "small": 102, "meant": 80, "count": 2,
    "number": 7, "row": 12, "rows": "12、13", "cell": "B4", "column": "H", "heading": "本周完成", "typed": "1120、60",
    "own": "1120、50", "stated": "1030", "added": 1020, "words": "数据待核实", "remark": "群众自建", "signature": "张三 5月26日：核实",
    "places": "Sheet1!A2、5.12!A2", "differences": "《甲.xlsx》、《乙.xlsx》", "title": "公厕台账", "programme": "2023年度",
    "where": "文件名", "named": "乙镇", "shown": "Sheet1", "hidden": "5.26", "year": "2023", "before": 20, "now": 21,
    "names": "剩余、合计", "other_town": "乙镇", **LEVELS["区"].terms,
}  # fmt: skip
ANALYSTS = (
    "enter", "exclude", "补录", "更正流程", "规则", "决定", "入库", "裁定", "分析员", "程序", "存档", "归档", "产出",
    "缓存", "decisions", "{", "}", "截至日 ",
)  # fmt: skip
TWICE = ("重报", "核对", "请填", "备注写明", "核定")
ASKED = {
    f"{name}.{variant}": (rule, variant)
    for name, rule in RULES.items()
    for variant, said in rule.words.items()
    if said.ask and not rule.office_only
}


@pytest.mark.parametrize("name", ASKED)
def test_a_town_is_asked_one_thing_shortly_and_in_its_own_words(name: str) -> None:
    """That a file with a ledger is not kept (没有存档), the town has to know."""
    rule, variant = ASKED[name]
    assert faults(rule.say(variant, **PLAUSIBLE), allowed=("存档",) if name == "form_with_ledger." else ()) == []


@pytest.mark.parametrize("level", [Level.REJECT, Level.QUERY])
@pytest.mark.parametrize("name", ASKED)
def test_its_line_in_the_slip_begins_with_the_cell_and_what_to_do(name: str, level: Level) -> None:
    rule, variant = ASKED[name]
    place = Place(town="甲镇", village="绣坊村", kind="新建", file="甲.xlsx", sheet="表", cell="E4", raw="约50")
    row = finding(rule, place, variant, level, **PLAUSIBLE)
    edition = Edition(of(), day("2023-05-26"), 1, "AB12")
    (line,) = [text for text in returns.lines(edition, "甲镇", of_towns([row])["甲镇"]) if text.startswith("1. ")]
    assert line.startswith(f"1. E4 绣坊村新建：{row.ask}。")
    assert line.count(row.ask) == 1 and row.words in line


def test_whatever_is_more_than_a_note_asks_the_town_for_something() -> None:
    """All but the wordings that come as notes only, and a file that cannot be read: its reader says what to do."""
    silent = {
        f"{name}.{variant}"
        for name, rule in RULES.items()
        for variant, said in rule.words.items()
        if rule.level is not Level.NOTE and not rule.office_only and not said.ask
    }
    assert silent == {
        "unreadable_file.",
        "conflicting_files.decided",
        "duplicate_village.same",
        "over_target.known",
        "over_target.accepted",
    }


def faults(said: Said, allowed: Collection[str] = ()) -> list[str]:
    """What is wrong with a line of a 退回单."""
    spoken = [term for term in ANALYSTS if term in str(said) and term not in allowed]
    twice = [word for word in TWICE if str(said).count(word) > 1]
    return [
        *(f"says {term}" for term in spoken),
        *(f"asks twice: {word}" for word in twice),
        *(["asks nothing"] if not said.ask else []),
        *(["asks at length"] if len(said.ask) > LONGEST_ASK else []),
        *(["asks among the reasons"] if "请" in said.words else []),
    ]


LONGEST_ASK = 32


def test_every_kind_of_fault_in_a_line_is_seen() -> None:
    assert faults(Said("“约50”不是确数", "请填截至5月26日的累计完成数")) == []
    assert faults(Said("文字报数不入库", "请走更正流程")) == ["says 更正流程", "says 入库"]
    assert faults(Said("超目标1座", "请填数字，请填截至5月26日的累计完成数")) == ["asks twice: 请填"]
    assert faults(Said("超目标1座")) == ["asks nothing"]
    assert faults(Said("超目标1座，请核对", "填错请改" * 10)) == ["asks at length", "asks among the reasons"]
    assert faults(Said("超目标{over}座", "填错请改")) == ["says {", "says }"]


def reasons() -> Iterator[str]:
    """Every reason for which a reader refuses a file of a town: the Chinese texts of its modules that ask something."""
    for path in (CHECKOUT / "pipeline/intake/reading").rglob("*.py"):
        module = importlib.import_module(".".join(path.relative_to(CHECKOUT).with_suffix("").parts))
        named = [value for value in vars(module).values() if isinstance(value, str)]
        raised = [
            node.args[0].value
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Unreadable", "Scan") and node.args
            if isinstance(node.args[0], ast.Constant)
        ]
        yield from (
            text.replace("{}", "PDF") for text in (*named, *raised) if "请" in text and not _is_for_the_office(text)
        )


def _is_for_the_office(text: str) -> bool:
    return any(word in text for word in ("本机", "重新运行", "本周文件夹", "换一台电脑", "下次"))


def test_a_reader_says_what_is_wrong_and_then_what_to_do() -> None:
    known = set(reasons())
    assert len(known) > 15
    for reason in known:
        said = Unreadable(reason).said
        assert faults(said) == [], reason
        assert str(said) == reason
    assert Unreadable("文件损坏或未传完，请重新发送").said == Said("文件损坏或未传完", "请重新发送")
