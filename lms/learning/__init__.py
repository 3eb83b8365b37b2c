"""Who takes what, and how far she is.

Owns: cohorts, intakes, enrolments (one cycle each) with their requirement rows, completions, places in a lesson.
May import curriculum, lms.people, lms.core.
Offers: `services.enrol`, `services.complete_unit` (the only way in), `queries`, the signal `programme_completed`.
"""
