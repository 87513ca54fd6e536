"""F: files — names, versions, formats, containers."""

import os
from functools import partial
from typing import Any

from tests.messes import builders as make
from tests.messes.builders import Build, Desk, edited, form, raw, together
from tests.messes.case import RETURNED, Case, Found, hold, kept, note, reject
from tests.messes.office import BAO, CHANG, FORM, SI, official
from tests.programs import LIBREOFFICE, UNPACKER

ALL_KEPT = kept(BAO)
OTHER = FORM.replace("| 45 |", "| 47 |")  # the same form with another figure for 盐灶村 新建 (E4)
RETITLED = FORM.replace("每周进展情况汇总表", "每周进展情况汇总表（更正）")


def silent(id: str, what: str, build: Build, **more: Any) -> Case:
    return Case(id, what, build, **more)


def refused(
    id: str, what: str, name: str, content: Any, says: str | tuple[str, ...], rule: str = "unreadable_file"
) -> Case:
    """A file of 包场镇 that gives no figures."""
    found = (reject(rule, says=says, file=name, town=BAO),)
    return Case(id, what, raw(name, content), ALL_KEPT, found, status=RETURNED)


def noted(id: str, what: str, name: str, content: Any, rule: str, says: Any, **more: Any) -> Case:
    """A file of 包场镇 that counts, with a note."""
    return Case(id, what, raw(name, content), found=(note(rule, says=says, file=name),), **more)


# ---- names and versions ----------------------------------------------------------------------------------------

_DATED = (
    "包场镇5.12",
    "包场镇0512",
    "包场镇5月12日",
    "包场镇20230512",
    "包场镇第六周",
    "包场镇5.6-5.12",
    "2023年度包场镇",
)
_OLD = ("包场镇4.7", "包场镇0407", "包场镇4月7日", "包场镇20230407", "包场镇第三周", "包场镇3.31-4.7")

DATES = [
    *(silent("F01", f"this-week-{name}", form(FORM, f"{name}.xlsx")) for name in _DATED),
    *(
        Case(
            "F01",
            f"other-week-{name}",
            form(FORM, f"{name}.xlsx"),
            found=(
                note(
                    "file_date_differs",
                    file=f"{name}.xlsx",
                    says=("文件名日期", "与本期（截至5月12日）不一致，已按表内数据处理，请核对"),
                ),
            ),
        )
        for name in _OLD
    ),
]

VERSIONS = [
    Case(
        "F02",
        "same-bytes",
        together(*(form(FORM, name) for name in ("包场镇.xlsx", "包场镇(1).xlsx", "副本包场镇.xlsx"))),
        also=("duplicate_file",),
    ),
    Case(
        "F02",
        "same-figures-other-bytes",
        together(form(FORM, "包场镇最终版.xlsx"), raw("包场镇最终版2.xls", partial(make.xls, RETITLED))),
        also=("duplicate_file",),
    ),
    Case(
        "F03",
        "other-figures",
        together(form(FORM, "包场镇.xlsx"), form(OTHER, "包场镇最终版.xlsx")),
        ALL_KEPT,
        (hold("conflicting_files", says=("收到2份且数据不同", "请书面确认以哪一份为准", "45", "47"), town=BAO),),
        status={BAO: "pending"},
    ),
    Case(
        "F03",
        "settled-by-use",
        together(form(FORM, "包场镇.xlsx"), form(OTHER, "包场镇最终版.xlsx")),
        {"盐灶村 新建": "47 reported"},
        (note("conflicting_files"),),
        ignored=("包场镇.xlsx",),
        decisions="  - {do: use, town: 包场镇, file: 包场镇最终版.xlsx, reason: 镇里确认, by: 张三, date: 2023-05-12}\n",
    ),
    *(
        silent("F04", name.removesuffix(".xlsx"), form(FORM, name))
        for name in ("工作簿1.xlsx", "新建 XLSX 工作表.xlsx", "户厕.xlsx")
    ),
    Case(
        "F05",
        "named-for-another-town",
        together(form(FORM, "四甲镇报表.xlsx"), lambda desk: desk.put("四甲.xlsx", make.xlsx(official(desk.plan, SI)))),
        ALL_KEPT,
        (
            reject(
                "unknown_sender",
                file="四甲镇报表.xlsx",
                says="文件名为“四甲镇”，表内填的是“包场镇”，无法确定填报单位",
            ),
        ),
        also=("missing_town",),
        status={BAO: "returned|missing"},
        towns=(BAO, SI),
    ),
]


