"""Reads everything, writes nothing: HR's and trainers' tables, filters and exports in the Wagtail admin.

Owns no rows. May import everything below it. Offers its pages in the admin menu.
"""
