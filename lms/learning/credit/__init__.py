"""Credit for those trained before this platform: a spreadsheet with evidence, sent by one person, approved by another.

`checking` judges the rows, `services` hand on, approve and refuse. A credit is never a mark.
"""
