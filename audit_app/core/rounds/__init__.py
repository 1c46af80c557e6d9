"""The rules of a round: its dates, its e-mails, its reminders, and what is done about silence."""
