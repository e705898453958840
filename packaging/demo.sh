#!/bin/sh
# Index, caption and search real photos. Takes a folder; by default the photos that the scikit-image wheel carries.
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
echo "What the captioner wrote of some of them:"
"$reverie" search --limit 5
for words in "an astronaut" "something hot to drink" "a cat looking at me" "a man with a camera" "the surface of the moon"; do
    echo
    echo "\$ reverie search \"$words\""
    "$reverie" search "$words" --limit 3
done
echo
echo "Now you: REVERIE_HOME=$REVERIE_HOME $reverie search \"what you remember\""
