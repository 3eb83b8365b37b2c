"""Doing one thing with many people picked from a list: asked in numbers first, then one after the other."""
