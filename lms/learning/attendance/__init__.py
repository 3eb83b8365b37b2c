"""Face-to-face days of a cohort: who was there, on a phone, on paper and as a register."""
