"""What a file is, by its content: the extension is never believed."""

from pipeline.reading.book import Unreadable

_TEMPLATE = "请用下发的 Excel 模板填报，另存为 .xlsx 后重报"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")


def sniff(content: bytes) -> str:
    """`xlsx`, `xls` or `csv`; Unreadable, with the reason in words, for anything else."""
    if not content:
        raise Unreadable("文件是空的（0 字节），可能没有传完，请重新发送")
    if content.startswith(b"PK"):
        return _zipped(content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(content)
    if content.startswith(b"%PDF"):
        raise Unreadable("扫描件（PDF）只作留存依据，不能取数；请同时报送 Excel 版")
    if content.startswith(_PICTURES) or content[4:12] in (b"ftypheic", b"ftypmif1") or content[8:12] == b"WEBP":
        raise Unreadable("图片不能取数，请报送 Excel 版")
    return _plain(content)


def _zipped(content: bytes) -> str:
    if b"xl/workbook.bin" in content:
        raise Unreadable(f"暂不支持 .xlsb，{_TEMPLATE}")
    if b"word/document.xml" in content:
        raise Unreadable(f"暂不支持 Word 文件，{_TEMPLATE}")
    if b"[Content_Types].xml" in content:
        return "xlsx"
    if b"OFD.xml" in content:
        raise Unreadable("扫描件（OFD）只作留存依据，不能取数；请同时报送 Excel 版")
    raise Unreadable("暂不支持压缩包，请解压后直接报送 .xlsx")


def _compound(content: bytes) -> str:
    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if has("EncryptedPackage"):
        raise Unreadable("文件已加密无法打开，请取消密码后重报")
    if has("Workbook") or has("Book"):
        return "xls"
    if has("WordDocument"):
        raise Unreadable("暂不支持 .doc/.wps，请用下发的 Excel 模板填报")
    raise Unreadable(f"文件损坏或不是表格，{_TEMPLATE}")


def _plain(content: bytes) -> str:
    head = content[:4096].lower()
    if b"<html" in head or b"<table" in head or b"<?xml" in head:
        raise Unreadable(f"文件实为网页格式，{_TEMPLATE}")
    if b"\x00" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("文件损坏或未传完，请重新发送")
    return "csv"
