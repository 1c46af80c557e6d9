"""The reviews behind the questions: what was found, asked for and answered."""
