"""What the clock does: sending, reminding and closing."""
