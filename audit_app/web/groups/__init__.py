"""What people with a role at a group see: all its settings on one page."""
