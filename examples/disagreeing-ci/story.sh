#!/bin/sh
# The CI that disagreed: one of seven handlers is mended, it looks better on a laptop, and CI measures something else.
#   examples/disagreeing-ci/story.sh ASSAY [FOLDER]
# BLOCKS=N caps the blocks of each attempt (default: as the files say).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
assay=$1
lab=${2:-$(mktemp -d)/lab}
cap=${BLOCKS:+--max-blocks $BLOCKS}
say() { printf '\n== %s\n' "$*"; }
here_run() { "$assay" run --quiet $cap "$@" || echo "exit code $?"; }
ci_run() { "$here/in-ci.sh" "$assay" run --quiet $cap "$@" || echo "exit code $?"; }

mkdir -p "$lab"
cp "$here/dispatch.cpp" "$here/handlers.hpp" "$here/Makefile" "$here/one.toml" "$here/all.toml" "$lab"
cd "$lab"
git init --quiet --initial-branch=main
git config user.email maintainer@example.org
git config user.name maintainer
"$assay" init . >/dev/null 2>&1 || mkdir -p .assay/records
printf '[[environment]]\nname = "ci"\nvariables = { CI = "true" }\n' >.assay/environments.toml
git add --all
git commit --quiet --message "Seven handlers"
git tag base

# The two ideas, as patches: a thread for the third handler, and no unread record in all seven.
sed -i 's|Way::in_place,  // 3|Way::helper,  // 3|' handlers.hpp
git diff >one.patch
git checkout --quiet handlers.hpp
sed -i 's|Way::in_place,  //|Way::lean,  //|' handlers.hpp
git diff >all.patch
git checkout --quiet handlers.hpp

say "The report: 3163.3 us before, 3665.7 us after the fix of one handler. One figure a side."
printf 'control,treatment\n3163.3,3665.7\n' >report.csv
"$assay" analyse --fixed report.csv || echo "exit code $?"

say "One of seven, on this machine"
here_run one.toml

say "May that verdict be carried to CI? A name that this machine does not bear is refused."
"$assay" run --quiet --environment ci one.toml || echo "exit code $?"

say "One of seven, in CI"
ci_run one.toml

say "Side by side"
"$assay" show one-of-seven --parity

say "CI is red, so the limit is relaxed: recorded, dated, and loud until it is restored"
here_run all.toml >all-local.txt
cat all-local.txt
"$assay" relax all.toml dispatch --to '4000 us' --until "$(date -d '+30 days' +%F)" --why 'CI is blocked' || true
"$assay" status | grep -i relax || true

say "All seven as one change, in CI"
ci_run all.toml
"$assay" show all-seven --parity

say "The limit is restored"
"$assay" relax all.toml dispatch --restore --why 'all seven are mended' || true
"$assay" status || true
"$assay" verify
