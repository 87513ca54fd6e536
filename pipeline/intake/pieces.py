"""A text taken apart into the pieces that it may consist of; what stays is none of them."""

import re


def taken(pieces: re.Pattern[str], text: str) -> tuple[dict[str, list[str]], str]:
    """(name of a group of the pattern -> the pieces of that name, the rest of the text)."""
    found: dict[str, list[str]] = {}

    def take(match: re.Match[str]) -> str:
        found.setdefault(match.lastgroup or "", []).append(match[0])
        return ""

    return found, pieces.sub(take, text)
