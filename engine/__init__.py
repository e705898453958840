"""Reverie's engine: from folders of photos to ranked answers. Imports no Qt."""
