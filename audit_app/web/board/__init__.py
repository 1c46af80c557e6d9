"""What the board reads: the rounds of its partnership, each in one minute, and the paper of it."""
