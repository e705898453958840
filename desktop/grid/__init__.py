"""Photos in a grid, however many."""
