#!/bin/sh
# Makes the Python environment (3.11 to 3.13) of nautilus_trader: in RXLOB_BENCH, by default in the temporary folder.
set -e
folder="${RXLOB_BENCH:-${TMPDIR:-/tmp}/rxlob-bench}/nautilus"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet nautilus_trader==1.221.0
