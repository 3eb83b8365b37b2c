"""What clinical reviewers work with: one screen for what changed and what it states, when reviews run out.

Owns nothing: Review and ClinicalReviewTask are curriculum.models. Imports curriculum.models and curriculum.translation.
Offers `queries` (waiting, overdue, due soon), the report «Reviews» and comparisons in words.
"""
