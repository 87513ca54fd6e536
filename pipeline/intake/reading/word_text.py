"""The text of a Word document as it is seen: runs and how they look, controls, fields, symbols, equations.

What it is put into, a cell or a paragraph, is not its business: it hands on one piece after the other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pipeline.intake.reading.book import RED, STRUCK
from pipeline.intake.reading.budget import Budget
from pipeline.intake.reading.package import SPACE, Attributes
from pipeline.intake.reading.word_fields import Field
from pipeline.intake.reading.word_signs import is_of_pictures, pictured, symbol

OFF = ("0", "false", "off")
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LOOKS = ("strike", "dstrike", "vanish", "color", "vertAlign", "position")
_IN_RUNS = {*_SIGNS, *_LOOKS, "sym", "rFonts"}
_TEXTS = ("r", "t", "mathText")
_FIELD = ("fldChar", "fldSimple", "instrText")
_FORM_FIELD = ("result", "default", "listEntry", "checked")
_CONTROL = ("sdt", "showingPlcHdr")
WORDS = {"r", "t", *_IN_RUNS, *_FIELD, *_FORM_FIELD, *_CONTROL}
# Parts of an equation that are not written one after the other: 1 over 2 is not 12.
BUILT = (
    "f", "sSup", "sSub", "sSubSup", "sPre", "rad", "d", "nary", "func", "m", "eqArr", "acc", "bar", "groupChr", "limLow",
    "limUpp", "borderBox", "box", "phant",
)  # fmt: skip


@dataclass
class _Equation:
    """One equation: its pieces, and whether they stand one after the other."""

    pieces: list[str] = field(default_factory=list)
    is_built: bool = False

    def shown(self) -> str:
        return f"［公式 {' '.join(self.pieces)}］" if self.is_built else "".join(self.pieces)


class Text:
    """Takes the elements in WORDS, and `oMath`, `mathText`, `built` of equations; gives (text, look, is raised)."""

    def __init__(self, give: Callable[[str, str, bool], None], budget: Budget) -> None:
        self._give, self._budget = give, budget
        self._in_run = self._in_text = self._in_instruction = False
        self._looks: set[str] = set()
        self._font = ""
        self._prompts: list[bool] = []  # controls that are being read: whether they show their prompt
        self._fields: list[Field] = []
        self._equation: _Equation | None = None

    @property
    def is_prompt(self) -> bool:
        """Whether what follows is what a control asks for, and nobody's answer."""
        return any(self._prompts)

    @property
    def depth(self) -> int:
        """How many controls and fields are open: what each piece is asked of."""
        return len(self._fields) + len(self._prompts)

    def start(self, tag: str, attributes: Attributes) -> bool:
        """Whether the element is one of these."""
        if tag in _IN_RUNS:
            if self._in_run:
                self._in_a_run(tag, attributes)
        elif tag in _TEXTS:
            self._start_text(tag)
        elif tag in _CONTROL:
            self._start_control(tag, value_of(attributes))
        elif tag in _FIELD:
            self._start_field(tag, attributes)
        elif tag in _FORM_FIELD:
            if self._fields:
                self._fields[-1].set(tag, value_of(attributes, missing="1"))
        elif tag in ("oMath", "built"):
            self._start_equation(tag)
        else:
            return False
        return True

    def end(self, tag: str) -> None:
        if tag in ("r", "mathText"):
            self._in_run = self._in_text = False
        elif tag == "t":
            self._in_text = False
        elif tag == "instrText":
            self._in_instruction = False
        elif tag == "oMath" and self._equation:
            equation, self._equation = self._equation, None
            self._add(equation.shown())
        elif tag == "fldSimple" and self._fields:
            self._end_field()
        elif tag == "sdt" and self._prompts:
            self._prompts.pop()

    def text(self, data: str) -> None:
        if self._in_instruction and self._fields:
            self._fields[-1].instruction += data
        elif self._in_text and self._equation:
            self._equation.pieces.append(data)
        elif self._in_text:
            self._add(pictured(data, self._font) if is_of_pictures(self._font) else data)

    def end_fields(self) -> None:
        """Here ends a cell, or another begins: a field that never ends must not hide what comes after it."""
        while any(not of.has_result for of in self._fields):
            self._end_field()

    def _start_text(self, tag: str) -> None:
        if tag == "r":
            self._looks, self._font = set(), ""
        self._in_run, self._in_text = True, tag != "r"

    def _in_a_run(self, tag: str, attributes: Attributes) -> None:
        if tag in _LOOKS:
            self._looks |= _look(tag, value_of(attributes))
        elif tag == "rFonts":
            self._font = value_of(attributes, "ascii")
        elif tag == "sym":
            self._add(symbol(value_of(attributes, "font"), int(value_of(attributes, "char"), 16)))
        else:
            self._add(_SIGNS[tag])

    def _start_control(self, tag: str, value: str) -> None:
        if tag == "sdt":
            self._prompts.append(False)
        elif self._prompts and value not in OFF:
            self._prompts[-1] = True

    def _start_field(self, tag: str, attributes: Attributes) -> None:
        kind = value_of(attributes, "fldCharType")
        if tag == "fldSimple":
            self._fields.append(Field(value_of(attributes, "instr"), has_result=True))
        elif tag == "instrText":
            self._in_instruction = True
        elif kind == "begin":
            self._fields.append(Field())
        elif self._fields and kind == "separate":
            self._fields[-1].has_result = True
        elif self._fields and kind == "end":
            self._end_field()

    def _end_field(self) -> None:
        self._add(self._fields.pop().unsaid())

    def _start_equation(self, tag: str) -> None:
        if tag == "oMath":
            self._equation, self._looks, self._font = _Equation(), set(), ""
        elif self._equation:
            self._equation.is_built = True

    def _add(self, text: str) -> None:
        self._budget.work(self.depth * (1 + (len(text) >> 4)))
        is_shown = "vanish" not in self._looks and not self.is_prompt and all(of.has_result for of in self._fields)
        if text and is_shown:
            for of in self._fields:
                of.result += text
            look = STRUCK if STRUCK in self._looks else RED if RED in self._looks else ""
            self._give(text, look, "raised" in self._looks)


def value_of(attributes: Mapping[str, str], name: str = "val", missing: str = "") -> str:
    """An attribute in the namespace of its element."""
    return next((value for key, value in attributes.items() if key.endswith(SPACE + name)), missing)


def _look(tag: str, value: str) -> set[str]:
    """What a property of a run does to how it looks."""
    if tag == "vertAlign":
        return {"raised"} if value in ("superscript", "subscript") else set()
    if tag == "position":  # how LibreOffice raises
        return {"raised"} if value.strip("-0") else set()
    if tag == "color":
        return {RED} if value.upper() == "FF0000" else set()
    if value in OFF:
        return set()
    return {"vanish"} if tag == "vanish" else {STRUCK}
