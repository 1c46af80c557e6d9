"""Copies of all that is kept: written while people work, and read back into an empty database.

A backup is a folder. `rows/<table>.jsonl` holds a table, its columns on the first line and one row
on each line after it, in words that no database is needed to read; `evidence/` holds the files
behind answers; `manifest.json` says what must be there, with a SHA-256 of every file, and the head
of the history, which so is kept outside the database as well.
"""
