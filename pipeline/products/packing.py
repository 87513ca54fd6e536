"""Office documents whose bytes depend on their content only: two builds of one document differ in nothing."""

import io
import re
import zipfile
from collections.abc import Mapping

_FIXED_TIME = (2000, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms)")

Parts = dict[str, bytes]  # the files of a package, by name, in their order


def frozen(document: bytes) -> bytes:
    """The same .xlsx or .docx, with the document's times and those of its zip members fixed."""
    return packed(parts(document))


def parts(document: bytes) -> Parts:
    """What an .xlsx or .docx is made of."""
    with zipfile.ZipFile(io.BytesIO(document)) as source:
        return {name: source.read(name) for name in source.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The document of these parts, with its times fixed."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            stamped = (
                _STAMP.sub(rb"\g<1>2000-01-01T00:00:00Z\g<3>", content) if name == "docProps/core.xml" else content
            )
            member = zipfile.ZipInfo(name, _FIXED_TIME)
            member.create_system = 3  # the same on Windows
            target.writestr(member, stamped, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
