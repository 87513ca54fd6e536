"""YAML by libyaml where it reads as Python's parser does; what is wrong is told by the latter's words."""

from pathlib import Path

import pytest

from pipeline.errors import ParamsError
from tests.helpers import PROGRAMME, programme

TITLE = "title: 2023年度农村户厕改造整村推进"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("title: [a", "第 2 行第 7 列：YAML 写法有误（expected ',' or ']', but got ':'）"),
        ("title: a: b", "第 1 行第 9 列：YAML 写法有误（mapping values are not allowed here）"),
        ("title: @x", "第 1 行第 8 列：YAML 写法有误（found character '@' that cannot start any token）"),
        ("title: *x", "第 1 行第 8 列：YAML 写法有误（found undefined alias 'x'）"),
        ("title: a\ntitle: b", "第 2 行第 1 列：YAML 写法有误（“title”写了两次）"),
        # libyaml would take these
        ("title: a\tb", "第 1 行第 9 列：YAML 写法有误（found character '\\t' that cannot start any token）"),
        ("title: {a: b?}", "第 1 行第 13 列：YAML 写法有误（expected ',' or '}', but got '?'）"),
        ("title: {a: !, b: 1}", "第 1 行第 16 列：YAML 写法有误（expected ',' or '}', but got ':'）"),
    ],
)
def test_a_fault_is_told_by_the_same_words_whichever_parser_meets_it(tmp_path: Path, written: str, said: str) -> None:
    with pytest.raises(ParamsError) as caught:
        programme(tmp_path, PROGRAMME.replace(TITLE, written))
    assert caught.value.faults == [f"{said}。请检查缩进、冒号后的空格和引号"]


def test_signs_that_need_the_other_parser_do_not_change_what_is_read(tmp_path: Path) -> None:
    assert programme(tmp_path, f"{PROGRAMME}# \t?!\n") == programme(tmp_path)
