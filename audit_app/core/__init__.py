"""Rules: standard library and pydantic only; no clock, no files, no session."""
