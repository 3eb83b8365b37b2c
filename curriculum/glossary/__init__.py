"""Words that lessons keep using: explained where a learner taps them, listed from A to Z, kept by trainers."""
