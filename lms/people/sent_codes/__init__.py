"""Signing in with a code that is sent to the phone or e-mail on record, for who has that but not her PIN at hand."""
