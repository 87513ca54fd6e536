"""What a file is, by its content: the extension is never believed."""

import re
import zipfile
from collections.abc import Mapping

from pipeline.intake.reading import compound
from pipeline.intake.reading.book import DAMAGED, ENCRYPTED, Scan, Unreadable
from pipeline.intake.reading.budget import Budget
from pipeline.intake.reading.package import FAULTS, bounded, directory

ARCHIVES = ("zip", "7z", "rar")

_TEMPLATE = "请用下发的 Excel 模板填报"
_UNPACK = "请解压后直接报送 .xlsx"
_SCAN = "扫描件（{}）只作留存依据，不能取数，请同时报送 Excel 版"
_OLD_WORD = f"暂不支持 .doc/.wps，{_TEMPLATE}"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_PACKED = {b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!\x1a\x07": "rar"}
_PACKED_OTHERWISE = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*")
_HEIC = (b"heic", b"heix", b"mif1", b"avif")
_MAIL = re.compile(r"^mime-version:", re.MULTILINE)
_HEAD = 8192


def sniff(content: bytes, budget: Budget) -> str:
    """`xlsx` `xls` `xlsb` `ods` `docx` `html` `xml` `csv`, or `zip` `7z` `rar`; Unreadable, with the reason, for others.

    `locked`: an encrypted .xlsx, .xlsb or .docx; what is in it is seen when it is opened.
    """
    if not content:
        raise Unreadable("文件是空的（0 字节），可能没有传完，请重新发送")
    if is_package(content):
        return _zipped(content, budget)
    if content.startswith(compound.MAGIC):
        return _compound(content)
    for magic, kind in _PACKED.items():
        if content.startswith(magic):
            return kind
    if content.startswith(_PACKED_OTHERWISE) or content[257:262] == b"ustar":
        raise Unreadable(f"暂不支持这种压缩包，{_UNPACK}")
    if content[:1024].lstrip().startswith(b"%PDF"):
        raise Scan(_SCAN.format("PDF"))
    if _is_picture(content):
        raise Scan("图片不能取数，请报送 Excel 版")
    return _plain(content)


def is_package(content: bytes) -> bool:
    """Whether it begins as a zip does: most formats are one."""
    return content.startswith(_ZIP)


def _is_picture(content: bytes) -> bool:
    return (
        content.startswith(_PICTURES)
        or (content.startswith(b"BM") and content[6:10] == bytes(4))
        or (content[4:8] == b"ftyp" and content[8:12] in _HEIC)
        or (content.startswith(b"RIFF") and content[8:12] == b"WEBP")
    )


# ---- zip -------------------------------------------------------------------------------------------------------


def _zipped(content: bytes, budget: Budget) -> str:
    try:
        archive, members = directory(content, budget)
        _refuse_encrypted(archive, members, budget)
        return _package(archive, members, budget)
    except FAULTS:
        raise Unreadable(DAMAGED) from None


def _refuse_encrypted(archive: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo], budget: Budget) -> None:
    """OpenDocument keeps the key's description in its manifest; the parts themselves only look like noise."""
    manifest = members.get("meta-inf/manifest.xml")
    if manifest and "mimetype" in members and b"encryption-data" in bounded(archive, manifest, budget):
        raise Unreadable(ENCRYPTED)


def _package(archive: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo], budget: Budget) -> str:
    """Which package it is, by the names of its members; a zip that is none is an archive."""
    if "ofd.xml" in members:
        raise Scan(_SCAN.format("OFD"))
    if "mimetype" in members and "content.xml" in members:
        if b"opendocument.spreadsheet" not in bounded(archive, members["mimetype"], budget):
            raise Unreadable(f"文件是 OpenDocument 文档，不是表格，{_TEMPLATE}")
        return "ods"
    if "[content_types].xml" not in members:
        return "zip"
    if any(name.endswith("workbook.bin") for name in members):
        return "xlsb"
    folders = {name.partition("/")[0] for name in members}
    if "word" in folders and "xl" not in folders:
        return "docx"
    if "ppt" in folders and "xl" not in folders:
        raise Unreadable(f"文件是幻灯片，不是表格，{_TEMPLATE}")
    return "xlsx"


# ---- OLE -------------------------------------------------------------------------------------------------------


def _compound(content: bytes) -> str:
    names = compound.top_names(content)
    if "encryptedpackage" in names or "encryptioninfo" in names:
        return "locked"
    if "workbook" in names or "book" in names:
        return "xls"
    if "worddocument" in names:
        raise Unreadable(_OLD_WORD)
    raise Unreadable(f"文件损坏或不是表格，{_TEMPLATE}")


# ---- text ------------------------------------------------------------------------------------------------------


def _plain(content: bytes) -> str:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    head = content[:_HEAD].decode("utf-16" if wide else "latin-1", "ignore").lower()
    if b"\x00" in content and not wide:
        raise Unreadable(DAMAGED)
    if head.lstrip().startswith("{\\rtf"):
        raise Unreadable(_OLD_WORD)
    if _MAIL.search(head) and re.search(r"content-type:\s*(multipart/|text/html)", head):
        return "html"
    if '<?mso-application progid="excel' in head or "urn:schemas-microsoft-com:office:spreadsheet" in head:
        return "xml"
    if "<html" in head or "<table" in head or "<!doctype html" in head:
        return "html"
    if "<?xml" in head[:100]:
        raise Unreadable(f"文件是 XML，不是表格，{_TEMPLATE}")
    return "csv"
