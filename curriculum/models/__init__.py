from .facts import CountryValue, Fact
from .pages import CurriculumPage, LessonPage, ModulePage, UnitPage
from .programme import ProgrammePage
from .review import ClinicalReviewTask, Review, Withdrawal

__all__ = [
    "ClinicalReviewTask",
    "CountryValue",
    "CurriculumPage",
    "Fact",
    "LessonPage",
    "ModulePage",
    "ProgrammePage",
    "Review",
    "UnitPage",
    "Withdrawal",
]
