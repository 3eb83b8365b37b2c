from .cohort import Attendance, Cohort, Day, Intake
from .credit import Credit, CreditSheet
from .enrolment import Completion, Enrolment, Place, Requirement

__all__ = [
    "Attendance",
    "Cohort",
    "Completion",
    "Credit",
    "CreditSheet",
    "Day",
    "Enrolment",
    "Intake",
    "Place",
    "Requirement",
]
