"""What moderators look after: the returns that came in, and those still to come."""
