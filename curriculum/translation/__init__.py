"""Pages, questions and words in other languages, by wagtail-localize: texts, marks, completeness, PO files.

Owns nothing: the rows are wagtail-localize's. Imports curriculum.models; curriculum's doors and lms.starter use it.
Offers `texts.texts(thing)`, `queries` (what is translated, by whom, out of date) and the block of a translatable table.
"""
