"""The week in sentences, in the words of a 通报: templates with one branch for each case, never free text.

Every figure is read from `completion`, printed as it is published (rates with two decimals).
"""

from pipeline.products.sentences.comparison import compared, compared_with
from pipeline.products.sentences.lagging import Lag, lags
from pipeline.products.sentences.matters import matters
from pipeline.products.sentences.official import overall, problems, requests
from pipeline.products.sentences.progress import district, lines, open_findings, paragraph, title
from pipeline.products.sentences.reporting import reporting
from pipeline.products.sentences.standing import behind, leading, stalled
from pipeline.products.sentences.story import Story, catching_up
from pipeline.products.sentences.tiers import tiers
from pipeline.products.sentences.wording import behind_means, mean, numbered, slower, span, time_left

__all__ = [
    "Lag",
    "Story",
    "behind",
    "behind_means",
    "catching_up",
    "compared",
    "compared_with",
    "district",
    "lags",
    "leading",
    "lines",
    "matters",
    "mean",
    "numbered",
    "open_findings",
    "overall",
    "paragraph",
    "problems",
    "reporting",
    "requests",
    "slower",
    "span",
    "stalled",
    "tiers",
    "time_left",
    "title",
]
