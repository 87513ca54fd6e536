"""What a replay depends on beside the record: the program, its packages, Python. What is not as it was then is told."""

import json
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from pipeline.archive import Manifest
from pipeline.record import execution, recording, source

_FONTS = ("fonttools", "uharfbuzz", "justmytype-intl-cjk")
_CHARTS = ("matplotlib", "numpy", *_FONTS)
_NOTEBOOK = ("papermill", "nbformat", "ipykernel", "python", *_CHARTS)
_MADE_BY = (
    ("charts/*", _CHARTS),
    ("*.ipynb", _NOTEBOOK),
    ("weekly_report.html", ("nbconvert", "Jinja2", "mistune", "beautifulsoup4", *_NOTEBOOK)),
    ("brief.html", ("Jinja2", "segno", *_FONTS)),
    ("*.xlsx", ("openpyxl", "lxml", "python", "zlib")),
    ("*.docx", ("python-docx", "lxml", "python", "zlib")),
    ("*", ("python", "pydantic", "xlrd", "pandas")),
)


def behind(name: str, facts: Manifest) -> str:
    """（所用的 matplotlib 3.9.0→3.10.0）: the packages by which this file is made, where they are others than then."""
    makers = next(makers for pattern, makers in _MADE_BY if fnmatch(name, pattern))
    other = [f"{package} {then}→{now}" for package, then, now in _others(facts) if package in makers]
    return f"（所用的 {'、'.join(other)}）" if other else ""


def _others(facts: Manifest) -> Iterator[tuple[str, str, str]]:
    """(package, its version then, its version now) where they differ."""
    now = recording.versions()
    for package, version in facts.versions.items():
        if now.get(package) != version:
            yield package, version, now.get(package, "没有")


def remarks(record: Path, facts: Manifest) -> Iterator[str]:
    """What is said before anything that differs."""
    other = [f"{package} {then}（现为 {now}）" for package, then, now in _others(facts)]
    if other:
        yield f"程序包版本与存档时不同：{'、'.join(other)}；如有差异，可能由此而来"
    if facts.program != recording.program():
        cells = _other_cells(record / execution.FILE_NAME)
        which = f"（笔记本第 {'、'.join(map(str, cells))} 格不同）" if cells else ""
        yield (
            f"程序已更新，与存档时不同{which}；如有差异，是新程序会得出的不同结果，存档本身没有改动。"
            "需要时用 report 日期 --revise “原因” 另存"
        )


def _other_cells(executed: Path) -> list[int]:
    try:
        return source.differences(executed.read_bytes())
    except (OSError, ValueError, KeyError, TypeError, AttributeError, json.JSONDecodeError):
        return []
