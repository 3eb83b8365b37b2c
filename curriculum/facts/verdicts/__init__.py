"""The review list: facts go to a clinician as a spreadsheet and come back with her verdicts.

`writing` makes the file, `checking` judges the rows that came back, `services` keeps them and brings them in once.
"""
