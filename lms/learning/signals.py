"""The one upward signal: sent with `enrolment`, inside the transaction that completed it."""

from django.dispatch import Signal

programme_completed = Signal()
