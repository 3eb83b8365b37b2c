"""Translations of the starter curriculum as PO files: written for translators, read again by the loader."""
