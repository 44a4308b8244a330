#!/bin/sh
# Feeds every reader with libFuzzer: tests/fuzz/run.sh PROGRAM SECONDS. What it finds is left in build/fuzz/found.
set -eu
program=$(realpath "$1")
seconds=$2
cd "$(dirname "$0")/../.."
found=$PWD/build/fuzz/found
mkdir -p "$found"

# fuzz READER SEEDS...: the corpus grows from one call to the next.
fuzz() {
  reader=$1
  shift
  corpus=$PWD/build/fuzz/corpus/$reader
  mkdir -p "$corpus"
  for seeds in "$@"; do
    find "$seeds" -type f -exec cp {} "$corpus" \;
  done
  echo "== $reader"
  ASSAY_FUZZ_READER=$reader "$program" -max_total_time="$seconds" -max_len=65536 -timeout=5 -print_final_stats=1 \
    -artifact_prefix="$found/$reader-" "$corpus" 2>"$found/$reader.log" ||
    { tail -n 40 "$found/$reader.log"; exit 1; }
  grep -E 'stat::number_of_executed_units|stat::peak_rss' "$found/$reader.log"
}

# The readers and their seeds stand in CMakeLists.txt.
sed -n 's/^fuzz_reader(\(.*\))$/\1/p' tests/fuzz/CMakeLists.txt | while read -r line; do
  # shellcheck disable=SC2086
  fuzz $line
done
