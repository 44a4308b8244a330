#!/bin/sh
# The 1200x that was not ready: waiting for an event instead of sleeping is hundreds of times as fast, and its workers
# die. A guard vetoes it; once that is mended, it is kept, claimed and confirmed by somebody else.
#   examples/worker-pool/story.sh [ASSAY [FOLDER]]
# SETTLING=200 shortens the sleep from 6000 ms; then CLAIM=1.2x is about as much as is left to claim.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
needs="git make g++"
. "$here/../begin.sh"
settling=${SETTLING:-6000}
claim=${CLAIM:-10x}
as() { # as WHO COMMAND...: acts under the git identity of that person
  git -C "$lab" config user.email "$1@example.org"
  git -C "$lab" config user.name "$1"
  shift
  "$@"
}
commit() { git -C "$lab" add --all && git -C "$lab" commit --quiet --message "$1"; }
version() { # version NAME: commits this way of starting, and tags it
  sed "s/milliseconds(6000)/milliseconds($settling)/" "$here/versions/$1.hpp" >starting.hpp
  as builder commit "$1"
  git tag "$1"
}

mkdir -p "$lab/.assay/records"
cp "$here/pool.cpp" "$here/ends.hpp" "$here/Makefile" "$here/pool.toml" "$lab"
sed 's/treatment = "events"/treatment = "mended"/; s/"worker-pool"/"worker-pool-mended"/' "$here/pool.toml" >"$lab/mended.toml"
printf 'lab.db*\nlab.lock\nindex.db*\nbuilds/\nvalues.key\n' >"$lab/.assay/.gitignore"
cd "$lab"
git init --quiet
version sleeps
version events
version mended

say "Act 1: events instead of sleeps. The ratio is real, and a guard vetoes it"
as builder "$assay" run pool.toml || echo "exit code $?"
as builder commit "act 1"

say "Act 2: the early exit is mended, and the change is kept"
as builder "$assay" run mended.toml || echo "exit code $?"
as builder commit "act 2"

say "Act 3: it is claimed from the record, and somebody else measures it again"
as builder "$assay" claim worker-pool-mended --ratio "$claim"
as builder commit "claimed"
as reviewer "$assay" challenge worker-pool-mended --yes --cap 30 || echo "exit code $?"
as reviewer commit "challenged"

say "What is left of it"
"$assay" status || true
"$assay" verify
say "The end"
