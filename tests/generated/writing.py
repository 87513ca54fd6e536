"""A generated form as a file: where its cells stand, and the parts of an .xlsx around them; or lines of a .csv."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from tests.generated.plans import Cell, Column, Put, Sent, Sheet
from tests.messes import builders

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HIDDEN_ROW, _HIDDEN_TAB = ' hidden="1"', ' state="hidden"'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass
class Laid:
    """A tab as laid out, counted from 1."""

    cells: dict[tuple[int, int], Put] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)  # row, column, height, width
    hidden_rows: set[int] = field(default_factory=set)
    rows: int = 0

    def put(self, row: int, column: int, cell: Cell) -> None:
        self.rows = max(self.rows, row)
        if cell is not None:
            self.cells[row, column] = cell if isinstance(cell, Put) else Put(cell)

    def merge(self, row: int, column: int, height: int, width: int) -> None:
        if (height, width) != (1, 1):
            self.merges.append((row, column, height, width))


def written(sent: Sent) -> bytes:
    """The file's bytes."""
    if sent.text:
        return sent.text.encode()
    suffix = sent.file.rpartition(".")[2]
    if suffix == "csv":
        return _csv(laid(sent.sheets[0]))
    if suffix != "xlsx":
        text = "\n".join(drawn(laid(sent.sheets[0])))
        return builders.html(text) if suffix == "xls" else builders.docx(text)
    return workbook(sent.sheets, sent.uncalculated)


def laid(sheet: Sheet) -> Laid:
    """Where everything stands."""
    to, width = Laid(), max(len(sheet.columns), 1)
    for text in sheet.above:
        to.put(to.rows + 1, 1, text.words)
        if sheet.merged_heading:
            to.merge(to.rows, 1, 1, width)
    if sheet.columns:
        _heading(to, sheet)
        for line in sheet.lines:
            to.rows += 1
            for at, cell in enumerate(line[:width], 1):
                to.put(to.rows, at, cell)
        _villages(to, sheet)
    for text in sheet.below:
        to.put(to.rows + 1, 1, text.words)
    for block in sheet.under:
        _below(to, laid(block))
    return to


def _below(to: Laid, block: Laid) -> None:
    """A second table under the first, after an empty row."""
    down = to.rows + 1
    to.cells.update({(row + down, column): put for (row, column), put in block.cells.items()})
    to.merges += [(row + down, *rest) for row, *rest in block.merges]
    to.rows += block.rows + 1


def _heading(to: Laid, sheet: Sheet) -> None:
    top, depth = to.rows + 1, max(len(column.head) for column in sheet.columns)
    for level in range(depth):
        at = 0
        while at < len(sheet.columns):
            head = sheet.columns[at].head
            width = _span(sheet.columns, at, level)
            if level < len(head):
                is_last = level == len(head) - 1
                to.put(top + level, at + 1, head[level])
                if sheet.merged_heading:
                    to.merge(top + level, at + 1, depth - level if is_last else 1, width)
            at += width
    to.rows = top + depth - 1


def _span(columns: tuple[Column, ...], at: int, level: int) -> int:
    """How many neighbours share this heading down to the level; what ends here stands for itself."""
    head = columns[at].head
    if level >= len(head) - 1:
        return 1
    width = 1
    while at + width < len(columns) and columns[at + width].head[: level + 1] == head[: level + 1]:
        width += 1
    return width


def _villages(to: Laid, sheet: Sheet) -> None:
    if sheet.total and sheet.total_first:
        _total(to, sheet)
    first, count = to.rows + 1, max(len(column.cells) for column in sheet.columns)
    for index in range(count):
        row = to.rows + (2 if sheet.blank_rows and index else 1)
        to.rows = row
        for at, column in enumerate(sheet.columns, 1):
            to.put(row, at, _placed(column.cells[index], row))
        if index in sheet.hidden_rows:
            to.hidden_rows.add(row)
    for at, column in enumerate(sheet.columns, 1):
        joined = {"town": sheet.merged_towns, "village": sheet.merged_villages}.get(column.says, False)
        if joined and not sheet.blank_rows:
            _join(to, column, first, at)
        for says, index in sheet.joined:
            if says == column.says:
                to.merge(first + index, at, 2, 1)
    if sheet.total and not sheet.total_first:
        _total(to, sheet)


