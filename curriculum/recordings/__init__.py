"""Sounds and films of lessons: what a file must be, the form that takes it, and its door for learners."""
