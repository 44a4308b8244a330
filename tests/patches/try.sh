#!/bin/sh
# Applies each patch of this folder to a copy of the tree, builds it, and runs the unit tests, which the patch adds to.
# What the patches add is to stay cheap to add: each may change at most three files that exist. Parts of docs/formats
# follow from the code, so they are written anew rather than patched.
# Usage: tests/patches/try.sh [PATCH...]
set -eu
cd "$(dirname "$0")/../.."
root=$PWD
copy=$root/build/patched
[ $# -gt 0 ] || set -- tests/patches/*.patch

for patch in "$@"; do
  patch=$(realpath "$patch")
  mkdir -p "$copy"
  # A file that stays the same keeps its time, so that the second patch builds little more than what it changes.
  git ls-files -co --exclude-standard | while read -r name; do
    [ -f "$name" ] || continue
    mkdir -p "$copy/$(dirname "$name")"
    cmp -s "$name" "$copy/$name" || cp "$name" "$copy/$name"
  done
  changed=$(grep -c '^--- a/' "$patch")
  [ "$changed" -le 3 ] || { echo "$patch changes $changed files that exist, more than 3" >&2; exit 1; }
  cd "$copy"
  git init --quiet
  git apply "$patch"
  cmake --preset dev >"$copy/configure.log" || { cat "$copy/configure.log"; exit 1; }
  cmake --build --preset dev -j "$(nproc)"
  ASSAY_UPDATE_DOCUMENTS=1 ctest --preset dev -R '\.(Documents|KeyTables)\.' --no-tests=error
  ctest --preset dev -j "$(nproc)" -L unit
  git apply -R "$patch"
  cd "$root"
  echo "$(basename "$patch"): built and tested; $changed files that exist were changed"
done
