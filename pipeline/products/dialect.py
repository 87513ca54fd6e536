"""A workbook of openpyxl as Office writes it: many programs that read .xlsx know that dialect only.

Parts point to one another by relative paths (exceljs breaks on others), texts stand once in a list of their own, the
list of contents comes first, and no program is named as the one that wrote it.
"""

import posixpath
import re

from pipeline.products.packing import Parts

_CONTENTS, _ROOT, _BOOK = "[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ABSOLUTE = re.compile(rb'(?<= Target=")/([^"]+)')
_WRITER = re.compile(rb"<Application>.*</AppVersion>", re.DOTALL)
_INLINE = re.compile(rb't="inlineStr"><is>(<t\b.*?</t>)</is>', re.DOTALL)
_TEXTS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="%d" uniqueCount="%d">%s</sst>'
_TEXTS_TYPE = (
    b'<Override PartName="/xl/sharedStrings.xml"'
    b' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
_TEXTS_RELATION = (
    b'<Relationship Id="rIdTexts" Target="sharedStrings.xml"'
    b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>'
)


def of_office(parts: Parts) -> Parts:
    """The same workbook in Office's dialect."""
    parts = _with_shared_texts(parts)
    parts = {name: _related(name, content) if name.endswith(".rels") else content for name, content in parts.items()}
    parts["docProps/app.xml"] = _WRITER.sub(b"", parts["docProps/app.xml"])
    order = sorted(parts, key=lambda name: (name != _CONTENTS, name != _ROOT))
    return {name: _declared(parts[name]) for name in order}


def _with_shared_texts(parts: Parts) -> Parts:
    """Every text of every cell once in sharedStrings.xml, and its number in the cell."""
    numbers: dict[bytes, int] = {}
    count = 0

    def numbered(text: re.Match[bytes]) -> bytes:
        nonlocal count
        count += 1
        return b't="s"><v>%d</v>' % numbers.setdefault(text[1], len(numbers))

    shared = {
        name: _INLINE.sub(numbered, content) if name.startswith("xl/worksheets/sheet") else content
        for name, content in parts.items()
    }
    texts = b"".join(b"<si>%s</si>" % text for text in numbers)
    shared["xl/sharedStrings.xml"] = _TEXTS % (count, len(numbers), texts)
    shared[_CONTENTS] = shared[_CONTENTS].replace(b"</Types>", _TEXTS_TYPE)
    shared[_BOOK] = shared[_BOOK].replace(b"</Relationships>", _TEXTS_RELATION)
    return shared


def _related(name: str, content: bytes) -> bytes:
    """The relations of a part with targets relative to the folder of the part: xl/worksheets/_rels/sheet2.xml.rels is
    of xl/worksheets/sheet2.xml."""
    folder = posixpath.dirname(posixpath.dirname(name)) or "."
    return _ABSOLUTE.sub(lambda target: posixpath.relpath(target[1].decode(), folder).encode(), content)


def _declared(content: bytes) -> bytes:
    return content if content.startswith(b"<?xml") else _DECLARATION + content
