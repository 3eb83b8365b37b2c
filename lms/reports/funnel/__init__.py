"""The intake funnel: how many of those invited came how far, and how many days lay between."""
