"""How the public registers and our own list of organisations are read, and what they change."""
