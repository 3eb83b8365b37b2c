"""Counts for donors and ministries: of people certified or through, by two choices, with nothing that points at few."""
