"""How requests come in from the network before any page is asked for."""
