"""Colours as far as they hide a figure or mark it: whether a clerk sees letters on their ground, whether they are red."""

from collections.abc import Mapping

WHITE = "FFFFFF"
_RED = "FF0000"
_PALETTE = ("000000", WHITE, _RED, "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")  # 0-7 and again 8-15
_BACKGROUND, _HARDLY = 65, 12


def indexed(number: int) -> str:
    """A colour of the palette that every office has; "" for the others."""
    return WHITE if number == _BACKGROUND else _PALETTE[number % 8] if 0 <= number < 16 else ""


def named(attributes: Mapping[str, str]) -> str:
    """rgb="FFFF0000", indexed="10", theme="0" as FF0000, FF0000, FFFFFF; "" for what looks as the program likes."""
    if "rgb" in attributes:
        return attributes["rgb"][-6:].upper()
    if "theme" in attributes:
        tint = attributes.get("tint", "")
        colour = WHITE if attributes["theme"] == "0" else f"theme {attributes['theme']}"
        return colour + ("" if tint in ("0", "0.0") else tint)
    number = attributes.get("indexed", "")
    return indexed(int(number)) if number.isascii() and number.isdigit() else ""


def hides(letters: str, ground: str) -> bool:
    """Whether letters of one colour cannot be seen on a ground of another."""
    if letters == ground:
        return bool(letters)
    try:
        pairs = zip(bytes.fromhex(letters), bytes.fromhex(ground), strict=True)
        return bool(letters and ground) and all(abs(one - other) <= _HARDLY for one, other in pairs)
    except ValueError:
        return False
