"""Item analysis and knowledge gain: what many results say about a question, a quiz, a module.

`statistics` and `words` are pure; `chosen` says an answer in words at hand-in; the other modules read Mark rows.
"""
