#!/bin/sh
# The CI that disagreed: one of seven handlers is mended, it looks better on a laptop, and CI measures something else.
#   examples/disagreeing-ci/story.sh [ASSAY [FOLDER]]
# BLOCKS=N caps the blocks of each attempt (default: as the files say).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
needs="git make g++ taskset=util-linux"
. "$here/../begin.sh"
cap=${BLOCKS:+--max-blocks $BLOCKS}
# An attempt that is not kept has an exit code of its own, and the story goes on. Anything else ends it.
attempt() {
  code=0
  "$@" || code=$?
  case $code in
    0) ;;
    2 | 3) echo "exit code $code" ;;
    *) exit "$code" ;;
  esac
}
here_run() { attempt "$assay" run --quiet $cap "$@"; }
ci_run() { attempt "$here/in-ci.sh" "$assay" run --quiet $cap "$@"; }
targets() { "$assay" status | sed -n '/^targets/,/^$/p'; }

mkdir -p "$lab"
cp "$here/dispatch.cpp" "$here/handlers.hpp" "$here/Makefile" "$here"/*.toml "$lab"
cd "$lab"
git init --quiet --initial-branch=main
git config user.email maintainer@example.org
git config user.name maintainer
"$assay" init . >/dev/null 2>&1 || mkdir -p .assay/records
printf '[[environment]]\nname = "ci"\nvariables = { CI = "true" }\n' >.assay/environments.toml
git add --all
git commit --quiet --message "Seven handlers"
git tag base

# The ideas, as patches: a part for each CPU in the third handler; no unread record in four of the handlers, and in all seven.
sed -i 's|Way::in_place,  // 3|Way::in_parts,  // 3|' handlers.hpp
git diff >one.patch
git checkout --quiet handlers.hpp
sed -i 's|Way::in_place,  // \([1-4]\)|Way::lean,  // \1|' handlers.hpp
git diff >four.patch
git checkout --quiet handlers.hpp
sed -i 's|Way::in_place,  //|Way::lean,  //|' handlers.hpp
git diff >all.patch
git checkout --quiet handlers.hpp

say "The report: 3163.3 us before, 3665.7 us after the fix of one handler. One figure a side."
printf 'control,treatment\n3163.3,3665.7\n' >report.csv
attempt "$assay" analyse --fixed report.csv

say "One of seven, on this machine"
here_run one.toml

say "May that verdict be carried to CI? A name that this machine does not bear is refused."
refused=0
"$assay" run --quiet --environment ci one.toml || refused=$?
[ "$refused" = 5 ] || { echo "exit code $refused, and 5 was expected"; exit 1; }

say "One of seven, in CI"
ci_run one.toml

say "Side by side"
"$assay" show one-of-seven --parity

say "A target is read in each environment: the limit, and the stages on the way to it"
targets

say "CI is red, so the limit is relaxed: recorded, dated, and loud until it is restored"
"$assay" relax all.toml dispatch --to '8000 us' --until "$(date -d '+30 days' +%F)" --why 'CI is blocked'
"$assay" status | grep RELAXED

say "Four of seven: a stage is met, and the limit is still relaxed"
here_run four.toml
ci_run four.toml
targets

say "All seven as one change, on this machine"
here_run all.toml

say "The limit is restored, and checked in CI"
"$assay" relax all.toml dispatch --restore --why 'all seven are mended'
ci_run all.toml
"$assay" show all-seven --parity
targets
if "$assay" status | grep RELAXED; then exit 1; fi
"$assay" status | grep 'ci: met'
"$assay" verify
say "The end"
