"""Small inputs after public bug reports: what stands in lines, in Word, over a form, in a container; their neighbours.

A letter names the kind: c CSV, w Word, b text boxes, m comments, v containers, p Chinese numerals.
"""

import io
import zipfile

import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from tests.messes import builders as make
from tests.messes.office import DAY
from tests.weeks import BEGUN, FIRST, FORM, TRUTH, Desk, exact, safe, told, unused

# ---- c: lines of text ---------------------------------------------------------------------------------------------

COMMAS = "区镇,整村推进村,目标任务新建,目标任务整改,完成新建,完成整改,备注"


def lines(first: str, second: str = "包场镇,盐河村,165,0,12,0,") -> bytes:
    return f"{COMMAS}\r\n{first}\r\n{second}\r\n".encode("gb18030")


@pytest.mark.parametrize(
    "row", ['="包场镇","盐灶村",="420",="180",="45",="24",', '="包场镇",="盐灶村","=""420""",180,"=""45""",24,']
)
def test_c_a_number_kept_as_text_for_excel_is_the_number(desk: Desk, row: str) -> None:
    assert exact(desk.send(lines(row), "包场镇.csv")) == ""


@pytest.mark.parametrize(
    "row", ["包场镇,盐灶村,1,420,180,45,24,", "包场镇,盐灶村,420,180,1,045,24,", "包场镇,盐灶村,420,180,45,1,024,"]
)
def test_c_a_row_with_a_field_too_many_is_never_shifted(desk: Desk, row: str) -> None:
    assert unused(desk.send(lines(row), "包场镇.csv"), "盐灶村 新建", "盐灶村 整改") == ""


@pytest.mark.parametrize("row", ["包场镇,盐灶村,420,180,45", "包场镇,盐灶村,180,45,24,"])
def test_c_nor_is_one_with_a_field_too_few(desk: Desk, row: str) -> None:
    assert safe(desk.send(lines(row), "包场镇.csv")) == ""


@pytest.mark.parametrize("remark", ["浇筑中,未安装5座", "进展顺利,天气好", "一组,二组,三组完工"])
def test_c_nothing_of_a_remark_with_commas_is_lost_without_a_word(desk: Desk, remark: str) -> None:
    assert told(desk.send(lines(f"包场镇,盐灶村,420,180,45,24,{remark}"), "包场镇.csv")) == ""


# ---- w: Word --------------------------------------------------------------------------------------------------------

FIELDS = {
    "a drop-down of old forms": '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="d"/><w:enabled/><w:ddList>'
    '<w:result w:val="1"/><w:listEntry w:val="10"/><w:listEntry w:val="11"/></w:ddList></w:ffData></w:fldChar></w:r><w:r>'
    "<w:instrText> FORMDROPDOWN </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
    "a text field of old forms": '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:textInput/></w:ffData></w:fldChar></w:r><w:r>'
    '<w:instrText> FORMTEXT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>11</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "a content control": "<w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent><w:r><w:t>11</w:t></w:r></w:sdtContent></w:sdt>",
    "an equation": '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>11</m:t></m:r></m:oMath>',
    "a simple field": '<w:fldSimple w:instr=" = 7 + 4 "><w:r><w:t>11</w:t></w:r></w:fldSimple>',
}  # fmt: skip


@pytest.mark.parametrize("what", FIELDS)
def test_w_what_stands_in_a_field_is_read_or_told_and_never_empty(desk: Desk, what: str) -> None:
    put = {"word/document.xml": lambda part: part.replace(b"<w:r><w:t>11</w:t></w:r>", FIELDS[what].encode())}
    content = make.repacked(make.docx(BEGUN), put)
    assert b"<w:t>11</w:t></w:r></w:p></w:tc><w:tc>" not in content
    assert safe(desk.send(content, "包场镇.docx", FIRST)) == ""


# ---- b, m: text boxes and comments ----------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["盐灶村新建更正为43座", "以镇政府盖章件为准"])
def test_b_a_text_box_over_the_form_is_told(desk: Desk, words: str) -> None:
    box, content = zipfile.ZipFile(io.BytesIO(make.text_box_only(words))), make.xlsx(FORM)
    beside = {"xl/worksheets/_rels/sheet1.xml.rels", "xl/drawings/drawing1.xml"}
    drawing = box.read("xl/worksheets/sheet1.xml").rpartition(b"<drawing")[1:]
    changes = {
        "xl/worksheets/sheet1.xml": lambda part: part.replace(b"</worksheet>", b"".join(drawing)),
        "[Content_Types].xml": lambda _: box.read("[Content_Types].xml"),
    }
    out = desk.send(make.repacked(content, changes, **{name: box.read(name) for name in beside}))
    assert told(out) == ""


@pytest.mark.parametrize(
    "text", ["含上周漏报2座\n\t-张三丰", "张三丰:\n含上周漏报2座", "含上周漏报2座\n\t-张三丰\n已核\n\t-李四光"]
)
def test_m_the_author_of_a_comment_is_not_repeated(desk: Desk, text: str) -> None:
    def put(sheet: Worksheet) -> None:
        sheet["E3"].comment = Comment(text, "张三丰")

    out = desk.send(make.xlsx(FORM, put))
    assert exact(out) == ""
    assert not [row for row in out.findings if "张三丰" in row.message or "李四光" in row.message]
    assert [name for name in ("张三丰", "李四光") if any(name in remark for remark in out.remarks)] == []
    assert any("含上周漏报2座" in remark for remark in out.remarks)


# ---- v: careless containers ----------------------------------------------------------------------------


@pytest.mark.parametrize("start", [2, 3, 5])
def test_v_an_old_workbook_whose_root_points_into_it_is_read(desk: Desk, start: int) -> None:
    """As PHPExcel saves it: LibreOffice and Excel open it."""
    content = bytearray(make.compound({"Workbook": make._xls_book(FORM, False).get_biff_data()}))
    root = 1024  # where `compound` puts the directory
    content[root + 116 : root + 124] = start.to_bytes(4, "little") + (4096).to_bytes(4, "little")
    assert exact(desk.send(bytes(content), "包场镇.xls")) == ""


def test_v_the_password_that_nobody_is_asked_for_opens_a_workbook(desk: Desk) -> None:
    assert exact(desk.send(make.locked(make.xlsx(FORM), "VelvetSweatshop"))) == ""


# ---- p: Chinese numerals ------------------------------------------------------------------------------------------

NUMERALS = {
    "一百二": 120,
    "一百二十": 120,
    "二百五": 250,
    "一百零五": 105,
    "一百一": 110,
    "三百六十": 360,
    "四十五": 45,
    "五十": 50,
}


@pytest.mark.parametrize("written", NUMERALS)
def test_p_a_chinese_numeral_is_what_it_says_or_goes_back(desk: Desk, written: str) -> None:
    truth = {**TRUTH[DAY], "盐灶村 新建": NUMERALS[written]}
    assert safe(desk.send(make.xlsx(FORM, E3=written)), truth) == ""


@pytest.mark.parametrize("written", ["四十五", "一百二十", "一百零五"])
def test_p_a_plain_one_is_used(desk: Desk, written: str) -> None:
    truth = {**TRUTH[DAY], "盐灶村 新建": NUMERALS[written]}
    assert exact(desk.send(make.xlsx(FORM, E3=written)), truth) == ""
