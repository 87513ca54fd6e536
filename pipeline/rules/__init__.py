"""Every rule that a finding can name, in one list: level, Chinese name, words, what the town is asked, whom it is told, what settles it.

`files`, `members`, `names`, `figures` and `judgements` hold the list in the order of the manual; `rule` says what a rule is.
"""

from pipeline.rules import figures, files, judgements, members, names
from pipeline.rules.rule import FINDINGS, Choice, Finding, Level, Rule, Said, finding, read_back, stated

__all__ = ["FINDINGS", "RULES", "Choice", "Finding", "Level", "Rule", "Said", "finding", "read_back", "stated"]

RULES = {
    rule.name: rule
    for group in (files, members, names, figures, judgements)
    for rule in vars(group).values()
    if isinstance(rule, Rule)
}
