"""What an author should look at again before learners read it: reckoned on the server, for what she saved.

A check is one function that yields `Remark`s. `cards` holds those of one card, `whole` those of a whole lesson or job
aid; `words`, `sentences` and `texts` reckon without a database. `report` puts together what the editor shows,
`form` keeps back what must not go out, `weights` knows what every live lesson weighs.
"""
