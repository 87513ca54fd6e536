"""The sample's YAML files as slips of the hand leave them: one sign lost, doubled, of another width; a line cut, moved, pasted."""

import random
import re
from collections.abc import Iterator

_WIDE = str.maketrans(":,{}[]\"'- 0123456789", "：，｛｝［］”’－\u30000１２３４５６７８９")
_PASTED = (
    "\t", "\xa0", "\u3000", "：", "，", "“", "”", '"', "'", "{", "}", "[", "]", ":", ": ", ",", "-", "- ", "#", "@", "%", "&", "*",
    "!", "|", ">", "?", "`", "\n", "\n  ", "\r", "---\n", "\u200b", "\ufeff", "\x07", "\x00", "。", "座", "０", "{{", "~",
)  # fmt: skip
_NUMBER = re.compile(r"(?<=: )\d+(?=[,}])")
_SLIPS = (
    "0{}", "+{}", "{}.0", '"{}"', "{}座", "{}户", "“{}”", "约{}", "{}。", "{}，", "{}、", "0x{}", "{}_0", "{}:00", "1,{}", "{} 1", "{}e3",
    "-{}", "{}%", "{}/2", "'{}'", "O{}", "{}O", "l{}", "{}\u3000", "{}\xa0", "{}\t", "{}?", "!!int {}", "- {}", "[{}]", "{{{}}}", "&a {}",
)  # fmt: skip


def texts(text: str, seed: int, count: int) -> Iterator[str]:
    """That many spoilt texts."""
    chance = random.Random(seed)
    for _ in range(count):
        yield _spoilt(text, chance)


def numbers(text: str) -> Iterator[tuple[str, str, str]]:
    """(as it was, as it is typed now, the whole text) for each number of the file and each slip."""
    for match in _NUMBER.finditer(text):
        wide = match[0].translate(_WIDE)
        for typed in (*(slip.format(match[0]) for slip in _SLIPS), wide):
            if typed != match[0]:
                yield match[0], typed, f"{text[: match.start()]}{typed}{text[match.end() :]}"


def _spoilt(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    lines = text.splitlines(keepends=True)
    row = chance.randrange(len(lines))
    match chance.randrange(8):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1:
            return text[:at] + chance.choice(_PASTED) + text[at:]
        case 2:
            return text[:at] + text[at].translate(_WIDE) + text[at + 1 :]
        case 3:
            return text[:at] + chance.choice(_PASTED) + text[at + 1 :]
        case 4:  # half a line
            lines[row] = lines[row][: chance.randrange(len(lines[row]))] + "\n"
        case 5:  # a line too far in, or out
            lines[row] = (
                chance.choice(("  ", " ", "\t", "\u3000")) + lines[row]
                if chance.random() < 0.6
                else lines[row].lstrip()
            )
        case 6:
            lines[row] = lines[row].translate(_WIDE)
        case 7:  # a line elsewhere
            lines.insert(chance.randrange(len(lines)), lines[row])
    return "".join(lines)
