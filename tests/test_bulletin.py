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
from tests.cases import CASES, Done, measured, story, story_of
from tests.helpers import found, programme

NONE: list[Finding] = []


@pytest.fixture
def content(tmp_path: Path) -> bytes:
    of = programme(tmp_path)
    return bulletin.draft(story(of, [measured(of, {("南山村", "新建"): (10, "reported")})], {"甲镇": "late"}), NONE)


@pytest.fixture
def document(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def paragraphs(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def test_it_says_how_far_the_work_is_what_is_wrong_and_what_is_asked(document: Document) -> None:
    assert paragraphs(document) == [
        "草稿（由程序生成，未经审核）",
        "关于2023年度农村户厕改造整村推进",
        "第5周进展情况的通报",
        "各区镇（街道）：",
        "现将有关情况通报如下：",
        "一、总体进展",
        "截至5月5日，全区3个整村推进村累计完成户厕改造64座，占目标任务的13.62%，低于序时进度（19.13%）5.51个百分点；"
        "其中新建38座（11.18%）、整改26座（20.00%）。应报2个区镇，已报1个；迟报1个：甲镇。",
        "二、存在问题",
        "1.乙镇（9.29%）进度落后（慢于序时进度超过1个百分点或未开工）。",
        "2.甲镇迟报。",
        "三、下一步要求",
        "1.乙镇要加快进度。",
        "2.各区镇要于每期截至日期17:00前报送累计完成数，没有进展的也要报送。",
        "（其他要求由办公室补充）",
        "示例区乡村振兴局（示例数据）",
        "2023年　　月　　日",
    ]


def test_each_problem_is_answered_by_a_request_and_none_is_a_question(tmp_path: Path) -> None:
    """乙镇 had 12 % of its 200 and 80 a week ago (24 and 9), one more since; 甲镇's form is sent back: 18 of its 140 新建 and
    18 of its 50 整改 are carried."""
    of = programme(tmp_path)
    earlier = measured(of, 12, "2023-04-28", before=0)
    done: Done = {("南山村", "新建"): (25, "reported"), ("南山村", "整改"): (9, "reported")}
    done |= {(village, kind): (9, "carried") for village in ("东河村", "西河村") for kind in ("新建", "整改")}
    told = story(of, [earlier, measured(of, done, earlier=earlier)], {"甲镇": "returned"})
    over = found("over_target", "query", town="乙镇", village="南山村", kind="整改")
    said = paragraphs(docx.Document(io.BytesIO(bulletin.draft(told, [over]))))
    assert said[said.index("二、存在问题") + 1 : -3] == [
        "1.乙镇（12.14%）进度落后（慢于序时进度超过1个百分点或未开工），近一周速度达不到按期完成的要求。",
        "2.甲镇新建（12.86%）按上次累计数计算，进度落后。",
        "3.甲镇报表存在差错，已退回。",
        "4.乙镇南山村整改填报数超过目标任务，正在核实。",
        "三、下一步要求",
        "1.乙镇要查明堵点、倒排工期，今后每周需完成11.6座；甲镇要加快进度。",
        "2.甲镇要改正后重报。",
        "3.各区镇要于每期截至日期17:00前报送累计完成数，没有进展的也要报送。",
    ]


def test_after_the_end_nobody_is_called_slow(tmp_path: Path) -> None:
    """97 % are 97 + 38 + 194 新建, 48 + 77 整改; 95 % were 446."""
    said = paragraphs(docx.Document(io.BytesIO(bulletin.draft(story_of(CASES["after the end"], tmp_path), NONE))))
    assert said[6:-3] == [
        "截至10月13日，全区3个整村推进村累计完成户厕改造454座，占目标任务的96.60%，已到期，尚缺16座；其中新建329座（96.76%）、"
        "整改125座（96.15%）。本周新增8座。2个区镇全部报送。",
        "二、存在问题",
        "已到期，仍未完成的有：甲镇（尚缺7座）、乙镇（尚缺9座）。",
        "三、下一步要求",
        "1.甲镇、乙镇要明确完成时间，尽快完成剩余任务。",
        "2.各区镇要于每期截至日期17:00前报送累计完成数，没有进展的也要报送。",
    ]


def test_the_towns_stand_by_rank(document: Document) -> None:
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["位次", "区镇", "新建", "整改", "合计", "较序时\n（百分点）", "状态"],
        ["1", "甲镇", "20.00%", "20.00%", "20.00%", "+0.87", "按序时"],
        ["2", "乙镇", "5.00%", "20.00%", "9.29%", "−9.84", "慢序时"],
    ]


def test_it_is_a_chinese_document_of_the_office_without_the_templates_picture(
    content: bytes, document: Document
) -> None:
    about = document.core_properties
    assert (about.author, about.title, about.language) == (
        "示例区乡村振兴局（示例数据）", "关于2023年度农村户厕改造整村推进第5周进展情况的通报", "zh-CN"
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if "thumbnail" in name]
        assert b'w:eastAsia="zh-CN"' in parts.read("word/styles.xml")


def test_the_date_stands_four_characters_from_the_edge_and_the_office_over_its_middle(document: Document) -> None:
    """The office has 14 characters, the date nine (its four digits are two): half of five to the right of four."""
    office, date = document.paragraphs[-2:]
    assert [line.paragraph_format.right_indent for line in (office, date)] == [Pt(24), Pt(64)]


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
    assert {"一、总体进展", "二、存在问题", "三、下一步要求"} <= kept


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
