"""What a person may ask of her own data: see it, take it along, have it corrected or erased; and what she was told."""
