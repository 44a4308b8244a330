#!/bin/sh
# The measured pipeline: four recipes from spans to a baseline, to the phases that take the time, to ideas that are
# tried one by one, to what is adopted, to what it gains together, to a milestone that another person confirms.
#   examples/measured-pipeline/story.sh [ASSAY [FOLDER]]
# SHORT=1 tells it with two recipes, warm, and a shorter wait.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
short=${SHORT:-}
needs="git curl gzip busybox /usr/bin/python3=python3"
[ -n "$short" ] || needs="$needs g++ make ccache /usr/lib/postgresql/*/bin/initdb=postgresql"
. "$here/../begin.sh"
recipes="page store build portal"
[ -z "$short" ] || recipes=portal # whose correctness is claimed, and challenged
runs=6 # the fewest that give an interval of 95 %

as() { # as WHO COMMAND...: acts under the git identity, and with the keys, of that person
  git -C "$lab" config user.email "$1@example.org"
  git -C "$lab" config user.name "$1"
  XDG_CONFIG_HOME=$lab/../keys-of-$1
  export XDG_CONFIG_HOME
  shift
  "$@"
}
commit() { git -C "$lab" add --all && git -C "$lab" commit --quiet --message "$1"; }
refused() { "$@" || echo "exit code $?"; } # what may end otherwise than with 0
newest() { ls .assay/records | sed -n "s/^\([0-9]*-$1\)\.json\$/\1/p" | tail -n 1; } # the newest record of that name
adopt() { # adopt EXPERIMENT VARIABLE LEVEL: makes the level the default of the recipes, and says so
  sed -i "s/\${$2:-[a-z]*}/\${$2:-$3}/" pipeline.conf
  as ada commit "$1: $3"
  as ada "$assay" decide --adopt "$(newest "$1")" --commit HEAD --in pipeline.conf
}
tried() { # tried FILE: an idea that is kept, unless the machine is too busy to tell
  as ada "$assay" run "$1" && return
  echo "story.sh: $1 was not kept, exit code $?: begin again in another folder when the machine is less busy" >&2
  exit 1
}
challenged() { # challenged WHAT: the reviewer measures it again, in 40 blocks at most, and signs each record of that
  before=$(ls .assay/records)
  grade=0
  as eve "$assay" challenge "$1" --cap 40 --yes || grade=$?
  for record in $(ls .assay/records); do
    case $before in *"$record"*) ;; *) as eve "$assay" sign "${record%.json}" --quiet ;; esac
  done
  return "$grade"
}

mkdir -p "$lab/.assay/records"
cp -R "$here/." "$lab"
if [ -n "$short" ]; then
  cp "$here"/short/*.toml "$lab"
  sed -i 's/READY_SECONDS:-2}/READY_SECONDS:-0.3}/' "$lab/pipeline.conf"
fi
rm -rf "$lab/story.sh" "$lab/README.md" "$lab/short"
printf 'lab.db*\nlab.lock\nindex.db*\nbuilds/\nvalues.key\n' >"$lab/.assay/.gitignore"
echo out/ >"$lab/.gitignore"
cd "$lab"
git init --quiet
as ada commit "the pipeline"
as eve "$assay" sign --new-key --quiet
as eve commit "the reviewer's public key"

say "Baseline: what each recipe takes, and in which phase"
as ada "$assay" baseline pipeline.toml --runs "$runs"
sed -n '/^Levers/,/^Record/p' docs/perf/attribution.md | grep '^1'
as ada commit "baseline"
first=$(newest baseline)

say "Idea 1: poll instead of waiting a fixed time. The most that it can gain, its trial, its adoption"
as ada "$assay" plan readiness.toml | grep -A 4 -i ceiling || true
tried readiness.toml
adopt readiness READY_MODE poll

say "Idea 2: one sign-on for all runs. It is faster, and the runs see each other"
as ada refused "$assay" run sign-on.toml
as ada commit "sign-on failed"

say "Idea 2, mended: a realm for each run, and the same test of isolation"
tried sign-on-realms.toml
adopt sign-on-realms SIGN_ON realm

if [ -z "$short" ]; then
  say "Idea 3: a compiler cache. It helps a cold build, and only that"
  tried cache.toml
  adopt cache BUILD_CACHE on
fi

say "A dead end: a compressed report. Trying it again is refused"
as ada refused "$assay" run compress.toml
as ada commit "compress"
as ada refused "$assay" run compress.toml

say "The baseline again, and what changed in which phase"
as ada "$assay" baseline pipeline.toml --runs "$runs" --quiet
"$assay" show "$(newest baseline)" --against "$first"
as ada commit "baseline again"

say "Nobody may call it done yet"
as ada refused "$assay" decide --done fast-pipeline
for recipe in $recipes; do
  claim=$(as ada "$assay" claim --experiment pipeline.toml --workload "$recipe" --state warm --correct HEAD --quiet)
  sed -i "s/\"CLAIM-$recipe\"/\"$claim\"/" milestones.toml
done
[ -n "$short" ] || faster=$(as ada "$assay" claim "$(newest readiness)" --workload page --ratio 2x --quiet)
as ada commit "claimed: the recipes are correct, and polling makes the page faster"

say "What all changes gain together, against the revision of the first baseline"
as ada refused "$assay" baseline pipeline.toml --against "$first"
as ada commit "the gain"

say "Somebody else challenges every criterion, from a clean clone where something is measured, and signs"
status=0
challenged fast-pipeline || status=$?
if [ "$status" = 2 ]; then # refuted: the machine was busier, or less busy, while the baseline was taken
  as ada "$assay" baseline pipeline.toml --runs "$runs" --quiet
  as ada commit "baseline once more"
  challenged fast-pipeline || true # the target, too, is read from the new baseline
fi
[ -n "$short" ] || challenged "$faster" || true
sed -n 's/^## //p' REVIEW.md
as eve commit "confirmed"

say "Done"
as ada "$assay" decide --done fast-pipeline
sed -n '/^## DONE/,/^$/p' STATUS.md
"$assay" verify
say "The end"
