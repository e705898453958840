"""Turn what people type into a plan: a description to look for, and what must hold besides."""
