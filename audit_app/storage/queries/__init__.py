"""Questions put to the tables, one module for each noun."""
