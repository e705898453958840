#!/bin/sh
# Take pictures of the window on the photos that the scikit-image wheel carries, into a folder.
set -eu

cd "$(dirname "$0")/.."
photos=$(.venv/bin/python -c 'import importlib.util, pathlib; print(pathlib.Path(importlib.util.find_spec("skimage").origin).parent / "data")')
home=$PWD/build/screenshots
.venv/bin/reverie index --home "$home" "$photos"
.venv/bin/python packaging/tour/screenshots.py "$home" "$1"
