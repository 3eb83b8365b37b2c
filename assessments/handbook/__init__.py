"""A module or programme as a printed book: for learners, and with questions, answers and checklists for facilitators.

Stands here because it reads the curriculum and the question bank; it writes only its own rows.
"""
