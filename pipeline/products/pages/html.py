"""What both pages share: templates, the look, and the closing that embeds the glyphs."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from pipeline.products import fonts

TEMPLATES = Path(__file__).resolve().parent / "templates"
POLICY = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'"
_FONTS = "/* fonts */"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=select_autoescape(["j2"], default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def rendered(template: str, **values: Any) -> str:
    """A template filled; every value is escaped."""
    return _environment().get_template(template).render(policy=POLICY, **values)


def style(*names: str) -> str:
    """The common look, then that of one page, or of one that is like another."""
    return "".join((TEMPLATES / file).read_text(encoding="utf-8") for file in ("base.css", *names))


def closed(page: str) -> bytes:
    """The page with the glyphs that it shows, as bytes. What the font lacks is drawn by the reader's own."""
    shown = re.sub(r"<style>.*?</style>|<[^>]*>", "", page, flags=re.DOTALL)
    return (page.replace(_FONTS, fonts.web(shown), 1).strip() + "\n").encode("utf-8")
