"""Reverie's engine: from folders of photos to ranked answers. Imports no Qt."""

import os

# numpy's OpenBLAS keeps its threads spinning after small products: one took 7.8 instead of .5 ms of processor time.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
