"""Days in the YAML files: 2023-05-05, and what to write where something else stands."""

import datetime as dt
import re
import unicodedata

_ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MEANT = re.compile(r"\D?(\d{4})\s*[-/.,年]\s*(\d{1,2})\s*[-/.,月]\s*(\d{1,2})(?!\d).*|(\d{4})(\d\d)(\d\d)")
_NO_YEAR = re.compile(r"\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?")


def day(text: str) -> dt.date | None:
    """The day that a text says; None for anything but 2023-05-05 and for a day that no calendar has."""
    try:
        return dt.date.fromisoformat(text) if _ISO.fullmatch(text) else None
    except ValueError:
        return None


def advice(value: object) -> str:
    """What to write where a day is wanted and `value` stands."""
    typed = unicodedata.normalize("NFKC", str(value)).strip()
    match = _MEANT.fullmatch(typed)
    if match:
        year, month, of_month = (int(part) for part in match.groups() if part)
        meant = f"{year:04}-{month:02}-{of_month:02}"
        return f"请写 {meant}" if day(meant) else "没有这一天，请核对"
    return f"请写全年月日，如 2023-06-02{'（年份也要写）' if _NO_YEAR.fullmatch(typed) else ''}"
