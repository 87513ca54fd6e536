"""Weekly progress of 农村户厕改造整村推进: ten towns' files in, the week's sealed record out.

The data's journey, one module a step:

    params       the year's programme and the week's decisions, from YAML
    form         a file -> its form: every line and cell as typed, with its address
    submissions  whose file is it, and which of several counts
    cleaning     forms -> figures: names and numbers understood, or a finding that says why not
    checks       figures -> findings: what a person should look at
    settling     findings + decisions -> progress: what counts this week
    completion   progress -> completion: against target and 序时进度
    charts, pages, workbook, feedback    what people read
    archive      records on disc, and the history read back from them

`week` composes them in memory, `recording` executes the notebook and seals the record, `commands` and `cli` are what
the analyst types. `records` is the vocabulary, `rules` the list of rules.
"""
