"""People and places in the Wagtail admin: lists, forms, postings, PIN resets, and Wagtail's own doors that are ours."""
