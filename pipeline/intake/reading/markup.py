"""Web pages named .xls: what systems export and browsers save (HTML, MHTML). Each table is a sheet."""

import email
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

from pipeline.intake.reading.book import AROUND, CELL_TEXT, RED, STRUCK, Book, Cell, Sheet, check_sheets
from pipeline.intake.reading.budget import Budget
from pipeline.intake.reading.delimited import decoded, refuse_mojibake
from pipeline.intake.reading.html_table import Table, tidied

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_MAIL = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
_COMMENT_END, _SECTION = (
    re.compile(r"--\s{0,9}>"),
    re.compile(r"<!\[[^>]{0,9999}>"),
)  # <![if …]> and <![endif]> of Office
_CLASS = re.compile(r"\.([\w-]+)")
_VOID = {"br", "col", "img", "input", "meta", "link", "hr", "wbr", "base", "area", "embed", "source", "track", "param"}
_UNSHOWN = {"script", "style", "title", "xml", "noscript", "template", "comment"}  # LibreOffice writes <comment>
_BLOCKS = {"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "center"}
_SILENT_INPUTS = {"hidden", "checkbox", "radio", "button", "submit", "reset", "image", "file", "password"}
_MOST_COLUMNS, _MOST_ROWS = 1000, 65_534  # what browsers allow one cell to span


def read(content: bytes, budget: Budget) -> Book:
    """正文, if there are words outside the tables, then 表格1, 表格2 … in the order they begin."""
    budget.work(4 * content.count(b"<") + len(content) // 32)
    page = _Page(budget)
    for text in _texts(content):
        refuse_mojibake(text)
        page.take(_closed(text))
    return Book("html", page.sheets(), page.pictures)


def _texts(content: bytes) -> Iterator[str]:
    """The page, or the pages in a saved page, those that say how the others look first."""
    if not _MAIL.search(content[:8192]):
        declared = _CHARSET.search(content[:8192])
        yield decoded(content, declared[1].decode() if declared else "")
        return
    message = email.message_from_bytes(content)
    parts = [part for part in message.walk() if part.get_content_maintype() == "text"]
    for kind, before, after in (("text/css", "<style>", "</style>"), ("text/html", "", "")):
        for part in parts:
            data = part.get_payload(decode=True)
            if part.get_content_type() == kind and isinstance(data, bytes):
                yield before + decoded(data, part.get_content_charset("")) + after


def _closed(text: str) -> str:
    """The page without what never ends: html.parser would look for its end again at every beginning.

    As browsers have it: a comment that is not closed reaches to the end of the page, a tag that is not is none.
    """
    closed = 0
    for match in _COMMENT_END.finditer(text):
        closed = match.end()
    opened = text.find("<!--", closed)
    text = _SECTION.sub("", text if opened < 0 else text[:opened])
    unfinished = text.find("<", text.rfind(">") + 1)
    return text if unfinished < 0 else text[:unfinished]


def _looks(style: str) -> frozenset[str]:
    """What a style does: STRUCK, RED, `hidden`, `raised`."""
    if not style:
        return frozenset()
    declared = re.sub(r"\s+", "", style.lower())
    looks = {
        STRUCK: re.search(r"text-decoration[\w-]*:[^;]*line-through", declared),
        RED: re.search(r"(^|;)color:(red|#ff0000|#f00|rgb\(255,0,0\))", declared),
        "hidden": re.search(r"(display:none|visibility:(hidden|collapse))", declared),
        "raised": re.search(r"vertical-align:(super|sub)(;|$)", declared),
    }
    return frozenset(look for look, match in looks.items() if match)


_TAG_LOOKS = {
    **dict.fromkeys(("s", "strike", "del"), frozenset({STRUCK})),
    **dict.fromkeys(("sup", "sub"), frozenset({"raised"})),
    **dict.fromkeys(_UNSHOWN, frozenset({"hidden"})),
}


class _Page(HTMLParser):
    """Takes pages with all their faults: cells and rows that are never closed, tags that close nothing."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(convert_charrefs=True)
        self._budget = budget
        self.pictures = 0
        self._tables: list[Table] = []
        self._around: list[str] = []
        self._classes: dict[str, frozenset[str]] = {}
        self._inside: list[Table] = []
        self._elements: list[tuple[str, frozenset[str]]] = []
        self._open: Counter[str] = Counter()  # how many elements of a name are open: most end tags close one at once
        self._active: Counter[str] = Counter()

    def take(self, text: str) -> None:
        """One page; what it leaves open ends with it."""
        self.feed(text)
        self.close()
        self.reset()
        self._cut(0)
        while self._inside:
            self._inside.pop().close()

    def sheets(self) -> list[Sheet]:
        words = Sheet(AROUND, budget=self._budget)
        lines = tidied("".join(self._around)).split("\n")
        for row, line in enumerate((line for line in lines if line.strip()), 1):
            words.put(row, 1, Cell(line, CELL_TEXT))
        return [*([words] if words.cells else []), *(table.sheet for table in self._tables)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        looks = self._looks_of(tag, attributes)
        if tag in _VOID:
            self._void(tag, attributes, looks)
            return
        if tag in _BLOCKS:
            self._add("\n")
        elif tag == "table":
            self._start_table("hidden" in looks)
            looks -= {"hidden"}
        elif tag in ("tr", "td", "th") and self._inside:
            self._start_part(self._inside[-1], tag, attributes, "hidden" in looks)
            looks -= {"hidden"} if tag == "tr" else set()
        elif tag == "option" and self._open["option"]:
            self._close(tag)
        self._elements.append((tag, looks))
        self._open[tag] += 1
        if looks:
            self._active.update(looks)

    def _looks_of(self, tag: str, attributes: dict[str, str]) -> frozenset[str]:
        looks = _TAG_LOOKS.get(tag, frozenset()) | _looks(attributes.get("style", ""))
        for name in attributes.get("class", "").split():
            looks |= self._classes.get(name, frozenset())
            looks |= {"hidden"} if name.startswith("msocom") else set()  # Excel's comments: 45[1], and the text below
        if "hidden" in attributes or (tag == "option" and "selected" not in attributes):
            looks |= {"hidden"}
        return looks | {RED} if attributes.get("color", "").lower() in ("red", "#ff0000") else looks

    def _void(self, tag: str, attributes: dict[str, str], looks: frozenset[str]) -> None:
        if tag == "br":
            self._add("\n")
        elif tag == "img":
            self.pictures += 1
        elif tag == "input" and attributes.get("type", "text").lower() not in _SILENT_INPUTS:
            self._add(attributes.get("value", ""))
        elif tag == "col" and self._inside:
            self._inside[-1].add_columns(_span(attributes, "span", _MOST_COLUMNS), "hidden" in looks)

    def _start_table(self, is_hidden: bool) -> None:
        table = Table(f"表格{len(self._tables) + 1}", len(self._elements), self._budget)
        table.sheet.hidden = is_hidden
        self._tables.append(table)
        self._inside.append(table)
        check_sheets(len(self._tables))

    def _start_part(self, table: Table, tag: str, attributes: dict[str, str], is_hidden: bool) -> None:
        """A row or a cell; what the one before it left open ends."""
        if tag == "tr":
            table.start_row(is_hidden)
            self._cut(table.row_depth)
        else:
            if is_hidden:  # a cell that is not shown takes no place
                table.end_cell()
                self._cut(table.row_depth + 1)
                return
            height = _span(attributes, "rowspan", _MOST_ROWS) or _MOST_ROWS  # 0: down to the end
            table.start_cell(height, _span(attributes, "colspan", _MOST_COLUMNS) or 1)
            self._cut(table.row_depth + 1)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._add("\n")
        elif tag in ("td", "th", "tr") and self._inside:
            self._inside[-1].end_cell()
        elif tag == "table" and self._inside:
            table = self._inside.pop()
            table.close()
            self._cut(table.depth)
            return
        if self._open[tag]:
            self._close(tag)

    def _close(self, tag: str) -> None:
        """The innermost element of that name, though never one around the table."""
        floor = self._inside[-1].depth if self._inside else -1
        for place in range(len(self._elements) - 1, floor, -1):
            if self._elements[place][0] == tag:
                self._cut(place)
                return

    def _cut(self, depth: int) -> None:
        """Close all elements that lie in more than so many others."""
        for tag, looks in self._elements[depth:]:
            self._open[tag] -= 1
            if looks:
                self._active.subtract(looks)
        del self._elements[depth:]

    def handle_data(self, data: str) -> None:
        if self._elements and self._elements[-1][0] == "style":
            self._learn(data)
        else:
            self._add(re.sub(r"[ \t\r\n\f]+", " ", data))

    def _learn(self, rules: str) -> None:
        for rule in rules.split("}"):
            selector, _, style = rule.partition("{")
            looks = _looks(style)
            if looks:
                self._classes.update(dict.fromkeys(_CLASS.findall(selector), looks))

    def _add(self, text: str) -> None:
        if self._active["hidden"] > 0:
            return
        cell = self._inside[-1].open if self._inside else None
        if cell:
            look = STRUCK if self._active[STRUCK] > 0 else RED if self._active[RED] > 0 else ""
            cell.runs.add(text, look, self._active["raised"] > 0)
        else:  # outside the tables, or a caption
            self._around.append(text)


def _span(attributes: dict[str, str], name: str, most: int) -> int:
    digits = re.match(r"\s*(\d{1,9})", attributes.get(name, ""))
    return min(int(digits[1]), most) if digits else 1