# ---- formats ---------------------------------------------------------------------------------------------------

_PAGE = ("文件实为网页格式，已读取其中表格",)
_WORD = "Word 表格已读取，下次请用下发的 Excel 模板"
_EXTENSION = "扩展名与实际格式不符，已按实际格式读取"
_ABOUT = FORM.replace("| 45 |", "| 约50 |")

FORMATS = [
    silent("F06", "xls", raw("包场镇.xls", partial(make.xls, FORM)), places={"盐灶村 新建": "Sheet1!E4"}),
    silent("F06", "xls-of-libreoffice", raw("包场镇.xls", partial(make.converted, FORM, "xls")), needs=LIBREOFFICE),
    Case(
        "F06",
        "bad-cell-has-its-address",
        raw("包场镇.xls", partial(make.xls, _ABOUT)),
        kept("盐灶村 新建"),
        (reject("unreadable_figure", "E4", "约50", sheet="Sheet1", file="包场镇.xls", of="盐灶村 新建"),),
    ),
    noted("F07", "et", "包场镇.et", partial(make.xls, FORM), "unusual_format", "WPS .et 文件，已按内容识别读取，下次请另存为 .xlsx"),
    noted("F08", "xlsx-named-xls", "包场镇.xls", partial(make.xlsx, FORM), "wrong_extension", _EXTENSION),
    noted("F08", "xls-named-xlsx", "包场镇.xlsx", partial(make.xls, FORM), "wrong_extension", _EXTENSION),
    noted("F08", "no-extension", "包场镇", partial(make.xlsx, FORM), "wrong_extension", _EXTENSION),
    noted("F09", "html-named-xls", "包场镇.xls", make.html(FORM), "unusual_format", _PAGE, also=("wrong_extension",)),
    noted("F09", "html-in-gb2312", "包场镇.xls", make.html(FORM, "gb18030"), "unusual_format", _PAGE, also=("wrong_extension",)),
    noted("F09", "mhtml", "包场镇.mht", make.mhtml(FORM), "unusual_format", _PAGE),
    Case(
        "F09",
        "html-without-table",
        raw("包场镇.xls", "<html><body><p>登录超时，请重新登录</p></body></html>".encode()),
        ALL_KEPT,
        (Found("reject", "", file="包场镇.xls", town=BAO),),
        also=("wrong_extension", "unusual_format"),
        status=RETURNED,
    ),
    silent("F10", "gbk", raw("包场镇.csv", make.csv(FORM, "gb18030"))),
    silent("F10", "utf8-bom-tabs", raw("包场镇.csv", make.csv(FORM, "utf-8-sig", "\t"))),
    silent("F10", "utf8-txt", raw("包场镇.txt", make.csv(FORM, "utf-8", "\t"))),
    refused("F10", "no-encoding", "包场镇.csv", b"\xff\xff\xfe\x80\xff," * 80, "编码无法识别，请用 .xlsx 上报"),
    noted("F11", "docx", "包场镇.docx", make.docx(FORM), "unusual_format", _WORD),
    noted("F11", "docx-of-libreoffice", "包场镇.docx", partial(make.converted, FORM, "docx", "docx"), "unusual_format", _WORD, needs=LIBREOFFICE),
    Case(
        "F11",
        "bad-cell-has-its-place",
        raw("包场镇.docx", make.docx(_ABOUT)),
        kept("盐灶村 新建"),
        (
            note("unusual_format", says=_WORD),
            reject("unreadable_figure", "表格1!行4列5", "约50", "“约50”不是确数", file="包场镇.docx"),
        ),
    ),
    refused("F12", "doc", "包场镇.doc", make.old_word(), "暂不支持 .doc/.wps，请用下发的 Excel 模板填报"),
    refused("F12", "wps", "包场镇.wps", make.old_word(), "暂不支持 .doc/.wps，请用下发的 Excel 模板填报"),
    refused("F13", "pdf", "包场镇（盖章）.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n", ("扫描件", "只作留存依据，不能取数，请同时报送 Excel 版")),
    refused(
        "F13",
        "ofd",
        "包场镇.ofd",
        make.archive({"OFD.xml": b"<ofd:OFD xmlns:ofd='http://www.ofdspec.org/2016'/>", "Doc_0/Document.xml": b"<a/>"}),
        ("扫描件", "只作留存依据，不能取数，请同时报送 Excel 版"),
    ),
    Case(
        "F13",
        "beside-the-workbook",
        together(form(FORM), raw("包场镇（盖章）.pdf", b"%PDF-1.4\n%%EOF\n")),
        found=(Found("", "unreadable_file", file="包场镇（盖章）.pdf", says=("扫描件", "只作留存依据，不能取数")),),
        open_end=True,
    ),
    refused("F14", "jpg", "包场镇mmexport1683888888888.jpg", make.picture("JPEG"), "图片不能取数，请报送 Excel 版"),
    refused("F14", "png", "微信图片/包场镇.png", make.picture(), "图片不能取数，请报送 Excel 版"),
]  # fmt: skip


