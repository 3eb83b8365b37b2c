"""The starter curriculum: readable files and the loader that puts them into the CMS.

Owns: the files under content/, the demo people. May import everything below it.
Offers: `manage.py load_starter`, `manage.py load_demo`.
Nothing imports this package.
"""
