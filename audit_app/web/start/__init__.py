"""The front of the house: the start page, the door, and what the service says of itself."""
