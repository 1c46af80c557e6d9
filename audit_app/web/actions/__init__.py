"""The journey of promised actions: writing them, following them up, and reading how they stand."""
