"""Acceptance cases: what towns really send, one module a letter of the list of messes (F01 … P06).

`office` holds the invented programme and its figures, `builders` writes real files, `case` says what is expected and
compares. Every expected figure, cell and wording is a literal.
"""
