"""A return as a spreadsheet: what stands in its cells, and what they say when they come back."""
