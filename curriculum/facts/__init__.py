"""Facts in the admin: what cites them, what a change of one means, what clinicians said of them.

`citing` reads Wagtail's reference index, `changes` writes what an edit means; `editor`, `listing` and `usage` are the
pages; `verdicts` is the review list that goes to a clinician and comes back.
"""
