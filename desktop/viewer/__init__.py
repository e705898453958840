"""Looking at photos: one at a time, large, with everything that is known of it."""
