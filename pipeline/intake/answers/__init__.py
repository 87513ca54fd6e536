"""处理单.xlsx as the analyst saved it: rows of questions and answers, and the decisions that they make.

The locked part of a row carries all that it binds to (`Question.digest`), so rows may be sorted, copied or deleted: one
whose locked part was changed is told, never applied.
"""

from pipeline.intake.answers.files import (
    ASKED,
    CHECK,
    DRAFTS,
    IDENTITY,
    OF_DAYS,
    OF_WEEKS,
    OPTION,
    SET_ASIDE,
    TO_ANSWER,
    found,
    is_open_elsewhere,
    misnamed,
    read,
)
from pipeline.intake.answers.rows import NAME, Answered, Answers, Row, answered, date, is_count

__all__ = [
    "ASKED", "CHECK", "DRAFTS", "IDENTITY", "NAME", "OF_DAYS", "OF_WEEKS", "OPTION", "SET_ASIDE", "TO_ANSWER",
    "Answered", "Answers", "Row", "answered", "date", "found", "is_count", "is_open_elsewhere", "misnamed", "read",
]  # fmt: skip
