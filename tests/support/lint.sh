#!/bin/sh
# Formatting and clang-tidy of the whole tree; usage: tests/support/lint.sh BUILD_FOLDER
set -eu
cd "$(dirname "$0")/../.."
sources=$(git ls-files '*.cpp' '*.hpp')
# shellcheck disable=SC2086
clang-format-14 --dry-run --Werror $sources
git ls-files 'core/*.cpp' 'stats/*.cpp' 'experiments/*.cpp' |
  xargs -P "$(nproc)" -n 2 clang-tidy-14 --quiet -p "$1"
