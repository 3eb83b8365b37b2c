"""Questions in and out: our spreadsheet, GIFT and Moodle XML.

`moodle` is what GIFT and Moodle XML know of a question; each question type maps itself to it and to the cells of a
sheet in its own `exchange.py` (`mapping` finds it). `drafts` is a whole question on its way, `formats` lists the files.
Pure but for `bank`, which finds and makes the rows.
"""
