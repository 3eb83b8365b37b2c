"""Many stored certificates as one file: an archive, a document to print, sheets of wallet cards.

Owns: what is put in and in which order, and the putting together. Nothing is drawn here.
May import what certificates may. Offers: `choosing.stored_for`, `packing.pack`, the makers in archive and printing.
"""
