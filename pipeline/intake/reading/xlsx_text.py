"""Texts of .xlsx with their runs: shared strings, inline strings, comments (批注)."""

import re
from collections.abc import Callable
from typing import NamedTuple

from pipeline.intake.reading.book import CELL_TEXT, MOST_CELLS, RED, STRUCK, TOO_LARGE, Cell, Unreadable
from pipeline.intake.reading.budget import Budget
from pipeline.intake.reading.package import Attributes, dispatch
from pipeline.intake.reading.runs import Runs, without_author
from pipeline.intake.reading.xlsx_markup import elements, position

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
RUNS = ("t", "r", "rPr", "rPh", "strike", "color", "vertAlign")  # what a Collector takes
_STRINGS = elements("si", *RUNS)
_COMMENTS = elements("author", "comment", "b", *RUNS)


class Run(NamedTuple):
    """A piece of a text in one font; look: STRUCK, RED or "", None if it has no font of its own but the cell's."""

    text: str
    look: str | None = None
    raised: bool = False


Text = str | tuple[Run, ...]


def in_runs(text: tuple[Run, ...], look: str) -> Cell:
    """A cell with a text in several fonts, `look` being that of the cell's own."""
    runs = Runs()
    for run in text:
        runs.add(run.text, look if run.look is None else run.look, run.raised)
    return Cell(runs.text, CELL_TEXT, "", runs.mark)


def is_struck(attributes: Attributes) -> bool:
    """<strike/> and <strike val="1"/>, not <strike val="0"/>."""
    return attributes.get("val", "1") in ("1", "true")


def is_red(attributes: Attributes) -> bool:
    """Plain red, the one that 已改 is written in; 2 and 10 are red in the palette that every office has."""
    return attributes.get("rgb", "")[-6:].upper() == "FF0000" or attributes.get("indexed") in ("2", "10")


def unescaped(text: str) -> str:
    """_x000D_ and the like as signs; half a surrogate pair is no text that can be written anywhere."""
    if "_x" not in text:
        return text
    signs = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return signs.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class Collector:
    """Takes the elements in RUNS, one text after the other; what is read aloud (rPh) is no part of a text."""

    def __init__(self) -> None:
        self.buffer: list[str] = []  # all characters since `t` began
        self.starts: dict[str, Callable[[Attributes], None]] = {
            "t": self.clear_buffer, "r": self._start_run, "rPr": self._start_font, "rPh": self._start_phonetic,
            "strike": self._strike, "color": self._colour, "vertAlign": self._raise,
        }  # fmt: skip
        self.ends: dict[str, Callable[[], None]] = {"t": self._end_text, "rPh": self._end_phonetic}
        self.clear({})

    def clear(self, _: Attributes) -> None:
        """A text begins."""
        self._runs: list[tuple[str, str | None, bool]] = []
        self._look: str | None = None
        self._raised = self._in_phonetic = self._has_fonts = False

    def clear_buffer(self, _: Attributes) -> None:
        self.buffer.clear()

    def _start_run(self, _: Attributes) -> None:
        self._look, self._raised = None, False

    def _start_font(self, _: Attributes) -> None:
        self._look, self._has_fonts = "", True

    def _strike(self, attributes: Attributes) -> None:
        if is_struck(attributes):
            self._look = STRUCK

    def _colour(self, attributes: Attributes) -> None:
        if is_red(attributes):
            self._look = self._look or RED

    def _raise(self, attributes: Attributes) -> None:
        self._raised = attributes.get("val") in ("superscript", "subscript")

    def _start_phonetic(self, _: Attributes) -> None:
        self._in_phonetic = True

    def _end_phonetic(self) -> None:
        self._in_phonetic = False

    def _end_text(self) -> None:
        if not self._in_phonetic:
            self._runs.append(("".join(self.buffer), self._look, self._raised))

    def plain(self) -> str:
        """The text since the last `clear`, whatever it looks like."""
        return unescaped("".join([text for text, _, _ in self._runs]))

    def text(self) -> Text:
        """The text since the last `clear`; in runs only where some have a font of their own."""
        if self._has_fonts:
            return tuple(Run(unescaped(text), look, raised) for text, look, raised in self._runs)
        return self.plain()


def shared_strings(data: bytes) -> list[Text]:
    """The table of texts that cells point into; how many it says it has is not believed."""
    strings: list[Text] = []
    collector = Collector()

    def end() -> None:
        strings.append(collector.text())
        if len(strings) > MOST_CELLS:
            raise Unreadable(TOO_LARGE)

    starts, ends = {"si": collector.clear, **collector.starts}, {"si": end, **collector.ends}
    dispatch(data, _STRINGS, starts, ends, collector.buffer.append)
    return strings


# ---- comments --------------------------------------------------------------------------------------------------

# What Excel writes for programs that know no threads: [线程批注], a paragraph of advice, then 注释: and the comment.
_ADVICE_ENDS = 2_000  # it stands at the beginning
_ADVICE = re.compile(r"\[[^\]\n]*\].*?linkid=870924\s*(?:\w+[:：]\s*)?", re.DOTALL)


class _Comments:
    """Takes the elements of a part of comments."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self.notes: dict[tuple[int, int], str] = {}
        self._collector = Collector()
        self._authors: list[str] = []
        self._head: str | None = None  # what the comment begins with, if that is bold
        self._is_bold = False
        self._comment: Attributes = {}

    def read(self, data: bytes) -> None:
        taking = self._collector
        starts = {"author": taking.clear_buffer, "comment": self._start, "b": self._embolden, **taking.starts}
        ends = {"author": self._end_author, "comment": self._end, **taking.ends, "t": self._end_text}
        dispatch(data, _COMMENTS, starts, ends, taking.buffer.append)

    def _start(self, attributes: Attributes) -> None:
        self._comment, self._head, self._is_bold = attributes, None, False
        self._collector.clear(attributes)

    def _embolden(self, _: Attributes) -> None:
        self._is_bold = True

    def _end_text(self) -> None:
        """A bold beginning that ends with a colon is what Excel puts before the comment, whatever the author's name."""
        if self._head is None:
            head = "".join(self._collector.buffer).strip()
            self._head = head[:-1] if self._is_bold and head.endswith((":", "：")) else ""
        self._collector.ends["t"]()

    def _end_author(self) -> None:
        self._authors.append("".join(self._collector.buffer))

    def _end(self) -> None:
        self._budget.work(1 + len(self._authors))
        text = self._collector.plain().replace("\r\n", "\n")
        text = _ADVICE.sub("", text[:_ADVICE_ENDS], count=1) + text[_ADVICE_ENDS:]
        self.notes[position(self._comment["ref"])] = without_author(text, self._head or "", *self._authors)


def comments(data: bytes, budget: Budget) -> dict[tuple[int, int], str]:
    """(row, column) -> comment, without its author's name."""
    comments = _Comments(budget)
    comments.read(data)
    return {place: text for place, text in comments.notes.items() if text}
