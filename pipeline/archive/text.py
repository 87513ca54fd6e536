"""Tables as text in a record, and digests."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipeline import tables
from pipeline.tables import Schema

_FORMULA_START = re.compile(r"^(['=@＝＠\t\r]|[+\-＋－](?![\d.,]*$))")


def to_csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with BOM, so that WPS and Excel open it. A text that they would run as a formula gets a leading '."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)  # RFC 4180 line ends: only with them is a lone \r in a text quoted too
    writer.writerow(frame.columns)
    for row in tables.rows(frame):
        writer.writerow(_FORMULA_START.sub(r"'\1", tables.text(name, value)) for name, value in row.items())
    return out.getvalue().encode("utf-8-sig")


def from_csv(schema: Schema, content: bytes) -> pd.DataFrame:
    """The table that `to_csv` wrote; ValueError if it is not one."""
    head, *body = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)) or [[]]
    if tuple(head) != schema.columns:
        raise ValueError(f"columns are {head}")
    return schema.parse({name: text.removeprefix("'") for name, text in zip(head, line, strict=True)} for line in body)


def digest(content: bytes) -> str:
    """sha256, as hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def digest_of_facts(facts: Mapping[str, Any]) -> str:
    """sha256 of a mapping, whatever the order of its keys."""
    return digest(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode())
