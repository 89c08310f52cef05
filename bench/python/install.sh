#!/bin/sh
# Makes the Python environment of the pandas and polars rows: in RXLOB_BENCH, by default in the temporary folder.
set -e
folder="${RXLOB_BENCH:-${TMPDIR:-/tmp}/rxlob-bench}/python"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet numpy pandas polars
