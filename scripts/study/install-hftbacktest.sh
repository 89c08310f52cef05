#!/bin/sh
# Makes the Python environment that the backtests are held against: in RXLOB_BENCH, by default in the temporary folder.
set -e
folder="${RXLOB_BENCH:-${TMPDIR:-/tmp}/rxlob-bench}/hftbacktest"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet hftbacktest==2.4.4
