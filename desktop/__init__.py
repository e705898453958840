"""Reverie's window. Talks to `engine.api` only."""
