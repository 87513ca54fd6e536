"""A failure made small: parts are left out as long as it stays the same failure."""

from collections.abc import Iterator
from dataclasses import replace

from tests.generated.judging import Court
from tests.generated.plans import Sent, Sheet
from tests.generated.writing import Laid, laid, merged


def shrunk(court: Court, sent: Sent) -> Sent:
    """The file without whatever can be left out: further columns, lines, tabs, merges, total rows."""
    word = court.judge(sent).word
    smaller = True
    while smaller:
        smaller = False
        for less in _less(sent):
            if court.judge(less).word == word:
                sent, smaller = less, True
                break
    return sent


def _less(sent: Sent) -> Iterator[Sent]:
    """The file with one part less."""
    for at, sheet in enumerate(sent.sheets):
        rest = (*sent.sheets[:at], *sent.sheets[at + 1 :])
        if not sheet.is_main and not sheet.needed:
            yield replace(sent, sheets=rest)
        for less in _plainer(sheet):
            yield replace(sent, sheets=(*sent.sheets[:at], less, *sent.sheets[at + 1 :]))


def _plainer(sheet: Sheet) -> Iterator[Sheet]:
    for name in ("columns", "above", "below"):
        parts = getattr(sheet, name)
        for at, part in enumerate(parts):
            if not part.needed:
                yield replace(sheet, **{name: (*parts[:at], *parts[at + 1 :])})
    usual = Sheet()
    for name in ("total", "lines", "merged_towns", "blank_rows", "hidden_rows", "total_first", "merged_heading"):
        if getattr(sheet, name) != getattr(usual, name):
            yield replace(sheet, **{name: getattr(usual, name)})
    for column in sheet.columns:
        if column.hidden and not column.needed:
            columns = tuple(replace(each, hidden=each.hidden and each is not column) for each in sheet.columns)
            yield replace(sheet, columns=columns)


def picture(sent: Sent) -> str:
    """The file as text: a line a row, cells parted by |; (hidden) and formats where there are any."""
    lines = [f"{sent.file}  {sent.day}  {' · '.join(sent.traits)}"]
    if sent.text:
        return "\n".join((*lines, sent.text))
    for sheet in sent.sheets:
        hidden = [at for at, column in enumerate(sheet.columns, 1) if column.hidden]
        lines.append(
            f"[{sheet.name}]{' hidden' if sheet.hidden else ''}{f' hidden columns {hidden}' if hidden else ''}"
        )
        lines += _rows(laid(sheet))
    return "\n".join(lines)


def _rows(tab: Laid) -> Iterator[str]:
    width = max((column for _, column in tab.cells), default=0)
    covered = merged(tab)
    for row in range(1, tab.rows + 1):
        shown = []
        for column in range(1, width + 1):
            put = tab.cells.get((row, column))
            text = covered.get((row, column), "") if put is None or put.value is None else str(put.value)
            text += f" [{put.format}]" if put and put.format != "General" else ""
            text += f" {{={put.formula}}}" if put and put.formula else ""
            shown.append(text.replace("\n", "↵"))
        yield "  " + " | ".join(shown).rstrip(" |")
