"""What must be true of a questionnaire beyond the shape of its fields, one module a concern."""
