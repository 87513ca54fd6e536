"""Readers that come to grief, each in its own way. Run in the worker: so nothing heavy is imported here."""

import os
import time
from pathlib import Path

from pipeline.intake.reading.book import CELL_TEXT, MOST_CELLS, Book, Cell, Sheet, Unreadable
from pipeline.intake.reading.budget import Budget


def good(content: bytes, _: Budget) -> Book:
    return Book("csv", [Sheet("一", cells={(1, 1): Cell(content.decode(), CELL_TEXT)})])


def aborts(_: bytes, __: Budget) -> Book:
    os.abort()


def leaves(_: bytes, __: Budget) -> Book:
    os._exit(0)


def hangs(_: bytes, __: Budget) -> Book:
    while True:
        pass


def sleeps(_: bytes, __: Budget) -> Book:
    time.sleep(600)
    raise AssertionError


def aborts_once(content: bytes, budget: Budget) -> Book:
    """content: the path of a file that says whether it has been tried before."""
    tried = Path(content.decode())
    if tried.exists():
        return good("好".encode(), budget)
    tried.touch()
    os.abort()


def spends(content: bytes, budget: Budget) -> Book:
    budget.work(int(content))
    return good(content, budget)


def eats_memory_slowly(_: bytes, __: Budget) -> Book:
    eaten = []
    while True:
        eaten.append(bytes(1 << 20).replace(b"\0", b"x"))
        time.sleep(0.001)


def eats_memory_at_once(_: bytes, budget: Budget) -> Book:
    return good(bytes(1 << 40), budget)


def raises(_: bytes, __: Budget) -> Book:
    raise KeyError("a part")


def raises_no_exception(_: bytes, __: Budget) -> Book:
    raise SystemExit(0)


def recurses(content: bytes, budget: Budget) -> Book:
    return recurses(content, budget)


def prints(content: bytes, budget: Budget) -> Book:
    print("\x00" * 100, flush=True)
    os.write(1, b"\xff" * 100)
    return good(content, budget)


def refuses(_: bytes, __: Budget) -> Book:
    raise Unreadable("请重报", rule="not_the_form")


def fills(_: bytes, __: Budget) -> Book:
    sheet = Sheet("一")
    for row in range(1, MOST_CELLS + 2):
        sheet.put(row, 1, Cell("1", CELL_TEXT))
    return Book("csv", [sheet])
