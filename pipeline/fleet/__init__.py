"""One week of every office below a folder, each a task of its own, members before those that they report to.

What one office sends up is a file; nothing else passes between two of them. So an office's week depends on its folder
and the week alone, wherever and however often it is run, and what one of them breaks is its own.
"""
