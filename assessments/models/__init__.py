from .attempt import Answer, Attempt, ExtraTry
from .bank import Question, QuestionFact
from .observation import Observation
from .practical import PracticalPage
from .quiz import QuizPage

__all__ = [
    "Answer",
    "Attempt",
    "ExtraTry",
    "Observation",
    "PracticalPage",
    "Question",
    "QuestionFact",
    "QuizPage",
]
