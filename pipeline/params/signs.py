"""Signs that a YAML file may not hold: another encoding, blanks of another width before a line, what no font can draw."""

import re
import unicodedata
from collections.abc import Iterator

from pipeline import glyphs

_SAVE_AGAIN = "请用记事本打开，选“另存为”，编码选 UTF-8，存回原处"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_OTHER_BLANK = re.compile(r" *([^\S ])")  # the first sign before a line's words that is blank and no plain space
_BLANKS = {"\t": "制表符（Tab）", "\u3000": "全角空格", "\xa0": "不间断空格（多半从网页或微信复制而来）"}
_NO_ITEM = re.compile(r"\s*-[\w{\"“]")  # to YAML it is the beginning of a text
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # no part of YAML
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")  # categories: controls, zero-width signs, halves of a pair, other line ends


class NotText(ValueError):
    """The bytes are no UTF-8; str(error) says from which line on, and what to do."""


def decoded(content: bytes) -> str:
    """The text of a file, with or without a byte order mark."""
    if content.startswith(_UTF16):
        raise NotText(f"第1行起不是 UTF-8 编码（是 Unicode，即 UTF-16）。{_SAVE_AGAIN}")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise NotText(f"第{line}行起不是 UTF-8 编码（多半是记事本按 ANSI 保存的）。{_SAVE_AGAIN}") from None


def lines(text: str) -> list[str]:
    """The lines of a text as YAML counts them."""
    return _BREAK.split(text)


def faults(text: str) -> list[str]:
    """The lines that hold what nobody sees and no parser takes as meant."""
    return [f"第{number}行：{words}" for number, line in enumerate(lines(text), 1) for words in _of_line(line)]


def _of_line(line: str) -> Iterator[str]:
    blank = _OTHER_BLANK.match(line)
    if blank and (line.strip() or blank[1] != "\t"):
        yield f"行首的缩进里有{_BLANKS.get(blank[1], '特殊空格')}，请改成半角空格"
    if _NO_ITEM.match(line):
        yield "行首的“-”后面要有一个空格"
    unreadable = _UNREADABLE.search(line)
    if unreadable:
        yield f"有看不见的控制符 {_code(unreadable[0])}，请删去重打"


def visible(text: str) -> str:
    """A name with what cannot be seen in it written out."""
    return "".join(f"（看不见的字符 {_code(sign)}）" if is_unseen(sign) else sign for sign in text)


def is_unseen(sign: str) -> bool:
    """Whether nobody can see it."""
    return unicodedata.category(sign) in _UNSEEN


def undrawable(text: str) -> Iterator[str]:
    """What a name holds that charts and pages cannot show, in words."""
    for sign in dict.fromkeys(text):
        if is_unseen(sign):
            yield f"“{visible(text)}”里有看不见的字符，请删去重打"
            return
    for sign in glyphs.lacking(text):
        yield f"图表和页面的字体里没有“{sign}”（{_code(sign)}），请换一个字"


def _code(sign: str) -> str:
    return f"U+{ord(sign):04X}"
