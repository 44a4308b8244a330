#!/bin/sh
# Prints the absolute path of the assay to use: PROGRAM if it is given, else $ASSAY, else `assay` on PATH. If there is
# none, or with --build, it builds build/release from the sources around this folder, and first installs the Debian
# packages that this needs. Ends with 1, and a line that says why, if that gives no program that runs.
#   examples/assay.sh [PROGRAM | --build]
set -eu
project=$(cd "$(dirname "$0")/.." && pwd)
fail() {
  echo "assay.sh: $*" >&2
  exit 1
}
usable() { # usable PROGRAM: prints its absolute path if it is an assay that runs
  found=$(command -v -- "$1") || return
  case $("$found" --version 2>/dev/null) in
    assay\ [0-9]*) realpath -s "$found" ;;
    *) return 1 ;;
  esac
}
build() {
  [ -f "$project/CMakePresets.json" ] ||
    fail "there is no assay on PATH, and no sources to build it from: install it, or give its path"
  cd "$project"
  echo "assay.sh: building assay; the first time takes a while" >&2
  {
    tests/support/install_packages.sh build && cmake --preset release &&
      cmake --build --preset release -j "$(nproc)"
  } >&2 || fail "assay cannot be built; what failed is above"
  usable "$project/build/release/bin/assay" || fail "$project/build/release/bin/assay was built and does not run"
}

case ${1:-} in
  --build) build ;;
  ?*) usable "$1" || fail "\"$1\" is no assay that runs: give the path of the program, or nothing" ;;
  *)
    if [ -n "${ASSAY:-}" ]; then
      usable "$ASSAY" || fail "\$ASSAY is \"$ASSAY\", which is no assay that runs: give the program's path, or unset it"
    else
      usable assay || build
    fi
    ;;
esac
