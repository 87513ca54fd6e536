"""Official forms made by chance, each knowing what its clerk meant; and the one thing that must hold for all of them.

    python -m tests.generated N [SEED]

A figure that is used is the truth, or it is not used and that is told. A form that any clerk would call right is used
whole and without a question. `office` is whose forms they are, `words` what headings are made of, `plans` what a form
consists of, `traps` what goes wrong with one, `drawing` puts forms together by chance, `writing` makes files of them,
`judging` sends them through the intake, `shrinking` makes a failure small, `__main__` is the large run.

Nothing here knows the program's lists of words: the words are those of the messes and of clerks.
"""
