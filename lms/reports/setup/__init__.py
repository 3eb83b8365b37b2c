"""Setting up a country: what is there already and what still has to be done, each with the page where one does it.

`steps` looks, `views` shows. Nothing is ticked by hand: a step is done when what it asks for exists.
"""
