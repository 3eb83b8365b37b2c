from .attempt import Answer, Attempt, ExtraTry, Mark
from .bank import Question, QuestionFact, QuestionTag, Tag
from .handbook import Edition, Handbook
from .imports import QuestionImport
from .observation import Coaching, Observation
from .picture import PaperPicture
from .practical import PracticalPage
from .practice import PracticeCard, PracticeTurn
from .quiz import Layout, Opens, Purpose, QuizPage
from .regrade import Regrade, Remark

__all__ = [
    "Answer",
    "Attempt",
    "Coaching",
    "Edition",
    "ExtraTry",
    "Handbook",
    "Layout",
    "Mark",
    "Observation",
    "Opens",
    "PaperPicture",
    "PracticalPage",
    "PracticeCard",
    "PracticeTurn",
    "Purpose",
    "Question",
    "QuestionFact",
    "QuestionImport",
    "QuestionTag",
    "QuizPage",
    "Regrade",
    "Remark",
    "Tag",
]
