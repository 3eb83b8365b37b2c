"""Finding words in what can be learned: lessons card by card, job aids, the glossary. Knows no learner.

Offers: `find(words, language, country, among)`; who may read what is for the caller to say.
"""
