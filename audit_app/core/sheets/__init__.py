"""A questionnaire as a spreadsheet: which sheets and columns it has, and the way there and back."""
