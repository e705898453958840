"""Processes that do what may crash or hang: reading users' files, and llama.cpp.

A worker is this same program started again with `--worker NAME`. It never opens the catalog; it speaks JSON lines on
its standard input and output, and ends when its standard input does.
"""
