#!/bin/sh
# Prints what building and testing cost, in CPU seconds (user and system, all processes together):
#   tests/bench/build.sh [FIGURE...] [TREE...]
# FIGURE is program, dev, tests or edit (default: all four); TREE is a source tree (default: this one). Give two trees to
# compare them side by side. Each is copied to a scratch folder and built there from nothing, without ccache.
#   program  configuring and building the release program
#   dev      configuring and building everything that the preset dev builds
#   tests    running all of its tests, except the long studies
#   edit     after a change of one source of decide: building and running that room's unit tests
# Compare CPU seconds and not the time on the wall: others may use the machine too.
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd)
figures=
trees=
for word in "$@"; do
  case $word in
    program | dev | tests | edit) figures="$figures $word" ;;
    *)
      [ -f "$word/CMakePresets.json" ] || { echo "build.sh: \"$word\" is no figure and no source tree" >&2; exit 1; }
      trees="$trees $(cd "$word" && pwd)" ;;
  esac
done
[ -n "$figures" ] || figures='program dev tests edit'
[ -n "$trees" ] || trees=$here

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export CCACHE_DISABLE=1

# cpu NAME LINE: the CPU seconds of a shell line that is to succeed; what it prints is kept for when it does not.
cpu() {
  /usr/bin/python3 - "$1" "$2" "$scratch/log" <<'PYTHON'
import resource, subprocess, sys
name, line, log = sys.argv[1:]
before = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(log, "w") as file:
    ended = subprocess.run(["sh", "-e", "-c", line], stdout=file, stderr=subprocess.STDOUT)
after = resource.getrusage(resource.RUSAGE_CHILDREN)
user, system = after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime
failed = "" if ended.returncode == 0 else f"  FAILED with {ended.returncode}: {' | '.join(open(log).read().splitlines()[-3:])}"
print(f"  {name:<8} {user + system:7.1f} s  (user {user:.1f}, system {system:.1f}){failed}", flush=True)
PYTHON
}

for tree in $trees; do
  copy=$scratch/tree
  rm -rf "$copy" && mkdir "$copy"
  tar -C "$tree" --exclude=./build --exclude=./.git -cf - . | tar -C "$copy" -xf -
  cd "$copy"
  git init --quiet  # some tests ask git which files there are
  echo "$tree"
  built=no
  build_dev() {  # NAME: builds once, whichever figure asks first
    [ $built = no ] || return 0
    cpu "$1" 'cmake --preset dev && cmake --build --preset dev -j "$(nproc)"'
    built=yes
  }
  for figure in $figures; do
    case $figure in
      program)
        cpu program 'cmake --preset release && cmake --build --preset release -j "$(nproc)" --target assay_program' ;;
      dev) build_dev dev ;;
      tests)
        build_dev '(dev)'
        cpu tests 'ctest --preset dev -j "$(nproc)" -LE "long|bench"' ;;
      edit)
        build_dev '(dev)'
        echo '// An edit.' >>"$(find experiments/decide -name paired_series.cpp)"
        cpu edit 'cmake --build --preset dev --target decide_tests && build/dev/bin/decide_tests --gtest_brief=1' ;;
    esac
  done
done
