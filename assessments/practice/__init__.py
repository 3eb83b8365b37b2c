"""Practising what she missed: five questions a day, by spaced repetition.

Owns nothing: PracticeCard and PracticeTurn are in models, changes in services/practice.py.
`memory` reckons when a question comes back, `queries` reads what may be asked.
"""
