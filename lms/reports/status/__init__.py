"""Certification status: who stands where, counted by place, cohort and job as of a day, and the lists behind it.

`parts` says what stood on a day, each part by the ORM; `standing` joins them once for numbers and lists alike.
"""
