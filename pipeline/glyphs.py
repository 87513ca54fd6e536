"""Which signs our font can draw: PyPI's justmytype-intl-cjk brings the variable Noto Sans SC (OFL). See products/fonts."""

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uharfbuzz

PACKAGE, _SOURCE = "justmytype-intl-cjk", "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"
_SYMBOLS = "·×÷±−–—‘’“”…‰→←↑↓≥≤≈■□▨◆◇●○▲△▶、。〈〉《》「」『』【】〔〕〓！（），．／：；？～％＋－＝①②③④⑤⑥⑦⑧⑨⑩"


@cache
def base() -> frozenset[str]:
    """ASCII, the symbols, and all hanzi of GB2312 (rows 16 to 87)."""
    ascii_signs = {chr(code) for code in range(0x20, 0x7F)}
    pairs = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return frozenset(ascii_signs | set(_SYMBOLS) | {pair.decode("gb2312", errors="ignore") for pair in pairs} - {""})


def lacking(text: str) -> str:
    """The characters of `text` that even the source font does not have, each once, in their order."""
    rare = dict.fromkeys(sign for sign in text if not sign.isspace() and sign not in base())
    return "".join(sign for sign in rare if ord(sign) not in source().unicodes)  # seldom asked: the source is 17 MB


@cache
def source() -> "uharfbuzz.Face":
    """The whole font."""
    import uharfbuzz  # noqa: PLC0415 - common names have no need of it

    path = resources.files(PACKAGE.replace("-", "_")) / _SOURCE
    return uharfbuzz.Face(uharfbuzz.Blob(path.read_bytes()))  # HarfBuzz itself cannot open every path on Windows
