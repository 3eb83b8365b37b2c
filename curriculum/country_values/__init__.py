"""What national guidelines decide, one table a country: a row a key, a column a language.

`cells` judges what was typed, without the database; `services` saves the whole table or nothing of it.
"""