def _join(to: Laid, column: Column, first: int, at: int) -> None:
    """Equal neighbours as one merged cell."""
    index = 0
    while index < len(column.cells):
        height = 1
        while index + height < len(column.cells) and column.cells[index + height] in (column.cells[index], None):
            to.cells.pop((first + index + height, at), None)
            height += 1
        to.merge(first + index, at, height, 1)
        index += height


def _placed(cell: Cell, row: int) -> Cell:
    if isinstance(cell, Put) and "{r}" in cell.formula:
        return Put(cell.value, cell.format, cell.formula.replace("{r}", str(row)))
    return cell


def _total(to: Laid, sheet: Sheet) -> None:
    row = to.rows + 1
    to.rows = row
    for at, column in enumerate(sheet.columns, 1):
        to.put(row, at, sheet.total if column.says == sheet.total_under else column.total)


# ---- .xlsx -----------------------------------------------------------------------------------------------------


def workbook(sheets: tuple[Sheet, ...], uncalculated: bool = False) -> bytes:
    """An .xlsx as Excel saves it; uncalculated: as a library does that leaves the calculating to Excel."""
    formats: dict[str, int] = {"General": 0}
    strings: dict[str, int] = {}
    tabs = [laid(sheet) for sheet in sheets]
    parts = {
        f"xl/worksheets/sheet{number}.xml": _sheet(sheet, tab, formats, strings)
        for number, (sheet, tab) in enumerate(zip(sheets, tabs, strict=True), 1)
    }
    chain = "".join(
        f'<c r="{_name(*at)}" i="{number}"/>'
        for number, tab in enumerate(tabs, 1)
        for at, put in tab.cells.items()
        if put.formula
    )
    parts["xl/workbook.xml"] = _book(sheets, uncalculated)
    parts["xl/styles.xml"] = _styles(formats)
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{"".join(f"<si>{_text(s)}</si>" for s in strings)}</sst>'
    if chain and not uncalculated:
        parts["xl/calcChain.xml"] = f'<calcChain xmlns="{_MAIN}">{chain}</calcChain>'
    parts["xl/_rels/workbook.xml.rels"] = _relations(len(sheets), "xl/calcChain.xml" in parts)
    parts["_rels/.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    )
    parts["[Content_Types].xml"] = _types(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, part in parts.items():
            packed.writestr(name, _XML + part)
    return stream.getvalue()


def _sheet(sheet: Sheet, tab: Laid, formats: dict[str, int], strings: dict[str, int]) -> str:
    rows: dict[int, list[str]] = {}
    for at, put in sorted(tab.cells.items()):
        rows.setdefault(at[0], []).append(_cell(at, put, formats, strings))
    body = "".join(
        f'<row r="{row}"{_HIDDEN_ROW if row in tab.hidden_rows else ""}>{"".join(cells)}</row>'
        for row, cells in rows.items()
    )
    hidden = "".join(
        f'<col min="{at}" max="{at}" width="9" hidden="1"/>'
        for at, column in enumerate(sheet.columns, 1)
        if column.hidden
    )
    merges = "".join(
        f'<mergeCell ref="{_name(row, column)}:{_name(row + height - 1, column + width - 1)}"/>'
        for row, column, height, width in tab.merges
    )
    columns = f"<cols>{hidden}</cols>" if hidden else ""
    merged = f"<mergeCells>{merges}</mergeCells>" if merges else ""
    return f'<worksheet xmlns="{_MAIN}">{columns}<sheetData>{body}</sheetData>{merged}</worksheet>'


def _cell(at: tuple[int, int], put: Put, formats: dict[str, int], strings: dict[str, int]) -> str:
    style = formats.setdefault(put.format, len(formats))
    opened = f'<c r="{_name(*at)}"' + (f' s="{style}"' if style else "")
    formula = f"<f>{escape(put.formula)}</f>" if put.formula else ""
    if put.value is None:
        return f"{opened}>{formula}</c>"
    if isinstance(put.value, str):
        if formula:
            kind = "e" if put.value.startswith("#") else "str"
            return f'{opened} t="{kind}">{formula}<v>{escape(put.value)}</v></c>'
        return f'{opened} t="s"><v>{strings.setdefault(put.value, len(strings))}</v></c>'
    return f"{opened}>{formula}<v>{put.value!r}</v></c>"


def _text(text: str) -> str:
    return f'<t xml:space="preserve">{escape(text)}</t>'


def _name(row: int, column: int) -> str:
    return f"{letters(column)}{row}"


def letters(column: int) -> str:
    """1 -> A"""
    high, low = divmod(column - 1, 26)
    return ("" if high == 0 else chr(64 + high)) + chr(65 + low)


def _book(sheets: tuple[Sheet, ...], uncalculated: bool) -> str:
    tabs = "".join(
        f'<sheet name="{escape(sheet.name, {chr(34): "&quot;"})}" sheetId="{number}" r:id="rId{number}"'
        f"{_HIDDEN_TAB if sheet.hidden else ''}/>"
        for number, sheet in enumerate(sheets, 1)
    )
    calc = '<calcPr calcId="124519" fullCalcOnLoad="1"/>' if uncalculated else '<calcPr calcId="191029"/>'
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><fileVersion appName="xl" lastEdited="7"/>'
        f"<sheets>{tabs}</sheets>{calc}</workbook>"
    )


def _styles(formats: dict[str, int]) -> str:
    numbered = [
        f'<numFmt numFmtId="{163 + place}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for code, place in formats.items()
        if place
    ]
    styles = "".join(
        f'<xf numFmtId="{163 + place if place else 0}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for place in formats.values()
    )
    listed = f'<numFmts count="{len(numbered)}">{"".join(numbered)}</numFmts>' if numbered else ""
    return (
        f'<styleSheet xmlns="{_MAIN}">{listed}<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
        '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" '
        f'borderId="0"/></cellStyleXfs><cellXfs count="{len(formats)}">{styles}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _relations(sheets: int, has_chain: bool) -> str:
    kinds = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, sheets + 1)]
    kinds += [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    kinds += [("calcChain", "calcChain.xml")] if has_chain else []
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(kinds, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{listed}</Relationships>'


def _types(parts: dict[str, str]) -> str:
    kinds = {"xl/workbook.xml": "sheet.main", "xl/styles.xml": "styles", "xl/sharedStrings.xml": "sharedStrings",
             "xl/calcChain.xml": "calcChain"}  # fmt: skip
    listed = "".join(
        f'<Override PartName="/{name}" ContentType="{_KIND}.{kinds.get(name, "worksheet")}+xml"/>'
        for name in parts
        if not name.endswith(".rels")
    )
    return (
        f'<Types xmlns="{_TYPES}"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{listed}</Types>'
    )


# ---- as text ------------------------------------------------------------------------------------------------------


def merged(tab: Laid) -> dict[tuple[int, int], str]:
    """< and ^ for the places that are merged with the cell beside or above."""
    return {
        (row + down, column + right): "<" if right else "^"
        for row, column, height, across in tab.merges
        for down in range(height)
        for right in range(across)
        if down or right
    }


def drawn(tab: Laid) -> Iterator[str]:
    """A line a row as `builders.grid` reads it: < and ^ are merged with the cell beside or above."""
    covered = merged(tab)
    width = max((column for _, column in tab.cells), default=0)
    for row in range(1, tab.rows + 1):
        puts = [tab.cells.get((row, column)) for column in range(1, width + 1)]
        shown = [
            covered.get((row, at), "") if put is None or put.value is None else str(put.value).replace("\n", "\\n")
            for at, put in enumerate(puts, 1)
        ]
        yield " | ".join(shown) if any(shown) else "."


def _csv(tab: Laid) -> bytes:
    """As Excel saves it in China: GB18030, merged cells empty but for the first."""
    width = max(column for _, column in tab.cells)
    return "".join(",".join(fields) + "\r\n" for fields in _fields(tab, width)).encode("gb18030")


def _fields(tab: Laid, width: int) -> Iterator[list[str]]:
    for row in range(1, tab.rows + 1):
        puts = (tab.cells.get((row, column)) for column in range(1, width + 1))
        yield [_quoted("" if put is None or put.value is None else str(put.value)) for put in puts]


def _quoted(text: str) -> str:
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if any(sign in text for sign in ',"\n') else text
