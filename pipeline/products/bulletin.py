"""通报草稿.docx: progress, problems and requests laid out as an official document, for the office to finish.

Layout of GB/T 9704-2012: A4, margins 37/35/28/26 mm, body 16 pt 仿宋 with 28 pt lines, title 22 pt 小标宋, headings 黑体,
page numbers 14 pt outside. No red head, no number of the document.
"""

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from pipeline.printing import DASH, number, percent, points
from pipeline.products import packing, sentences
from pipeline.products.sentences import Story
from pipeline.records import KINDS, Kind
from pipeline.rules import Finding

FILE_NAME = "通报草稿.docx"
_BODY, _HEAD, _TITLE, _PAGE = ("仿宋_GB2312", 16.0), ("黑体", 16.0), ("方正小标宋简体", 22.0), ("宋体", 14.0)
_CELL = ("仿宋_GB2312", 12.0)
_LINE, _LANGUAGE = Pt(28), "zh-CN"
_WIDTHS = (14, 34, 20, 20, 20, 26, 22)  # of the table's columns, in mm: 156 together
_MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}

Face = tuple[str, float]  # font, size in points


def draft(story: Story, findings: Sequence[Finding]) -> bytes:
    """The document as bytes; every figure is a published one of `completion`."""
    document = docx.Document()
    _page(document)
    _properties(document, story)
    _say(document, "草稿（由程序生成，未经审核）", _HEAD, align=ALIGN.RIGHT)
    for line in _title(story):
        _say(document, line, _TITLE, align=ALIGN.CENTER, height=Pt(34))
    _say(document, "")
    _say(document, f"{_addressed(story.words.each)}：")
    _say(document, "现将有关情况通报如下：", indent=True)
    _say(document, "一、总体进展", _HEAD, indent=True)
    _say(document, sentences.overall(story), indent=True)
    _ranks(document, story)
    _say(document, "二、存在问题", _HEAD, indent=True)
    _listed(document, sentences.problems(story, findings) or ["暂未发现突出问题。"])
    _say(document, "三、下一步要求", _HEAD, indent=True)
    _listed(document, [*sentences.requests(story, findings), "（其他要求由办公室补充）"])
    _say(document, "")
    _signature(document, story.programme.office, f"{story.week.year}年　　月　　日")
    written = io.BytesIO()
    document.save(written)
    return packing.frozen(written.getvalue())


def _title(story: Story) -> tuple[str, str]:
    return f"关于{story.programme.title}", f"第{story.number}周进展情况的通报"


def _addressed(each: str) -> str:
    """各区镇（街道）: towns may be called 街道 too."""
    return f"{each}（街道）" if each.endswith("镇") else each


def _listed(document: Document, said: Sequence[str]) -> None:
    """1.…, 2.…; what stands in brackets is for the office and has no number."""
    whole = [sentence for sentence in said if not sentence.startswith("（")]
    for sentence in (*sentences.numbered(whole), *(sentence for sentence in said if sentence not in whole)):
        _say(document, sentence, indent=True)


def _signature(document: Document, office: str, date: str) -> None:
    """The date four characters from the right edge, the office over its middle, as GB/T 9704 has it where a seal is put."""
    over = max(0.0, 4 - (_breadth(office) - _breadth(date)) / 2)
    for words, right in ((office, over), (date, 4.0)):
        _say(document, words, align=ALIGN.RIGHT).paragraph_format.right_indent = Pt(right * _BODY[1])


def _breadth(words: str) -> float:
    """In characters; a digit takes half of one."""
    return sum(0.5 if sign.isascii() else 1.0 for sign in words)


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, width in _MARGINS.items():
        setattr(section, name, Mm(width))
    section.footer_distance = Mm(28)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, align in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        for part in ("— ", "PAGE", " —"):
            _number(paragraph) if part == "PAGE" else _face(paragraph.add_run(part), _PAGE)


def _properties(document: Document, story: Story) -> None:
    """What Word and the file manager say of it; without the picture that comes with python-docx's own template."""
    about = document.core_properties
    about.author, about.comments, about.title = story.programme.office, "", "".join(_title(story))
    about.language = _LANGUAGE
    package = document.part.package
    for name in [name for name, rel in package.rels.items() if rel.reltype.endswith("/thumbnail")]:
        del package.rels[name]
    for language in document.styles.element.iter(qn("w:lang")):  # Latin stays English: else numbers are broken in two
        language.set(qn("w:eastAsia"), _LANGUAGE)


def _say(document: Document, words: str, face: Face = _BODY, align: Any = None, height: Any = _LINE,
         indent: bool = False) -> Paragraph:  # fmt: skip
    """One paragraph; indent: its first line by two characters."""
    paragraph = document.add_paragraph()
    _face(paragraph.add_run(words), face)
    look = paragraph.paragraph_format
    look.line_spacing, look.space_before, look.space_after = height, Pt(0), Pt(0)
    look.keep_with_next = face == _HEAD  # no heading at the foot of a page
    paragraph.alignment = align
    if indent:
        look.first_line_indent = Pt(2 * face[1])
    return paragraph


def _ranks(document: Document, story: Story) -> None:
    """The towns by rank; those without one after them."""
    if not story.towns:
        return
    ranked = sorted(story.towns, key=lambda row: row.rank or 1_000)
    head = ("位次", story.words.member, *KINDS, Kind.TOTAL, "较序时\n（百分点）", "状态")
    table = document.add_table(rows=1 + len(ranked), cols=len(head), style="Table Grid")
    for column, width in zip(table.columns, _WIDTHS, strict=True):  # read by WPS; Word goes by the cells
        column.width = Mm(width)
    _fill(table, 0, head, ("黑体", 12.0))
    for place, row in enumerate(ranked, 1):
        rates = {one.kind: percent(one.rate) for one in story.kinds(row.town)}
        kinds = (rates.get(kind, DASH) for kind in KINDS)
        _fill(table, place, (number(row.rank), row.town, *kinds, percent(row.rate), points(row.gap), row.state), _CELL)
    first = table.rows[0]._tr.get_or_add_trPr()
    first.append(OxmlElement("w:tblHeader"))
    if any(row.is_carried for row in ranked):
        _say(document, "注：不排位次的，完成率按上次累计数计算。", _CELL, indent=True)


def _fill(table: Table, place: int, words: tuple[str, ...], face: Face) -> None:
    for cell, text, width in zip(table.rows[place].cells, words, _WIDTHS, strict=True):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        paragraph.alignment = ALIGN.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        _face(paragraph.add_run(text), face)


def _face(run: Any, face: Face) -> None:
    """The face for Latin and for Chinese letters."""
    run.font.name, run.font.size = face[0], Pt(face[1])
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face[0])


def _number(paragraph: Paragraph) -> None:
    """The field that prints the page's number."""
    run = paragraph.add_run()
    _face(run, _PAGE)
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = words
        run._element.append(element)
