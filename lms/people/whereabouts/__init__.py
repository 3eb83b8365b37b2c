"""Where a person is signed in, in words; and that a browser which is new to her is told to her other ones."""
