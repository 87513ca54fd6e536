"""What Word holds in a cell, and around the table."""

from tests.meant.cases import NEW, Build, exact, safe, unused
from tests.meant.forms import DONE_FIRST_WEEK, TITLE, TOO_MANY, TOTAL, official, run, word
from tests.meant.layouts import OFFICIAL, rows_of, table
from tests.messes import builders as make
from tests.weeks import FIRST

WORD = "包场镇.docx"
SUPERSCRIPT, HIDDEN, STRUCK = '<w:vertAlign w:val="superscript"/>', "<w:vanish/>", "<w:strike/>"
FIGURE, FIRST_FIGURE = run("45"), run("11")
OLD_FORM = official(done=((43, 22), (11, 0)))
BEGUN_FORM = official(done=DONE_FIRST_WEEK)


def control(content: str, properties: str = "") -> str:
    """A content control."""
    return f"<w:sdt><w:sdtPr>{properties}<w:text/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def field(kind: str, data: str, content: str) -> str:
    """A legacy form field; content: the runs after its instruction."""
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return f"{begin}<w:r><w:instrText> {kind} </w:instrText></w:r>{content}{end}"


TEXT_FIELD = field(
    "FORMTEXT",
    '<w:name w:val="T1"/><w:enabled/><w:textInput><w:default w:val="0"/></w:textInput>',
    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{FIGURE}',
)

DROP_DOWN = field(
    "FORMDROPDOWN",
    '<w:name w:val="D1"/><w:enabled/>'
    '<w:ddList><w:result w:val="1"/><w:listEntry w:val="10"/><w:listEntry w:val="12"/></w:ddList>',
    "",
)

TRACKED = (
    '<w:del w:id="1" w:author="a"><w:r><w:delText>43</w:delText></w:r></w:del>'
    f'<w:ins w:id="2" w:author="a">{FIGURE}</w:ins>'
)

EQUATION = (
    '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>45</m:t></m:r></m:oMath>'
)


def two_tables() -> bytes:
    """The form, and under it the same with older figures."""

    def change(part: bytes) -> bytes:
        body = part.decode()
        first = body[body.index("<w:tbl>") : body.index("<w:p/></w:body>")]
        older = first.replace(FIGURE, run("43")).replace(run("24"), run("22"))
        return body.replace("</w:body>", f"{older}</w:body>").encode()

    return make.repacked(make.docx(official()), {"word/document.xml": change})


def in_cell(text: str = "") -> Build:
    """The form in Word with this XML in place of the 45."""
    return word(official(), swaps={FIGURE: text})


CASES = [
    exact("plain", word(official()), "the form in Word", name=WORD),
    exact("total", word(official() + f"\n合计 | < | {TOTAL}"), "with a total", name=WORD),
    exact(
        "date-before", word(official(), ["包场镇 截至5月12日 单位：座"]), "date and unit before the table", name=WORD
    ),
    unused("last-date", word(OLD_FORM, ["截至2023年5月5日"]), "last week's date before the table", name=WORD),
    exact("split-runs", in_cell(run("4") + run("5")), "a number in two runs", name=WORD),
    exact("control", in_cell(control(FIGURE)), "a content control", name=WORD),
    safe(
        "placeholder",
        in_cell(control(run("单击此处输入文字。"), "<w:showingPlcHdr/>")),
        "a content control with its placeholder",
        name=WORD,
    ),
    safe("tracked", in_cell(TRACKED), "a tracked change", name=WORD),
    safe("hidden-text", in_cell(run("1", HIDDEN) + FIGURE), "hidden text before the number", name=WORD),
    unused("superscript", in_cell(FIGURE + run("2", SUPERSCRIPT)), "a footnote mark: 45²", NEW, name=WORD),
    unused(
        "superscript-first",
        word(BEGUN_FORM, swaps={FIRST_FIGURE: FIRST_FIGURE + run("1", SUPERSCRIPT)}),
        "the same in the first week: 11¹",
        NEW,
        day=FIRST,
        name=WORD,
    ),
    safe("equation", in_cell(EQUATION), "an equation", name=WORD),
    safe("text-field", in_cell(TEXT_FIELD), "a form field", name=WORD),
    unused(
        "drop-down",
        word(BEGUN_FORM, swaps={FIRST_FIGURE: DROP_DOWN}),
        "a legacy drop-down that shows 12, where 11 is right: it must at least be no blank 0",
        NEW,
        day=FIRST,
        name=WORD,
    ),
    exact(
        "field-total",
        word(
            official() + f"\n合计 | < | {TOTAL}",
            swaps={run("57"): f'<w:fldSimple w:instr=" =SUM(ABOVE) ">{run("57")}</w:fldSimple>'},
        ),
        "=SUM(ABOVE) in the total",
        name=WORD,
    ),
    safe("struck-out", in_cell(run("43", STRUCK) + FIGURE), "struck-out 43 before 45", name=WORD),
    safe("two-paragraphs", in_cell(run("40") + "</w:p><w:p>" + run("5")), "two paragraphs in a cell: 40, 5", name=WORD),
    exact("blank-paragraph", in_cell(FIGURE + "</w:p><w:p>"), "an empty paragraph after the number", name=WORD),
    unused("week-before", word(OLD_FORM, ["户厕改造进展（第5周）"]), "第5周 before the table", name=WORD),
    unused(
        "last-date-below",
        word(OLD_FORM, after=["填报日期：2023年5月5日"]),
        "last week's date under the table",
        name=WORD,
    ),
    unused("unit-before", word(official(), ["单位：万户"]), "万户 before the table", name=WORD),
    exact("first-week", word(BEGUN_FORM, ["截至4月7日"]), "first week in Word", day=FIRST, name=WORD),
    safe("two-tables", two_tables, "two tables in a document", name=WORD),
    unused(
        "forecast-before",
        word(table(OFFICIAL, rows_of(((52, 27), (15, 0))), title=""), ["附件2", TITLE, "（5月19日预计进度）"]),
        "a forecast above the table",
        name=WORD,
    ),
    unused(
        "begun-counted-below",
        word(table(OFFICIAL, rows_of(TOO_MANY), title=""), ["附件2", TITLE], ["注：完成数含正在施工的户数。"]),
        "the foot counts what is under construction",
        name=WORD,
    ),
]
