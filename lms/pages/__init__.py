"""Home and the pages that are not curriculum: help, privacy, about.

Owns: HomePage, StandardPage. May import everything below it. Offers nothing; it is where people land.
"""
