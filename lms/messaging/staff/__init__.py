"""Messages in the Wagtail admin: their words, and the outbox. Who may is said by policies that lms.people registers."""
