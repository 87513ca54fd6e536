"""Tables as text in a record, and digests."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pipeline.records import Table

_FORMULA_START = re.compile(r"^(['=@＝＠\t\r]|[+\-＋－](?![\d.,]*$))")
R = TypeVar("R")


def to_csv(table: Table[R], rows: Iterable[R]) -> bytes:
    """UTF-8 with BOM, so that WPS and Excel open it. A text that they would run as a formula gets a leading '."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)  # RFC 4180 line ends: only with them is a lone \r in a text quoted too
    writer.writerow(table.columns)
    for row in rows:
        writer.writerow([_FORMULA_START.sub(r"'\1", text) for text in table.texts(row)])
    return out.getvalue().encode("utf-8-sig")


def from_csv(table: Table[R], content: bytes) -> list[R]:
    """The rows that `to_csv` wrote; ValueError or KeyError if it is not such a table."""
    return [table.parse(values) for values in texts(table, content)]


def texts(table: Table[Any], content: bytes) -> list[dict[str, str]]:
    """The same as plain texts, column by column."""
    head, *body = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)) or [[]]
    if tuple(head) != table.columns:
        raise ValueError(f"columns are {head}")
    return [{name: text.removeprefix("'") for name, text in zip(head, line, strict=True)} for line in body]


def digest(content: bytes) -> str:
    """sha256, as hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def digest_of_facts(facts: Mapping[str, Any]) -> str:
    """sha256 of a mapping, whatever the order of its keys."""
    return digest(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode())
