"""The record: save tables, read earlier weeks, seal a revision.

data/output/DATE/rN is one sealed revision of one week; nothing in it is ever changed.
"""

from pipeline.archive.past import History, history, reporting
from pipeline.archive.records import MANIFEST, OUTPUT, RAW, first_files, is_date, manifest, revisions, weeks
from pipeline.archive.sealing import keep_failed, open_building, save_tables, seal
from pipeline.archive.text import digest, from_csv, to_csv

__all__ = [
    "MANIFEST", "OUTPUT", "RAW", "History", "digest", "first_files", "from_csv", "history", "is_date", "keep_failed",
    "manifest", "open_building", "reporting", "revisions", "save_tables", "seal", "to_csv", "weeks",
]  # fmt: skip
