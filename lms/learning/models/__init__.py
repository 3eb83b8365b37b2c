from .cohort import Cohort, Intake
from .enrolment import Completion, Enrolment, Place, Requirement

__all__ = ["Cohort", "Completion", "Enrolment", "Intake", "Place", "Requirement"]
