"""What keeps a YAML file from being read, in words: the line, and what to write. Never the words of the parser.

The parser knows where it stumbled; what was meant is seen from the line itself, since the keys are known.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from pipeline.params import signs
from pipeline.params.keys import KEYS, named

_KEY = rf"\b(?P<key>{'|'.join(sorted(KEYS, key=len, reverse=True))})"
_LONGEST = 40  # signs of a line that are quoted
_IN_QUOTES = re.compile(r"\"(?:[^\"\\]|\\.)*\"|(?<=[\s\[{,])'(?:[^']|'')*'")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_NO_COLON = "while scanning a simple key"  # the parser's context for a line that is no 键: 值
_LEFT_OPEN = ("flow mapping", "flow sequence", "quoted scalar")  # begun where the parser's context is


class WrittenTwice(yaml.constructor.ConstructorError):
    """A key that stands twice in one mapping."""

    def __init__(self, key: str, first: yaml.Mark, again: yaml.Mark) -> None:
        super().__init__(None, None, key, again)
        self.words = f"{named(key)}写了两次（第{first.line + 1}行已有），请只留一个"


@dataclass(frozen=True)
class _Line:
    """One line; bare: without its comment, the texts in quotes emptied."""

    number: int
    text: str

    @property
    def bare(self) -> str:
        return _COMMENT.sub("", _IN_QUOTES.sub('""', self.text)).rstrip()


# A sign of what was meant -> what to write; {key}: the key that it is about, in words.
_MISTAKES = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"\t", "有制表符（Tab），请改成半角空格"),
        (r"[｛｝]", "大括号是全角的，请改成半角的 { 和 }"),
        (r"[［］]", "方括号是全角的，请改成半角的 [ 和 ]"),
        (rf"{_KEY}\s*：", "{key}后面的冒号是全角的“：”，请改成半角冒号加一个空格"),
        (rf"[，；、]\s*{_KEY}\s*[:：]", "{key}前面的“，”是全角的，请改成半角逗号加一个空格"),
        (rf"\{{.*:\s+[^,]*\s{_KEY}:\s", "{key}前面少了一个半角逗号"),
        (rf"(?:^|[\s{{,]){_KEY}:[^\s,}}]", "{key}的冒号后面要有一个空格"),
        (r"^\s*[^\s:：#{\[\"'-][^:：{\[\"']*：", "冒号是全角的“：”，请改成半角冒号加一个空格"),
        (rf"{_KEY}:\s+[@`%&*!|>?]", "{key}的内容以特殊符号开头，请给整段内容加英文引号，如 \"@…\""),
        (rf"{_KEY}:\s+[\[{{][^\]}}]*[\]}}]\s*[^\s,}}\]]", "{key}的内容里有括号，请给整段内容加英文引号，如 \"[2023]4号\""),
        (rf"{_KEY}:\s+\"\"\s*[^\s,}}\]]", "{key}的引号后面还有字，请把整段内容放进一对英文引号里"),
        (rf"{_KEY}:\s+[^{{\[\"',}}]*:(?:\s|$)", "{key}的内容里有冒号，请给整段内容加英文引号"),
        (r"^\s*(?:---|\.\.\.|%)", "请删去这一行（一个文件只有一份内容）"),
    )
)  # fmt: skip


def in_words(text: str, error: yaml.MarkedYAMLError) -> str:
    """第5行：… of what the parser stumbled over."""
    written = [_Line(number, line) for number, line in enumerate(signs.lines(text), 1)]
    stumbled = _line_of(written, error.context_mark if error.context == _NO_COLON else error.problem_mark)
    if isinstance(error, WrittenTwice):
        return f"第{stumbled.number}行：{error.words}"
    looked_at = _looked_at(written, stumbled, error)
    line, words = next(_found(written, looked_at, stumbled, error))
    quoted = line.text.strip()
    shown = f"{quoted[:_LONGEST]}…" if len(quoted) > _LONGEST else quoted
    return f"第{line.number}行：{words}。这一行是：{signs.visible(shown)}"


def _line_of(written: list[_Line], mark: yaml.Mark | None) -> _Line:
    """The line of a mark; where it is behind the last one, the last that says something."""
    up_to = written[: (mark.line if mark else 0) + 1]
    if up_to[-1].number < len(written) or up_to[-1].bare.strip():
        return up_to[-1]
    return next((line for line in reversed(up_to) if line.bare.strip()), up_to[-1])


def _looked_at(written: list[_Line], stumbled: _Line, error: yaml.MarkedYAMLError) -> list[_Line]:
    """From where the unfinished piece begins, else from the line before, to where the parser stumbled."""
    up_to = [line for line in written[: stumbled.number] if line.bare.strip()] or [stumbled]
    if error.context_mark and (error.context or "").endswith(_LEFT_OPEN):
        return [line for line in up_to if line.number > error.context_mark.line] or up_to[-1:]
    return up_to[-2:]


def _found(
    written: list[_Line], looked_at: list[_Line], stumbled: _Line, error: yaml.MarkedYAMLError
) -> Iterator[tuple[_Line, str]]:
    """(line, words), what is surest first."""
    emptied = _emptied(written, stumbled)
    if emptied:
        yield emptied, f"下面已经写了内容，请把 {_bracket_of(emptied)} 删去"
    for pattern, words in _MISTAKES:
        for line in reversed(looked_at):
            match = pattern.search(line.bare)
            if match:
                yield line, words.format(key=named(match["key"])) if "key" in pattern.groupindex else words
    yield from _unfinished(looked_at, error)
    yield stumbled, _misplaced(stumbled)


def _emptied(written: list[_Line], stumbled: _Line) -> _Line | None:
    """`decisions: []` above lines that are meant to be its content."""
    if not re.match(r"\s*(?:- |\S+:\s)", stumbled.bare):
        return None
    above = [line for line in written[: stumbled.number - 1] if line.bare.strip()]
    return above[-1] if above and re.search(r":\s+(?:\[\s*\]|\{\s*\})$", above[-1].bare) else None


def _bracket_of(line: _Line) -> str:
    return "{}" if line.bare.endswith("}") else "[]"


def _unfinished(looked_at: list[_Line], error: yaml.MarkedYAMLError) -> Iterator[tuple[_Line, str]]:
    """Brackets and quotes without their other half."""
    if (error.context or "").endswith("quoted scalar"):
        yield looked_at[0], "引号没有配上，请在内容的另一头也加上英文引号"
    for line in looked_at:
        for opening, closing, words in (("{", "}", "大括号 { }"), ("[", "]", "方括号 [ ]")):
            if line.bare.count(opening) != line.bare.count(closing):
                yield line, f"{words} 没有成对（这一行可能没有贴全）"
    if (error.context or "").endswith(_LEFT_OPEN):
        yield (
            looked_at[-1],
            "两项之间少了半角逗号或空格，或者内容里有 : , { } [ ] 这样的符号（请给这段内容加英文引号）",
        )


def _misplaced(line: _Line) -> str:
    """What is left: a line that stands elsewhere than it should, or is no line of these files."""
    if re.match(r"\s*(?:- |[^\s:]+:(?:\s|$))", line.bare):
        return "缩进与上下行不一致：同一级的行要左边对齐，下一级的多空两格（用半角空格）"
    return "读不懂：每行应是“键: 值”（冒号后面空一格），可能没有贴全，或缺少引号、冒号"
