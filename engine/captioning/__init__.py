"""Captions from any GGUF vision model, written in a worker process of its own."""

import os

# llama.cpp meets at a barrier after every node of its graph, and OpenMP's threads spin there unless told otherwise
# before the library is loaded. On a machine that does anything else, each barrier may then wait out a time slice: with
# two busy cores a caption took 6.0 s spinning and .35 s sleeping; with two idle ones .14 s and .15 to .20 s.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
