"""通报草稿.docx: what it says, its layout by GB/T 9704, and that it is a draft."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.shared import Pt

from pipeline.products import bulletin
from pipeline.rules import Finding
from tests.cases import CASES, measured, story, story_of
from tests.helpers import programme

NONE: list[Finding] = []


@pytest.fixture
def content(tmp_path: Path) -> bytes:
    of = programme(tmp_path)
    return bulletin.draft(story(of, [measured(of, {("南山村", "新建"): (10, "reported")})], {"甲镇": "late"}), NONE)


@pytest.fixture
def document(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def test_it_says_what_the_paragraph_says_and_leaves_the_rest_to_people(document: Document) -> None:
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.text] == [
        "草稿（由程序生成，未经审核）",
        "关于2023年度农村户厕改造整村推进",
        "第5周进展情况的通报",
        "各区镇（街道）：",
        "截至5月5日，全区3个整村推进村累计完成户厕改造64座，占目标任务的13.62%，其中新建38座（11.18%）、整改26座（20.00%），"
        "低于序时进度（19.13%）5.51个百分点。慢于序时进度超过1个百分点的有：乙镇（9.29%，慢序时）。应报2个区镇，已报1个，迟报1个。迟报：甲镇。",
        "一、进度排名",
        "二、存在问题",
        "乙镇慢于序时进度，速度尚无法测算，请说明进展。",
        "三、下一步要求",
        "（由办公室填写）",
        "示例区乡村振兴局（示例数据）",
        "2023年　　月　　日",
    ]


def test_the_towns_stand_by_rank(document: Document) -> None:
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["位次", "区镇", "合计完成率", "较序时（百分点）", "状态"],
        ["1", "甲镇", "20.00%", "+0.87", "按序时"],
        ["2", "乙镇", "9.29%", "−9.84", "慢序时"],
    ]


def test_the_paper_is_that_of_an_official_document(document: Document) -> None:
    section = document.sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(length.mm) for length in (section.page_width, section.page_height)] == [210, 297]
    assert [round(length.mm) for length in sides] == [37, 35, 28, 26]
    body = next(paragraph for paragraph in document.paragraphs if paragraph.text.startswith("截至"))
    assert body.paragraph_format.line_spacing == Pt(28)
    assert body.paragraph_format.first_line_indent == Pt(32)
    assert (body.runs[0].font.name, body.runs[0].font.size) == ("仿宋_GB2312", Pt(16))
    assert 'w:eastAsia="仿宋_GB2312"' in body.runs[0]._element.xml
    assert "PAGE" in section.footer._element.xml


def test_no_heading_stays_alone_at_the_foot_of_a_page(document: Document) -> None:
    kept = {paragraph.text for paragraph in document.paragraphs if paragraph.paragraph_format.keep_with_next}
    assert {"一、进度排名", "二、存在问题", "三、下一步要求"} <= kept


def test_the_same_week_gives_the_same_bytes_and_no_time(content: bytes, tmp_path: Path) -> None:
    of = programme(tmp_path)
    told = story(of, [measured(of, {("南山村", "新建"): (10, "reported")})], {"甲镇": "late"})
    assert bulletin.draft(told, NONE) == content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert b"python-docx" not in parts.read("docProps/core.xml")


@pytest.mark.parametrize("case", ["no submission", "no tasks", "hundred villages"])
def test_a_draft_can_be_made_of_every_week(tmp_path: Path, case: str) -> None:
    assert docx.Document(io.BytesIO(bulletin.draft(story_of(CASES[case], tmp_path), NONE))).paragraphs
