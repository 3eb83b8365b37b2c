"""The leaf: what every package may use and what knows none of them.

Owns: Country, the ui template tags, health, logs, the content security policy, words that tell of an illness,
`manage.py tick`.
May import nothing of this project.
Offers: `Country`, `{% icon %}`, `telling.names_no_illness`, the hook `tick`.
"""
