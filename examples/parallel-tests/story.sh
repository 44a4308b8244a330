#!/bin/sh
# The 4x that nobody measured: a claim that was never run is challenged by somebody else, first with a suite that does
# not bear to run in parallel, then with that test mended and the flaky one declared.
#   examples/parallel-tests/story.sh [ASSAY [FOLDER]]
# WEIGHT=20 makes the tests shorter (100), and CAP=8 the challenges (12 blocks).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
needs="git make cc=gcc ctest=cmake"
. "$here/../begin.sh"
cap=${CAP:-12}
as() { # as WHO COMMAND...: acts under the git identity of that person
  git -C "$lab" config user.email "$1@example.org"
  git -C "$lab" config user.name "$1"
  shift
  "$@"
}
commit() { git -C "$lab" add --all && git -C "$lab" commit --quiet --message "$1"; }

mkdir -p "$lab/.assay/records"
cp -R "$here/par.toml" "$here/suite" "$lab"
sed "s/WEIGHT 100/WEIGHT ${WEIGHT:-100}/" "$here/suite/weight.h" >"$lab/suite/weight.h"
printf 'lab.db*\nlab.lock\nindex.db*\nbuilds/\nvalues.key\n' >"$lab/.assay/.gitignore"
cd "$lab"
git init --quiet
as claimant commit "a suite of 81 tests"

say "The claim: 324 s in turn, so 81 s with 4 workers. Nobody has run it."
as claimant "$assay" claim --experiment par.toml --from '324 s' --to '81 s'
as claimant commit "4x"

say "Act 1: somebody else measures it"
as challenger "$assay" challenge 1 --yes --cap "$cap" || echo "exit code $?"
commit "challenged"

say "Act 2: test 41 makes its own fixture, the flaky test 17 is declared, and the claim is made again"
sed -i 's/\(USES_THE_FIXTURE_OF_TEST_40\) 1/\1 0/' suite/weight.h
echo 'flaky = ["test-17"]' >>par.toml
as claimant "$assay" claim --withdraw 1 --why 'test 41 depended on the order'
as claimant commit "mended"
as claimant "$assay" claim --experiment par.toml --ratio 4x --quiet >claim.txt
as claimant commit "4x again"
as challenger "$assay" challenge "$(cat claim.txt)" --yes --cap "$cap" || echo "exit code $?"

say "What is left of it"
"$assay" status || true
"$assay" verify
say "The end"
