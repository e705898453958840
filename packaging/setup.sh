#!/bin/sh
# Make .venv and install Reverie into it, with exact versions. Says what is missing in one sentence.
set -eu

python=${PYTHON:-python3}

stop() {
    printf '\n%s\n%s\n' "$1" "$2" >&2
    exit 1
}

command -v "$python" >/dev/null || stop "Python is missing." "Install Python 3.11 or newer, then run the same command again."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    stop "Reverie needs Python 3.11 or newer; this is $("$python" --version)." "Install it and run: make setup PYTHON=python3.12"

if ! "$python" -c 'import importlib.util, sys; sys.exit(importlib.util.find_spec("ensurepip") is None)'; then
    stop "This Python cannot make virtual environments." "Install them: sudo apt install python3-venv"
fi
compiler=${CXX:-c++}
if ! command -v "$compiler" >/dev/null; then
    case "$(uname)" in
    Darwin) advice="Install Apple's: xcode-select --install" ;;
    *) advice="Install one: sudo apt install g++ make   (Fedora: sudo dnf install gcc-c++ make)" ;;
    esac
    stop "No C++ compiler was found, and llama.cpp has to be compiled." "$advice"
fi

[ -x .venv/bin/python ] || "$python" -m venv .venv
echo "Installing Reverie into .venv. llama.cpp is compiled on the way: about five minutes on two cores, once."
.venv/bin/python -m pip install --disable-pip-version-check --quiet --constraint constraints.txt --editable '.[dev]'
echo "Installed."
QT_QPA_PLATFORM=offscreen .venv/bin/python -c 'from desktop.screen import what_is_missing; print(what_is_missing() or "", end="")'
