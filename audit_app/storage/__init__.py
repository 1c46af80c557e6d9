"""Records: the tables, the queries over them, and the files kept beside them."""
