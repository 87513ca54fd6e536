"""YAML faults in the words of the office: the line, whose entry it is, what to write; never the words of a parser."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import params
from pipeline.errors import ParamsError
from pipeline.params.keys import KEYS
from tests import spoilt
from tests.helpers import PROGRAMME, Office, programme
from tests.refresh_notebook import CHECKOUT

DAY = "2023-05-05"
TITLE = "title: 2023年度农村户厕改造整村推进"
SIGNED = "reason: 核实, by: 张三, date: 2023-05-05"


@pytest.fixture
def told(office: Office) -> Callable[[str | bytes], list[str]]:
    """The faults of a week's file: bytes as they are, or what stands from its third line on."""

    def read(written: str | bytes) -> list[str]:
        head = f"week: {DAY}\nprogramme: params/2023.yaml\n"
        content = written if isinstance(written, bytes) else f"{head}{written}".encode()
        (office.root / f"params/{DAY}.yaml").write_bytes(content)
        with pytest.raises(ParamsError) as caught:
            params.week(office.root, DAY)
        return caught.value.faults

    return read


# ---- what no parser reads --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "said"),
    [
        # the lines that `check` prints, pasted under what `new` wrote
        (f"decisions: []\n  # 二选一：\n  - {{do: accept, town: 甲镇, rule: fell, {SIGNED}}}", "第3行：下面已经写了内容，请把 [] 删去"),
        (f"decisions: []\n- {{do: accept, town: 甲镇, rule: fell, {SIGNED}}}", "第3行：下面已经写了内容，请把 [] 删去"),
        # signs of another width
        ("decisions：\n  - {do: accept}", "第3行：decisions（书面决定）后面的冒号是全角的“：”，请改成半角冒号加一个空格"),
        ("decisions:\n  - {do: accept，town: 甲镇}", "第4行：town（区镇）前面的“，”是全角的，请改成半角逗号加一个空格"),
        ("decisions:\n  - ｛do: accept, town: 甲镇｝", "第4行：大括号是全角的，请改成半角的 { 和 }"),
        ("decisions:\n　　- {do: accept}", "第4行：行首的缩进里有全角空格，请改成半角空格"),
        ("decisions:\n\xa0 - {do: accept}", "第4行：行首的缩进里有不间断空格（多半从网页或微信复制而来），请改成半角空格"),
        ("decisions:\n\t- {do: accept}", "第4行：行首的缩进里有制表符（Tab），请改成半角空格"),
        ("decisions:\n  - {do:\taccept?}", "第4行：有制表符（Tab），请改成半角空格"),
        # texts that want quotes
        ("decisions:\n  - do: accept\n    reason: a: b", "第5行：reason（理由）的内容里有冒号，请给整段内容加英文引号"),
        ("decisions:\n  - {do: accept, reason: a: b}", "第4行：reason（理由）的内容里有冒号，请给整段内容加英文引号"),
        ("decisions:\n  - {do: use, reason: [2023]4号}", '第4行：reason（理由）的内容里有括号，请给整段内容加英文引号，如 "[2023]4号"'),
        *((f"decisions:\n  - {{do: use, reason: {sign}张三}}", '第4行：reason（理由）的内容以特殊符号开头，请给整段内容加英文引号，如 "@…"')
          for sign in "@%&*!|"),
        ('decisions:\n  - {do: use, reason: "电话"核实}', "第4行：reason（理由）的引号后面还有字，请把整段内容放进一对英文引号里"),
        # what was not pasted whole
        ('decisions:\n  - {do: use, reason: "电话核实}', "第4行：引号没有配上，请在内容的另一头也加上英文引号"),
        ("decisions:\n  - {do: use, vil\n  - {do: use, town: 乙镇}", "第4行：大括号 { } 没有成对（这一行可能没有贴全）"),
        ("decisions:\n  - {do: use, town: 甲镇}}", "第4行：大括号 { } 没有成对（这一行可能没有贴全）"),
        ("decisions: [", "第3行：方括号 [ ] 没有成对（这一行可能没有贴全）"),
        ("deci\nx: 1", "第3行：读不懂：每行应是“键: 值”（冒号后面空一格），可能没有贴全，或缺少引号、冒号"),
        # blanks that are wanting, or too many
        ("decisions:\n  -{do: use}", "第4行：行首的“-”后面要有一个空格"),
        ("decisions:\n  - do:use\n    town: 甲镇", "第4行：do（做什么）的冒号后面要有一个空格"),
        ("decisions:\n  - {do: use town: 甲镇}", "第4行：town（区镇）前面少了一个半角逗号"),
        ("decisions:\n  - do: use\n     town: 甲镇", "第5行：缩进与上下行不一致：同一级的行要左边对齐，下一级的多空两格（用半角空格）"),
        ("decisions:\n  - do: use\n   town: 甲镇", "第5行：缩进与上下行不一致：同一级的行要左边对齐，下一级的多空两格（用半角空格）"),
        ("decisions: []\n---\na: 1", "第4行：请删去这一行（一个文件只有一份内容）"),
        (f"week: {DAY}", "第3行：week（截至日期）写了两次（第1行已有），请只留一个"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_line_and_what_to_write(
    told: Callable[[str | bytes], list[str]], written: str, said: str
) -> None:
    assert [fault.partition("。这一行是：")[0] for fault in told(written)] == [said]


def test_the_line_is_quoted_since_editors_do_not_number_theirs(told: Callable[[str | bytes], list[str]]) -> None:
    assert told("decisions:\n  - {do: use") == [
        "第4行：大括号 { } 没有成对（这一行可能没有贴全）。这一行是：- {do: use"
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (f"week: {DAY}\n# 备注\n".encode("gbk"), "第2行起不是 UTF-8 编码（多半是记事本按 ANSI 保存的）。请用记事本打开，选“另存为”，编码选 UTF-8，存回原处"),
        (f"week: {DAY}\n".encode("utf-16"), "第1行起不是 UTF-8 编码（是 Unicode，即 UTF-16）。请用记事本打开，选“另存为”，编码选 UTF-8，存回原处"),
        (b"week: 2023-05-05\n\x00", "第2行：有看不见的控制符 U+0000，请删去重打"),
        (b"", "整个文件：内容应是一行行的“键: 值”，如 week: 2023-05-05"),
        (b"- 1\n", "整个文件：内容应是一行行的“键: 值”，如 week: 2023-05-05"),
    ],
)  # fmt: skip
def test_another_encoding_is_told(told: Callable[[str | bytes], list[str]], content: bytes, said: str) -> None:
    assert told(content) == [said]


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfweek: 2023-05-05\n", b"week: 2023-05-05\r\ndecisions: []\r\n"])
def test_a_byte_order_mark_and_the_lines_of_windows_are_read(office: Office, content: bytes) -> None:
    (office.root / f"params/{DAY}.yaml").write_bytes(content)
    assert params.week(office.root, DAY).decisions == ()


# ---- what is read and is none of ours --------------------------------------------------------------------------


def test_what_is_not_filled_in_is_one_line_a_decision(told: Callable[[str | bytes], list[str]]) -> None:
    assert told(
        "decisions:\n"
        "  - {do: correct, town: 四甲镇, village: 五甲村, kind: 整改, was: 约50, now: , reason: , by: , date: 2023-05-05}\n"
        '  - {do: exclude, file: "旧表.xlsx", reason: , by: , date: 2023-05-05}\n'
        "  - \n"
    ) == [
        "第4行 四甲镇的“更正”：还没填 reason（理由）、by（经办人）、now（采用数）",
        "第5行 《旧表.xlsx》的“不采用文件”：还没填 reason（理由）、by（经办人）",
        "第6行：还没填 内容",
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2023/6/2", "“2023/6/2”，请写 2023-06-02"),
        ("2023.6.2", "“2023.6.2”，请写 2023-06-02"),
        ("2023-6-2", "“2023-6-2”，请写 2023-06-02"),
        ("2023年6月2日", "“2023年6月2日”，请写 2023-06-02"),
        ("20230602", "“20230602”，请写 2023-06-02"),
        ('"20230602"', "“20230602”，请写 2023-06-02"),
        ("２０２３-06-02", "“２０２３-06-02”，请写 2023-06-02"),
        ("2023-06-02 10:00", "“2023-06-02 10:00”，请写 2023-06-02"),
        ("2023-06-02T10:00:00", "“2023-06-02T10:00:00”，请写 2023-06-02"),
        ("6月2日", "“6月2日”，请写全年月日，如 2023-06-02（年份也要写）"),
        ("2023-W22-5", "“2023-W22-5”，请写全年月日，如 2023-06-02"),
        ("2023-06-31", "“2023-06-31”，没有这一天，请核对"),
    ],
)
def test_a_day_is_written_in_one_way(told: Callable[[str | bytes], list[str]], written: str, said: str) -> None:
    decision = f"{{do: accept, town: 甲镇, rule: fell, reason: 核实, by: 张三, date: {written}}}"
    assert told(f"decisions:\n  - {decision}") == [f"第4行 甲镇的“认可”：date（日期）应为日期，读到的是{said}"]


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ("{do:use, town: 甲镇}", "第4行 甲镇的决定：“do:use”读不懂：键后面要写半角冒号加一个空格，各项之间要用半角逗号加一个空格隔开"),
        (f"{{do: enter, town: 甲镇, village: 东河村, kind: “新建”, now: 1, {SIGNED}}}", "第4行 甲镇的“补录”：kind（类别）只能是 新建、整改，读到的是““新建””，请去掉引号"),
        (f"{{do: enter, town: 甲镇, village: 东河村, kind: 新建, now: 1,200, {SIGNED}}}", "第4行 甲镇的“补录”：“200”前面多了一个逗号：数字里不要写逗号"),
        ("{do: accept, town: 甲镇, rule: fell, reason: 2023, by: 张三, date: 2023-05-05}", '第4行 甲镇的“认可”：reason（理由）应为文字，读到的是“2023”，请给它加英文引号："2023"'),
        ("{do: accept, town: 甲镇, rule: fell, reason: 核实, by: on, date: 2023-05-05}", '第4行 甲镇的“认可”：by（经办人）应为文字，读到的是“on”，请给它加英文引号："on"'),
        ("{do: accept, town: 甲镇, rule: fell, reason: 核实, by: [张三], date: 2023-05-05}", "第4行 甲镇的“认可”：by（经办人）应为文字，读到的是一个列表，请给整段内容加英文引号"),
        ("[do, accept]", "第4行：应为“键: 值”的形式，读到的是一个列表"),
    ],
)  # fmt: skip
def test_what_is_read_otherwise_than_meant_is_told(
    told: Callable[[str | bytes], list[str]], decision: str, said: str
) -> None:
    assert told(f"decisions:\n  - {decision}") == [said]


