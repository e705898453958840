"""The library as a whole: its folders, what it can be looked through by, how far it is, and what went wrong."""
