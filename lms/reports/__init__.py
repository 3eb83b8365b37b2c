"""Reads everything, writes nothing itself: HR's and trainers' tables, filters and exports in the Wagtail admin, and
the page before people are asked to learn something again, which learning's service does.

Owns no rows. May import everything below it. Offers its pages in the admin menu.
"""
