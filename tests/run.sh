#!/bin/sh
# Installs what is missing, builds everything, runs the tests. The last lines are those of ctest.
#   tests/run.sh                    every test but the long studies
#   tests/run.sh --all              also the long studies, the mutants, both sanitizer builds, every header alone, the
#                                   linter, the patches that add a check and an export, and the packages in a fresh
#                                   Debian
#   tests/run.sh --bench            prints the benches' figures instead
#   tests/run.sh --fuzz SECONDS     feeds every reader with libFuzzer for so long instead (--all: two minutes each)
#   tests/run.sh ... --traces DIR   with --all: also calibrates on the noise traces of that folder
set -eu
cd "$(dirname "$0")/.."

mode=default
traces=
seconds=
while [ $# -gt 0 ]; do
  case $1 in
    --all) mode=all ;;
    --bench) mode=bench ;;
    --fuzz)
      [ $# -ge 2 ] || { echo "tests/run.sh: --fuzz needs a number of seconds" >&2; exit 1; }
      mode=fuzz
      seconds=$2
      shift ;;
    --traces)
      [ $# -ge 2 ] || { echo "tests/run.sh: --traces needs a folder" >&2; exit 1; }
      traces=$(realpath "$2")
      shift ;;
    *) echo "tests/run.sh: \"$1\" is no option; options are --all, --bench, --fuzz SECONDS and --traces DIR" >&2; exit 1 ;;
  esac
  shift
done

slots=$((4 * $(nproc)))  # tests/CMakeLists.txt says who takes how many

build() {  # PRESET
  cmake --preset "$1" >"build-$1.log" 2>&1 || { cat "build-$1.log"; exit 1; }
  rm -f "build-$1.log"
  cmake --build --preset "$1" -j "$(nproc)"
}

case $mode in
  default)
    tests/support/install_packages.sh build tests
    build dev
    exec ctest --preset dev -j "$slots" -LE 'long|bench|package' ;;
  bench)
    tests/support/install_packages.sh build tests bench
    build dev
    exec tests/bench/run.sh build/dev/bin ;;
  fuzz)
    tests/support/install_packages.sh build tests lint
    build fuzz
    exec tests/fuzz/run.sh build/fuzz/bin/fuzz_readers "$seconds" ;;
  all)
    tests/support/install_packages.sh build tests bench lint package
    for preset in asan-ubsan tsan; do
      build $preset
      ctest --preset $preset -j "$slots" -L unit
    done
    build dev
    tests/support/lint.sh build/dev
    tests/support/headers_alone.sh
    build fuzz
    tests/fuzz/run.sh build/fuzz/bin/fuzz_readers 120
    tests/patches/try.sh
    ASSAY_TRACES=$traces exec ctest --preset dev -j "$slots" -LE bench ;;
esac
