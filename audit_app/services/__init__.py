"""What people do: each service changes the records and leaves the commit to its caller."""
