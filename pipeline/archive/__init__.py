"""The record: save tables, read earlier weeks, seal a revision, tell where a figure comes from and what changed.

data/output/DATE/rN is one sealed revision of one week; nothing in it is ever changed.
"""

from pipeline.archive import changes
from pipeline.archive.origins import Trace, bases, origins, trace
from pipeline.archive.past import History, findings, history, renamed, reporting
from pipeline.archive.revisions import (
    MANIFEST,
    OUTPUT,
    RAW,
    WITHHELD,
    as_of,
    first_files,
    is_date,
    link,
    manifest,
    newest_records,
    next_revision,
    recorded_weeks,
    revisions,
    submissions,
    table,
    weeks,
)
from pipeline.archive.sealing import keep_failed, open_building, save_tables, seal, sweep
from pipeline.archive.text import digest, digest_of_facts, from_csv, texts, to_csv

__all__ = [
    "MANIFEST", "OUTPUT", "RAW", "WITHHELD", "History", "Trace", "as_of", "bases", "changes", "digest", "digest_of_facts",
    "findings", "first_files", "from_csv", "history", "is_date", "keep_failed", "link", "manifest", "newest_records",
    "next_revision", "open_building", "origins", "recorded_weeks", "renamed", "reporting", "revisions", "save_tables",
    "seal", "submissions", "sweep", "table", "texts", "to_csv", "trace", "weeks",
]  # fmt: skip
