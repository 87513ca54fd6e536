"""What counts: figures -> progress -> completion.

checks        figures -> findings: what a person should look at
settling      findings + decisions -> progress: what counts this week
completion    progress -> completion: against target and 序时进度
conservation  nothing comes from nowhere and nothing is lost: asserted in every run
"""
