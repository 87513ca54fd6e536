"""Readers that come to grief, each in its own way. Run in the worker: so nothing heavy is imported here."""

import os
import time

from pipeline.intake.reading.book import CELL_TEXT, MOST_CELLS, Book, Cell, Sheet, Unreadable


def good(content: bytes) -> Book:
    return Book("csv", [Sheet("一", cells={(1, 1): Cell(content.decode(), CELL_TEXT)})])


def aborts(_: bytes) -> Book:
    os.abort()


def leaves(_: bytes) -> Book:
    os._exit(0)


def hangs(_: bytes) -> Book:
    time.sleep(600)
    raise AssertionError


def eats_memory_slowly(_: bytes) -> Book:
    eaten = []
    while True:
        eaten.append(bytes(1 << 20).replace(b"\0", b"x"))
        time.sleep(0.001)


def eats_memory_at_once(_: bytes) -> Book:
    return good(bytes(1 << 40))


def raises(_: bytes) -> Book:
    raise KeyError("a part")


def raises_no_exception(_: bytes) -> Book:
    raise SystemExit(0)


def recurses(content: bytes) -> Book:
    return recurses(content)


def prints(content: bytes) -> Book:
    print("\x00" * 100, flush=True)
    os.write(1, b"\xff" * 100)
    return good(content)


def refuses(_: bytes) -> Book:
    raise Unreadable("请重报", rule="not_the_form")


def fills(_: bytes) -> Book:
    sheet = Sheet("一")
    for row in range(1, MOST_CELLS + 2):
        sheet.put(row, 1, Cell("1", CELL_TEXT))
    return Book("csv", [sheet])
