"""Comments, footnotes and endnotes of a Word document, without the names of those who wrote them."""

from pipeline.intake.reading.budget import Budget
from pipeline.intake.reading.package import SPACE, Attributes, Parts, dispatch, relations
from pipeline.intake.reading.runs import without_author

_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # Strict
)
_KINDS = {"comments": "comment", "footnotes": "footnote", "endnotes": "endnote"}
_NAMES = {f"{space}{SPACE}{tag}": tag for space in _SPACES for tag in (*_KINDS.values(), "p", "t")}

Notes = dict[tuple[str, str], str]  # (comment, footnote or endnote; its id) -> what it says


def notes(parts: Parts, main: str, budget: Budget) -> Notes:
    """All that the document refers to."""
    found: Notes = {}
    for kind, target in relations(parts, main).values():
        if kind in _KINDS and target in parts:
            found |= _read(parts.read(target), _KINDS[kind], budget)
    return found


def _read(data: bytes, tag: str, budget: Budget) -> Notes:
    found: Notes = {}
    note, author = "", ""
    words: list[str] = []
    buffer: list[str] = []

    def start(attributes: Attributes) -> None:
        nonlocal note, author
        named = {name.rpartition(SPACE)[2]: value for name, value in attributes.items()}
        note, author = named.get("id", ""), named.get("author", "")
        words.clear()

    def end() -> None:
        text = without_author("".join(words), author)
        budget.work(1 + (len(text) >> 4))
        words.clear()
        if text:
            found[tag, note] = text

    def end_text() -> None:
        words.append("".join(buffer))
        buffer.clear()

    starts = {tag: start, "t": lambda _: buffer.clear()}
    ends = {tag: end, "t": end_text, "p": lambda: words.append("\n")}
    dispatch(data, _NAMES, starts, ends, buffer.append)
    return found
