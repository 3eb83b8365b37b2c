"""Time: until when a certificate holds, when it may be renewed, who is reminded, and the cycle that renews it.

Owns: windows (pure), the opening of renewals, reminders. Imports the register's models and lms.learning.
Offers: `in_progress` (one certificate, one query), `with_renewal` (a list, an annotation), `windows`.
"""

from .queries import in_progress, with_renewal

__all__ = ["in_progress", "with_renewal"]
