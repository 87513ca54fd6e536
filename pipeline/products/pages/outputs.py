"""What a notebook cell may give: a table, sentences, or plain lines; each the same text every time.

The page that is made of the notebook shows tables, sentences and pictures. Plain lines stay in the notebook.
"""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

_NUMBER = re.compile(r"[+−-]?[\d,]+(\.\d+)?%?|—")
_LONG = 16  # signs: a longer text wraps


class Shown:
    """A table for a notebook: Chinese headings, no index, no cut; escaped in HTML. lead: a sentence before it."""

    def __init__(self, head: Sequence[str], lines: Sequence[Sequence[str]], lead: str = "") -> None:
        self._head, self._lines, self._lead = list(head), [list(line) for line in lines], lead

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        head, lines = self._head, self._lines
        numbers = [bool(lines) and all(_NUMBER.fullmatch(line[place]) for line in lines) for place in range(len(head))]
        cells = "".join(f'<th scope="col" style="{_side(is_number)};word-break:keep-all">{_heading(words)}</th>'
                        for words, is_number in zip(head, numbers, strict=True))  # fmt: skip
        body = "".join(f"<tr>{_cells(line, numbers)}</tr>\n" for line in lines)
        lead = f"<p>{escape(self._lead)}</p>\n" if self._lead else ""
        html = f"{lead}<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>"
        text = [*filter(None, [self._lead]), *map("　".join, [head, *lines])]
        return {"text/html": html, "text/plain": "\n".join(text)}


def _heading(words: str) -> str:
    """A heading may break before its bracket only."""
    return escape(words).replace("（", "<wbr>（")


def _cells(line: list[str], numbers: list[bool]) -> str:
    return "".join(f'<td style="{_side(is_number)}{_wrap(words)}">{escape(words)}</td>'
                   for words, is_number in zip(line, numbers, strict=True))  # fmt: skip


def _side(is_number: bool) -> str:
    """Numbers to the right, whatever the page's own style is."""
    return f"text-align:{'right' if is_number else 'left'}"


def _wrap(words: str) -> str:
    return "" if len(words) > _LONG else ";white-space:nowrap"


class Sentences:
    """Sentences for a notebook, one point each; a single one is a paragraph."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self._sentences = sentences
        self.text = "\n".join(sentences)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        point = "- " if len(self._sentences) > 1 else ""
        return {
            "text/plain": self.text,
            "text/markdown": "\n".join(f"{point}{_plain(sentence)}" for sentence in self._sentences),
        }


def _plain(text: str) -> str:
    """Text as text in Markdown: no sign of it may become markup, no line break a paragraph, no address a link."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]<>#+!|$&~:" else sign for sign in " ".join(text.splitlines()))


class Lines:
    """Plain lines, for whoever looks further in the notebook."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._text = "\n".join(lines)

    def __repr__(self) -> str:
        return self._text
