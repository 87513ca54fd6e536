"""The font of charts and pages: Chinese on a machine that has no Chinese font, and the same on every machine.

matplotlib would draw the variable font that we have (`pipeline.glyphs`) at its thinnest. So two static weights are cut
from it by HarfBuzz, for charts into files of matplotlib's cache folder (it loads fonts by path;
where the folder is not writable, matplotlib itself falls back to a temporary one). The bytes depend on the versions and
the characters only.
"""

import base64
import hashlib
import io
import os
import tempfile
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import uharfbuzz

from pipeline import glyphs
from pipeline.errors import PipelineError

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont
    from matplotlib.text import Text

    from pipeline.params import Programme

_WEIGHTS = {"Regular": 400, "Bold": 700}
_UNUSED = (b"GDEF", b"GPOS", b"GSUB", b"BASE", b"STAT", b"VORG", b"vhea", b"vmtx")  # tables


class MissingGlyph(PipelineError):
    """The font has no glyph for a character that a chart should show."""

    def __init__(self, characters: str) -> None:
        listed = "、".join(f"“{sign}”（U+{ord(sign):04X}）" for sign in characters)
        super().__init__(f"图表字体没有这些字：{listed}。请核对参数文件中的名称，换成字体中有的字后重新运行。")


def names_of(programme: "Programme") -> str:
    """The words of a programme that may hold rare characters."""
    villages = (village.name for _, village in programme.villages)
    return "".join([programme.title, programme.office, programme.unit, *programme.towns, *villages])


def use(extra: str = "") -> None:
    """Make matplotlib draw with this font, which has at least GB2312, the charts' symbols and `extra`.

    MissingGlyph if the source font lacks a character of `extra`.
    """
    import matplotlib  # noqa: PLC0415 - what makes pages only, has no need of it
    from matplotlib import font_manager  # noqa: PLC0415

    if glyphs.lacking(extra):
        raise MissingGlyph(glyphs.lacking(extra))
    family, *files = _prepared(_characters(extra))
    known = {entry.name for entry in font_manager.fontManager.ttflist}
    for file in files if family not in known else []:
        font_manager.fontManager.addfont(file)
    matplotlib.rcdefaults()  # a matplotlibrc of the user's, or where one stands, is not to change a record
    matplotlib.rcParams.update({
        "font.family": [family],
        "text.parse_math": False,  # a $ in a name is a $
        "axes.unicode_minus": True,
    })  # fmt: skip


def web(text: str) -> str:
    """CSS that embeds both weights, cut to the characters of `text` that the source font has."""
    rules = []
    for weight in _WEIGHTS.values():
        content = base64.b64encode(_cut(text, weight)).decode("ascii")
        source = f"url(data:font/ttf;base64,{content}) format('truetype')"
        rules.append(f"@font-face{{font-family:Record;font-weight:{weight};src:{source}}}")
    return "\n".join(rules)


def require_glyphs(texts: "Iterable[Text]") -> None:
    """A character that would be drawn as an empty box is an error."""
    from matplotlib import font_manager  # noqa: PLC0415 - see use

    missing: dict[str, None] = {}
    for text in texts:
        font = font_manager.get_font(font_manager.findfont(text.get_fontproperties()))
        signs = (sign for sign in text.get_text() if not sign.isspace())
        missing.update(dict.fromkeys(sign for sign in signs if not font.get_char_index(ord(sign))))
    if missing:
        raise MissingGlyph("".join(missing))


# ---- what is in it ---------------------------------------------------------------------------------------------


def _characters(extra: str) -> str:
    return "".join(sorted(glyphs.base() | {sign for sign in extra if not sign.isspace()}))


# ---- cutting ---------------------------------------------------------------------------------------------------


@cache
def _prepared(characters: str) -> tuple[str, ...]:
    """(family, file, file): from the cache folder, or cut now."""
    import matplotlib  # noqa: PLC0415 - see use

    basis = [*(metadata.version(name) for name in (glyphs.PACKAGE, "uharfbuzz", "fonttools")), characters]
    key = hashlib.sha256("\n".join(basis).encode()).hexdigest()[:12]
    family = f"Weekly Report {key}"  # an own name: an installed font of the same name could win
    folder = Path(matplotlib.get_cachedir())
    files = {style: folder / f"weekly-report-{key}-{style}.ttf" for style in _WEIGHTS}
    for style, file in files.items():
        if not file.is_file():
            _write(file, _named(_cut(characters, _WEIGHTS[style]), family, style))
    return family, *(str(file) for file in files.values())


def _cut(characters: str, weight: int) -> bytes:
    """A static font of these characters, with the notes on its licence and no other names."""
    flags = uharfbuzz.SubsetFlags
    wanted = uharfbuzz.SubsetInput()
    wanted.pin_axis_location(glyphs.source(), "wght", weight)
    wanted.unicode_set.update(map(ord, characters))
    wanted.layout_feature_tag_set.clear()
    wanted.drop_table_tag_set.update(int.from_bytes(tag, "big") for tag in _UNUSED)
    wanted.name_id_set.clear()
    wanted.name_id_set.update((0, 13, 14))
    wanted.flags = (
        flags.NO_HINTING | flags.NOTDEF_OUTLINE | flags.SET_OVERLAPS_FLAG
    )  # strokes of a variable font overlap
    return bytes(uharfbuzz.subset(glyphs.source(), wanted).blob.data)


def _named(content: bytes, family: str, style: str) -> bytes:
    """The font under its own name, and as the weight that it is."""
    font = _opened(content)
    for number, text in {1: family, 2: style, 4: f"{family} {style}", 6: f"{family}-{style}".replace(" ", "")}.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    if style == "Bold":
        font["OS/2"].fsSelection, font["head"].macStyle = 0x20, 0x01  # the bits that say bold
    return _saved(font)


def _opened(content: bytes) -> "TTFont":
    """recalcTimestamp: the date of the source stays, so that the bytes are the same every time."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - charts with a cut font have no need of it

    return TTFont(io.BytesIO(content), recalcTimestamp=False, recalcBBoxes=False)


def _saved(font: "TTFont") -> bytes:
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _write(target: Path, content: bytes) -> None:
    """By one rename: another process sees the whole file or none."""
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".weekly-report-", delete=False) as part:
        part.write(content)
    try:
        os.replace(part.name, target)  # noqa: PTH105 - part.name is text
    except PermissionError:  # Windows: another process was first and draws with the same bytes already
        Path(part.name).unlink()
        if not target.is_file():
            raise
