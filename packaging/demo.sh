#!/bin/sh
# Index and caption real photos, then show the window on them. Takes a folder; by default the photos that the
# scikit-image wheel carries.
set -eu

cd "$(dirname "$0")/.."
reverie=.venv/bin/reverie
photos=${1:-$(.venv/bin/python -c 'import importlib.util, pathlib; print(pathlib.Path(importlib.util.find_spec("skimage").origin).parent / "data")')}
REVERIE_HOME=${REVERIE_HOME:-$PWD/build/demo}
export REVERIE_HOME

echo "Photos: $photos"
echo "Reverie keeps what it learns in $REVERIE_HOME. Your photos are only read."
echo
"$reverie" index "$photos"
echo
.venv/bin/python packaging/tour/demo.py "$REVERIE_HOME" "$PWD/build/pictures"
echo
echo "Now you: REVERIE_HOME=$REVERIE_HOME .venv/bin/reverie-desktop"
