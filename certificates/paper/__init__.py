"""What is drawn: from a snapshot to the bytes of a page or a card. Reads no row of the register."""
