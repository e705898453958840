"""What the user decides: folders, models, speed, language, looks, privacy, and taking everything along or away."""
