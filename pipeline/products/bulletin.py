"""通报草稿.docx: the week's paragraph, ranks and problems laid out as an official document, for the office to finish.

Layout of GB/T 9704-2012: A4, margins 37/35/28/26 mm, body 16 pt 仿宋 with 28 pt lines, title 22 pt 小标宋, headings 黑体,
page numbers 14 pt outside. No red head, no number of the document; what is to be done next is left to people.
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

from pipeline.printing import number, percent, points
from pipeline.products import packing, sentences
from pipeline.products.sentences import Story
from pipeline.rules import Finding

FILE_NAME = "通报草稿.docx"
_BODY, _HEAD, _TITLE, _PAGE = ("仿宋_GB2312", 16.0), ("黑体", 16.0), ("方正小标宋简体", 22.0), ("宋体", 14.0)
_CELL = ("仿宋_GB2312", 12.0)
_LINE = Pt(28)
_MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}

Face = tuple[str, float]  # font, size in points


def draft(story: Story, findings: Sequence[Finding]) -> bytes:
    """The document as bytes; every figure is a published one of `completion`."""
    document = docx.Document()
    _page(document)
    _say(document, "草稿（由程序生成，未经审核）", _HEAD, align=ALIGN.RIGHT)
    for line in (f"关于{story.programme.title}", f"第{story.number}周进展情况的通报"):
        _say(document, line, _TITLE, align=ALIGN.CENTER, height=Pt(34))
    _say(document, "")
    _say(document, "各区镇（街道）：")
    _say(document, sentences.paragraph(story), indent=True)
    _say(document, "一、进度排名", _HEAD, indent=True)
    _ranks(document, story)
    _say(document, "二、存在问题", _HEAD, indent=True)
    for matter in sentences.numbered(sentences.matters(story, findings)) or ["暂未发现突出问题。"]:
        _say(document, matter, indent=True)
    _say(document, "三、下一步要求", _HEAD, indent=True)
    _say(document, "（由办公室填写）", indent=True)
    _say(document, "")
    for line in (story.programme.office, f"{story.week.year}年　　月　　日"):
        _say(document, line, align=ALIGN.RIGHT)
    written = io.BytesIO()
    document.save(written)
    return packing.frozen(written.getvalue())


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
    properties = document.core_properties
    properties.author, properties.comments, properties.title = "", "", "通报草稿"


def _say(document: Document, words: str, face: Face = _BODY, align: Any = None, height: Any = _LINE,
         indent: bool = False) -> None:  # fmt: skip
    """One paragraph; indent: its first line by two characters."""
    paragraph = document.add_paragraph()
    _face(paragraph.add_run(words), face)
    look = paragraph.paragraph_format
    look.line_spacing, look.space_before, look.space_after = height, Pt(0), Pt(0)
    look.keep_with_next = face == _HEAD  # no heading at the foot of a page
    paragraph.alignment = align
    if indent:
        look.first_line_indent = Pt(2 * face[1])


def _ranks(document: Document, story: Story) -> None:
    """The towns by rank; those without one after them."""
    ranked = sorted(story.towns, key=lambda row: row.rank or 1_000)
    head = ("位次", "区镇", "合计完成率", "较序时（百分点）", "状态")
    table = document.add_table(rows=1 + len(ranked), cols=len(head), style="Table Grid")
    _fill(table, 0, head, ("黑体", 12.0))
    for place, row in enumerate(ranked, 1):
        _fill(table, place, (number(row.rank), row.town, percent(row.rate), points(row.gap), row.state), _CELL)
    first = table.rows[0]._tr.get_or_add_trPr()
    first.append(OxmlElement("w:tblHeader"))


def _fill(table: Table, place: int, words: tuple[str, ...], face: Face) -> None:
    for cell, text in zip(table.rows[place].cells, words, strict=True):
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
