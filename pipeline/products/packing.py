"""Office documents whose bytes depend on their content only: two builds of one document differ in nothing."""

import io
import re
import zipfile

_FIXED_TIME = (2000, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms)")


def frozen(document: bytes) -> bytes:
    """The same .xlsx or .docx, with the document's times and those of its zip members fixed."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>2000-01-01T00:00:00Z\g<3>", content)
            member = zipfile.ZipInfo(name, _FIXED_TIME)
            member.create_system = 3  # the same on Windows
            target.writestr(member, content, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
