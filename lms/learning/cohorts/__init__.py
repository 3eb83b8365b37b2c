"""Cohorts in the Wagtail admin: where, who teaches, how many places; and closing one."""
