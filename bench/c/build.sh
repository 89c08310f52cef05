#!/bin/sh
# Compiles the C baselines into the folder given.
set -e
cd "$(dirname "$0")"
for name in parse orders replay; do
  ${CC:-gcc} -O3 -march=native -ffp-contract=off -o "$1/$name" "$name.c" -lm
done
