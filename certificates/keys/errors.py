class NoKey(Exception):
    """Nothing can be signed for this country. The message is a sentence for HR that says what to ask for."""


class ClockWentBack(Exception):
    """The clock shows a time before the newest signature. The message is a sentence for HR."""


class UnusableKey(Exception):
    """A file of keys cannot be used. The message says which and what to do, for the administrator."""


class NothingAhead(Exception):
    """No certificate is dated later than now, or all were set aside before."""
