from .change import Change, Verdict, VerdictSheet
from .facts import CountryValue, Fact
from .glossary import GlossaryTerm
from .machine import MachineTexts
from .pages import CurriculumPage, LessonPage, ModulePage, UnitPage
from .programme import ProgrammePage
from .recording import Recording
from .review import ClinicalReviewTask, Review, Withdrawal

__all__ = [
    "Change",
    "ClinicalReviewTask",
    "CountryValue",
    "CurriculumPage",
    "Fact",
    "GlossaryTerm",
    "LessonPage",
    "MachineTexts",
    "ModulePage",
    "ProgrammePage",
    "Recording",
    "Review",
    "UnitPage",
    "Verdict",
    "VerdictSheet",
    "Withdrawal",
]
