"""Running rounds: planning, opening, watching, chasing and closing them."""
