"""What a clerk means: small forms, one module a topic, and what must come of each.

They were written by people who had not seen the code: they say what a clerk means, not what the program does.

`cases` says what a case is and judges; `forms` and `layouts` build what several topics share, `clerks` the files of
ten clerks. Every other module is data. The ordinary ones hold what honest clerks really send, and traps of that look.
"""