_CSV = make.csv(FORM, "utf-8")
_ROW = "盐灶村,420,180,45,24,".encode()
_QUOTED = _CSV.replace(_ROW, '="盐灶村",="420",="180",="45",="24",'.encode())
_SPLIT = _CSV.replace(_ROW, "盐灶村,1,420,180,45,24,".encode())
_REMARKED = _CSV.replace(_ROW, "盐灶村,420,180,45,24,阴雨,村民外出".encode())
_CHOSEN = make.repacked(
    make.docx(FORM),
    {
        "word/document.xml": lambda part: part.replace(
            b"<w:r><w:t>45</w:t></w:r>",
            b'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:listEntry w:val="45"/></w:ddList></w:ffData>'
            b"</w:fldChar></w:r><w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r>"
            b'<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        )
    },
)
_OVER = make.with_text_box(make.xlsx(FORM), "盐灶村新建更正为88座", 4, 5)

WITHIN = [
    silent("F10", "texts-of-excel", raw("包场镇.csv", _QUOTED)),
    Case(
        "F10",
        "thousands-without-quotes",
        raw("包场镇.csv", _SPLIT),
        kept("盐灶村"),
        (
            reject("ragged_row", "E4", "180", "栏数与表头不符", of="盐灶村 新建", file="包场镇.csv"),
            reject("ragged_row", "F4", "45", "分不清哪个数属于哪一栏", of="盐灶村 整改", file="包场镇.csv"),
        ),
    ),
    Case(
        "F10",
        "remark-with-a-comma",
        raw("包场镇.csv", _REMARKED),
        found=(note("comma_in_remark", "G4", "阴雨,村民外出", file="包场镇.csv"),),
        remarks={"盐灶村 新建": "阴雨,村民外出"},
    ),
    Case(
        "F11",
        "drop-down",
        raw("包场镇.docx", _CHOSEN),
        kept("盐灶村 新建"),
        (
            note("unusual_format", says=_WORD),
            reject("unreadable_figure", "表格1!行4列5", "［下拉框 45］", of="盐灶村 新建", file="包场镇.docx"),
        ),
    ),
    silent("F17", "everybodys-password", raw("包场镇.xlsx", make.locked(make.xlsx(FORM), "VelvetSweatshop"))),
    Case(
        "F24",
        "text-box-over-a-figure",
        raw("包场镇.xlsx", _OVER),
        found=(note("text_box_ignored", "E4", "盐灶村新建更正为88座", "没有读取", file="包场镇.xlsx", sheet="Sheet1"),),
    ),
]  # fmt: skip


# ---- containers ------------------------------------------------------------------------------------------------

_XLSX = make.xlsx(FORM)
_TORN = make.archive({"包场镇.xlsx": _XLSX})
_RAR = b"Rar!\x1a\x07\x01\x00" + bytes(200)

CONTAINERS = [
    silent("F15", "gbk-names", raw("报表.zip", make.archive({"包场镇.xlsx": _XLSX}, "gb18030")), places={"盐灶村 新建": "Sheet1!E4"}),
    silent("F15", "utf8-names", raw("报表.zip", make.archive({"周报/包场镇.xlsx": _XLSX}))),
    Case(
        "F15",
        "two-towns-and-a-bad-cell",
        lambda desk: desk.put(
            "a.zip",
            make.archive(
                {"包场镇.xlsx": make.xlsx(_ABOUT), "常乐镇.xlsx": make.xlsx(official(desk.plan, CHANG))}, "gb18030"
            ),
        ),
        kept("盐灶村 新建"),
        (reject("unreadable_figure", "E4", "约50", file="a.zip/包场镇.xlsx", of="盐灶村 新建"),),
        towns=(BAO, CHANG),
    ),
    Case(
        "F16",
        "rar",
        raw("包场镇.rar", _RAR),
        ALL_KEPT,
        (hold("cannot_read_here", says="请安装解压程序或代为解压", file="包场镇.rar", town=BAO),),
        status={BAO: "pending"},
    ),
    Case(
        "F16",
        "7z",
        lambda desk: desk.put("报表.7z", make.seven_zip("包场镇.xlsx", _XLSX)),
        found=(note("unusual_format", file="报表.7z/包场镇.xlsx"),),
        needs=UNPACKER,
    ),
    Case(
        "F16",
        "zip-in-zip",
        raw("报表.zip", make.archive({"内层.zip": make.archive({"包场镇.xlsx": _XLSX})})),
        found=(note("unusual_format"),),
    ),
    Case(
        "F16",
        "rar-in-zip",
        raw("包场镇.zip", make.archive({"包场镇.rar": _RAR})),
        ALL_KEPT,
        (hold("cannot_read_here", file="包场镇.zip/包场镇.rar", says="请安装解压程序或代为解压"),),
        status={BAO: "pending"},
    ),
    refused("F17", "xlsx", "包场镇.xlsx", make.encrypted_xlsx(), "文件已加密无法打开，请取消密码后重报"),
    refused("F17", "xls", "包场镇.xls", make.encrypted_xls(FORM), "文件已加密无法打开，请取消密码后重报"),
    refused("F18", "empty", "包场镇.xlsx", b"", "请重新发送"),
    refused("F18", "torn", "包场镇.xlsx", _XLSX[: len(_XLSX) // 2], "请重新发送"),
    refused("F18", "torn-zip", "包场镇.zip", _TORN[: len(_TORN) // 2], "请重新发送"),
    refused("F18", "crdownload", "包场镇.xlsx.crdownload", _XLSX[:3000], "请重新发送"),
    refused("F18", "tmp", "包场镇.tmp", _XLSX[:3000], "请重新发送"),
    silent(
        "F19",
        "litter",
        together(
            form(FORM),
            raw("~$包场镇.xlsx", b"\x05zhang" + bytes(159)),
            raw(".~包场镇.xlsx", bytes(165)),
            raw("Thumbs.db", make.compound({"Catalog": b"x"})),
            raw(".DS_Store", b"\x00\x00\x00\x01Bud1"),
            raw("desktop.ini", b"[.ShellClassInfo]\r\n"),
            raw("__MACOSX/._包场镇.xlsx", b"\x00\x05\x16\x07"),
        ),
    ),
    silent(
        "F19",
        "litter-in-a-zip",
        raw("a.zip", make.archive({"包场镇.xlsx": _XLSX, "__MACOSX/._包场镇.xlsx": b"\x00\x05\x16\x07", ".DS_Store": b"x"})),
    ),
]  # fmt: skip

# ---- content ---------------------------------------------------------------------------------------------------


def _as_last_week(desk: Desk) -> None:
    desk.put("包场镇（新）.xlsx", (desk.last_folder / "包场镇.xlsx").read_bytes())


def _large() -> bytes:
    """55 MB of photographs, of which the sheet shows one in a cell the way WPS does."""
    content = make.xlsx(FORM, G4='=_xlfn.DISPIMG("ID_0A1B",1)')
    content = make.cached(content, G4='=DISPIMG("ID_0A1B",1)')
    return make.repacked(content, **{"xl/media/image1.jpeg": os.urandom(55 << 20)})


_SEWAGE = "2023年度农村生活污水治理进展情况表 | < | <\n区镇 | 行政村 | 已完成投资\n包场镇 | 盐灶村 | 45"
_FORMER = FORM.replace("2023年度", "2022年度").replace("420", "500").replace("180", "210")
_TITLE_READ = "不是《2023年度农村户厕改造整村推进每周进展情况汇总表》，识别到的标题为“{}”"
_ENTER = "  - {do: enter, town: 四甲镇, village: 五甲村, kind: 整改, now: 71, reason: 微信群报数, by: 张三, date: 2023-05-12}\n"

CONTENT = [
    Case(
        "F20",
        "bytes-of-last-week",
        _as_last_week,
        ALL_KEPT,
        (
            hold(
                "same_as_earlier_week",
                file="包场镇（新）.xlsx",
                says="与第5周文件完全一致，可能误发旧表，请发本周的表，如本周确无进展请回复“无变化”",
                town=BAO,
            ),
        ),
        status={BAO: "pending"},
    ),
    silent(
        "F20",
        "figures-of-last-week-in-a-new-file",
        lambda desk: desk.put(
            "包场镇.xlsx",
            make.xlsx(
                official(desk.plan, BAO, figures={"盐灶村": (40, 20), "盐河村": (10, 0)}).replace("汇总表", "汇 总 表")
            ),
        ),
        costs={"盐灶村 新建": "40 reported", "盐灶村 整改": "20 reported", "盐河村 新建": "10 reported"},
    ),
    noted("F21", "xlsm", "包场镇.xlsm", partial(make.macro_workbook, FORM), "unusual_format", "只读数值，不运行宏；下次请用 .xlsx"),
    refused(
        "F22", "sewage", "包场镇.xlsx", partial(make.xlsx, _SEWAGE), _TITLE_READ.format("2023年度农村生活污水治理进展情况表"), "not_the_form"
    ),
    refused(
        "F22",
        "public-toilets",
        "包场镇.xlsx",
        partial(make.xlsx, FORM.replace("农村户厕改造整村推进每周进展情况汇总表", "农村公共厕所管护情况汇总表")),
        _TITLE_READ.format("2023年度农村公共厕所管护情况汇总表"),
        "not_the_form",
    ),
    refused(
        "F22",
        "ledger-of-2022",
        "包场镇.xlsx",
        partial(make.xlsx, "2022年度农村问题户厕整改台账 | <\n序号 | 户主姓名\n1 | 某某"),
        _TITLE_READ.format("2022年度农村问题户厕整改台账"),
        "not_the_form",
    ),
    Case(
        "F23",
        "chat",
        raw("四甲镇微信.txt", "四甲本周新建12整改5".encode()),
        kept(SI),
        (reject("not_the_form", file="四甲镇微信.txt", says="文字报数不能直接采用，请报送 Excel 表，来不及的打电话报数"),),
        status={SI: "returned"},
        towns=(SI,),
    ),
    Case(
        "F23",
        "entered-by-decision",
        raw("四甲镇微信.txt", "截至目前五甲村整改71".encode()),
        kept(SI) | {"五甲村 整改": "71 corrected"},
        (note("entered_figure", of="五甲村 整改"),),
        also=("not_the_form", "missing_town"),
        status={SI: "returned|missing"},
        towns=(SI,),
        decisions=_ENTER,
        open_end=True,
    ),
    Case(
        "F24",
        "two-photographs",
        edited(lambda sheet: [make.photograph(sheet, address) for address in ("I4", "I5")]),
        found=(note("pictures_ignored", file="包场镇.xlsx", says="文件含图片2张，已忽略图片只取数"),),
    ),
    Case(
        "F24",
        "dispimg-55-megabytes",
        raw("包场镇.xlsx", _large),
        found=(note("pictures_ignored", file="包场镇.xlsx", says="文件含图片1张，已忽略图片只取数"),),
    ),
    silent("F25", "sheet-protected", edited(lambda sheet: sheet.protection.set_password("123"))),
    silent("F25", "xls-protected", raw("包场镇.xls", partial(make.xls, FORM, protect=True))),
]  # fmt: skip

CASES = [*DATES, *VERSIONS, *FORMATS, *WITHIN, *CONTAINERS, *CONTENT]
