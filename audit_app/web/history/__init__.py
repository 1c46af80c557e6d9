"""The history of a partnership: searched by its coordinator, and taken away as a file."""
