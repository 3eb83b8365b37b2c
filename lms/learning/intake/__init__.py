"""Intake: a spreadsheet of recruits becomes people, a cohort and enrolments.

`reading` turns bytes into lines, `matching` says which column holds what, `values` and `rows` understand cells,
`known` and `checking` find likely doubles, `carrying` writes everything once in a task, `giving` hands out one-time
codes, `undoing` takes a whole intake back.
"""
