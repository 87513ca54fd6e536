"""The two YAML files, typed: the programme of the year (`Programme`) and one reporting week (`Week`)."""

from pipeline.params.decisions import (
    Accept,
    Correct,
    Decision,
    Enter,
    Exclude,
    FigureDecision,
    Name,
    Use,
    Week,
    acceptance,
    is_stale,
    stale,
)
from pipeline.params.files import blank_week, check_decisions, programme, week, week_of
from pipeline.params.year import ONE_DAY, Lights, Programme, Schedule

__all__ = [
    "ONE_DAY",
    "Accept",
    "Correct",
    "Decision",
    "Enter",
    "Exclude",
    "FigureDecision",
    "Lights",
    "Name",
    "Programme",
    "Schedule",
    "Use",
    "Week",
    "acceptance",
    "blank_week",
    "check_decisions",
    "is_stale",
    "programme",
    "stale",
    "week",
    "week_of",
]
