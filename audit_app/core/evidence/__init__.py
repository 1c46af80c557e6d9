"""What may stand behind an answer: files and places, and what must be true of them."""
