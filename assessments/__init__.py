"""What is asked: question types, bank, quizzes, papers, attempts, grading, observed practicals.

Owns: Question, QuizPage, PracticalPage, Attempt, Answer, Mark, ExtraTry, Regrade, Observation, Coaching, PracticeCard.
May import lms.learning, curriculum, lms.people, lms.core; never certificates.
Offers: `services` (start, answer, hand in, put right, sign off, void), `queries`; pure: `question_types`, `passing`.
"""
