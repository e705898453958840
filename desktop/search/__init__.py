"""Say what you remember, and see what was found."""