def test_a_town_that_is_not_known_for_a_sign_that_nobody_sees(office: Office) -> None:
    office.week(DAY, f"  - {{do: accept, town: 甲\u200b镇, rule: fell, {SIGNED}}}\n")
    with pytest.raises(ParamsError) as caught:
        office.compute(DAY)
    assert "没有“甲（看不见的字符 U+200B）镇”这个区镇" in caught.value.faults[0]


# ---- names that cannot be drawn --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("丙镇", "丙😀镇", "第14行：图表和页面的字体里没有“😀”（U+1F600），请换一个字"),
        ("南山村", "南\u200b山村", "第13行：“南（看不见的字符 U+200B）山村”里有看不见的字符，请删去重打"),
        ("南山村", "南\U000323af村", "第13行：图表和页面的字体里没有“\U000323af”（U+323AF），请换一个字"),
        ("西河村", "西\ue000村", "第10行：图表和页面的字体里没有“\ue000”（U+E000），请换一个字"),
        ("西河村", '"西\\a村"', "第10行：“西（看不见的字符 U+0007）村”里有看不见的字符，请删去重打"),
    ],
)
def test_a_name_that_no_font_can_draw_is_refused_at_once(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(ParamsError) as caught:
        programme(tmp_path, PROGRAMME.replace(old, new))
    assert caught.value.faults == [said]


def test_rare_names_that_the_font_has_and_aliases_of_any_kind_are_read(tmp_path: Path) -> None:
    text = PROGRAMME.replace("南山村", "䶮山村").replace("甲镇人民政府", "甲\U000323af镇")
    assert programme(tmp_path, text).towns["乙镇"].villages[0].name == "䶮山村"


# ---- whatever else may be typed --------------------------------------------------------------------------------

OF_OURS = {*KEYS, "correct", "enter", "use", "accept", "exclude", "true", "false", "params", "yaml", "Tab", "UTF", "ANSI", "Unicode"}  # fmt: skip
SPOILT = [("2023.yaml", 500), ("2023-05-26.yaml", 900), ("2023-05-19.yaml", 200)]


def faults(root: Path, name: str, text: str) -> list[str]:
    """What is told of a file of the sample as somebody left it; nothing if it is read."""
    (root / "params").mkdir(exist_ok=True)
    (root / "params" / name).write_text(text, encoding="utf-8", newline="")
    try:
        read(root, name)
    except ParamsError as error:
        return error.faults
    return []


def read(root: Path, name: str) -> params.Programme | params.Week:
    path = Path("params") / name
    return params.programme(root, path.as_posix()) if len(path.stem) == 4 else params.week(root, path.stem)


@pytest.mark.parametrize(("name", "count"), SPOILT)
def test_no_slip_of_the_hand_gets_the_words_of_a_parser(tmp_path: Path, name: str, count: int) -> None:
    sample = (CHECKOUT / "params" / name).read_text(encoding="utf-8")
    said = [
        (fault, text) for text in spoilt.texts(sample, seed=1, count=count) for fault in faults(tmp_path, name, text)
    ]
    assert len(said) > count / 4
    for fault, text in said:
        assert re.match(r"第\d+行|整个文件：还没填", fault), fault
        assert foreign(fault, text) == set(), fault


def foreign(fault: str, text: str) -> set[str]:
    """Latin words of a fault that are neither of the file nor a key or sign of ours."""
    ours, _, _ = re.sub(r"U\+[0-9A-F]+", "", fault).partition("这一行是：")
    return set(re.findall(r"[A-Za-z]+", ours)) - set(re.findall(r"[A-Za-z]+", text)) - OF_OURS


def test_the_words_of_a_parser_would_be_found() -> None:
    assert foreign("第3行：YAML 写法有误（expected ',' or ']', but got ':'）", "week: 2023") != set()


@pytest.mark.parametrize("name", ["2023.yaml", "2023-05-26.yaml"])
def test_no_slip_in_a_number_gives_another_number(tmp_path: Path, name: str) -> None:
    sample = (CHECKOUT / "params" / name).read_text(encoding="utf-8")
    assert faults(tmp_path, name, sample) == []
    meant, slips = read(tmp_path, name), list(spoilt.numbers(sample))
    assert len(slips) > 30
    for was, typed, text in slips:
        assert faults(tmp_path, name, text) or read(tmp_path, name) == meant, f"{was} typed as {typed}"
