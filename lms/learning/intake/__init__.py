"""Intake: a spreadsheet of recruits becomes people, a cohort and enrolments.

`reading` turns bytes into rows of text, `checking` judges them, `services` keeps and commits them once.
"""
