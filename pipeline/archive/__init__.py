"""The record: save tables, read earlier weeks, seal a revision, tell where a figure comes from and what changed.

data/output/DATE/rN is one sealed revision of one week; nothing in it is ever changed.
"""

from pipeline import check_codes
from pipeline.archive import changes, entering, register
from pipeline.archive.manifest import MANIFEST, Manifest, digest_of, is_date, link, manifest, raw
from pipeline.archive.origins import Trace, bases, origins, trace
from pipeline.archive.past import History, findings, history, renamed, reporting
from pipeline.archive.register import next_revision
from pipeline.archive.revisions import (
    OUTPUT,
    RAW,
    WITHHELD,
    as_of,
    first_submissions,
    newest_records,
    recorded_weeks,
    revisions,
    submissions,
    table,
    weeks,
)
from pipeline.archive.sealing import keep_failed, open_building, save_tables, seal, sweep
from pipeline.archive.text import digest, digest_of_facts, from_csv, texts, to_csv

__all__ = [
    "MANIFEST", "OUTPUT", "RAW", "WITHHELD", "History", "Manifest", "Trace", "as_of", "bases", "changes", "check_codes", "digest",
    "digest_of", "digest_of_facts", "entering", "findings", "first_submissions", "from_csv", "history", "is_date", "keep_failed", "link", "manifest",
    "newest_records", "next_revision", "open_building", "origins", "raw", "recorded_weeks", "register", "renamed", "reporting",
    "revisions", "save_tables", "seal", "submissions", "sweep", "table", "texts", "to_csv", "trace", "weeks",
]  # fmt: skip
