#!/bin/sh
# Compiles every header of the house alone: each includes what it needs. A unity build cannot tell.
# Usage: tests/support/headers_alone.sh [COMPILER]
set -eu
cd "$(dirname "$0")/../.."
export compiler="${1:-c++}" flags="-std=c++20 -fsyntax-only -Wall -Wextra -Werror -I. $(pkg-config --cflags eigen3 libsodium)"
# shellcheck disable=SC2016
git ls-files -co --exclude-standard 'core/*.hpp' 'stats/*.hpp' 'experiments/*.hpp' |
  xargs -P "$(nproc)" -n 1 sh -c '
    [ -e "$1" ] || exit 0
    echo "#include \"$1\"" | $compiler $flags -x c++ - || { echo "$1 does not compile alone" >&2; exit 1; }' sh
