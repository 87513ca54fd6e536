"""A new office: a target table to fill, and what a filled one is made into.

`template` writes the table; `reading` reads it as typed (`headings`: which column is which), or the notice's form with
its 目标任务; `targets` and `facts` understand it, each fault to its cell (`cells`); `written` is the programme as YAML.
"""

from pipeline.founding.reading import Typed
from pipeline.founding.reading import read as typed
from pipeline.founding.targets import Founded, founded
from pipeline.founding.template import TEMPLATE, template
from pipeline.founding.written import as_yaml

__all__ = ["TEMPLATE", "Founded", "Typed", "as_yaml", "founded", "template", "typed"]
