"""Signs of Word that are no text: symbols by font and number, letters in a font of pictures."""

_PICTURES = ("wingdings", "webdings", "zapf dingbats", "marlett")
_UNKNOWN = "［符号］"
_KNOWN = {
    **dict.fromkeys([("wingdings", 0xFC), ("wingdings 2", 0x50)], "✓"),
    **dict.fromkeys([("wingdings", 0xFB), ("wingdings 2", 0x4F)], "✗"),
    **dict.fromkeys([("wingdings", 0xFE), ("wingdings 2", 0x52)], "☑"),
    **dict.fromkeys([("wingdings", 0xFD), ("wingdings 2", 0x51), ("wingdings", 0x78)], "☒"),
    **dict.fromkeys([("wingdings", 0xA8), ("wingdings 2", 0xA3), ("wingdings", 0x6F)], "☐"),
}


def is_of_pictures(font: str) -> bool:
    """Whether a font shows pictures where others show letters and digits."""
    return font.lower().startswith(_PICTURES)


def symbol(font: str, number: int) -> str:
    """A sign by its number; programs move those of old fonts to F000 and above."""
    low = number & 0xFF if 0xF000 <= number <= 0xF0FF else number
    if is_of_pictures(font) and low <= 0xFF:
        return _KNOWN.get((font.lower(), low), _UNKNOWN)
    if low != number:  # the font Symbol has digits where all have them
        return chr(low) if font.lower() == "symbol" and 0x30 <= low <= 0x39 else _UNKNOWN
    is_private = 0xE000 <= number <= 0xF8FF or 0xD800 <= number <= 0xDFFF or number > 0x10FFFF
    return _UNKNOWN if is_private else chr(number)


def pictured(text: str, font: str) -> str:
    """A text in a font of pictures."""
    return "".join(sign if sign.isspace() or ord(sign) > 0xFF else symbol(font, ord(sign)) for sign in text)
