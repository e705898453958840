"""Reverie's engine: from folders of photos to ranked answers. Imports no Qt."""

import os

# numpy's OpenBLAS keeps its threads spinning after small products: one took 7.8 instead of .5 ms of processor time.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# ONNX Runtime 1.29 and later report to Microsoft and leave an identity and a database in the user's cache folder unless
# this is set before it is loaded: https://github.com/microsoft/onnxruntime/pull/27379.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
