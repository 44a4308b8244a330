#!/bin/sh
# Makes a small lab with every kind of record, entry, variable, design, check and outcome that a program knows, and
# what the program prints about it:
#   make.sh PROGRAM
# PROGRAM is an assay of the version that the folder of this script is named after. Records hold absolute folders, so
# the lab is made in /srv/assay-lab; what is kept is copied to lab/, interrupted/ and expected/ beside this script.
# Needs root, for a host name that means nothing.
set -eu

program=$(realpath "$1")
self=$(realpath "$0")
lab=/srv/assay-lab

if [ "${2-}" != inside ]; then
  rm -rf "$lab" && mkdir -p "$lab" && cd "$lab"
  exec unshare --uts sh -c 'hostname lab && exec "$@"' sh env -i PATH=/usr/bin:/bin HOME="$lab/home" LANG=C.UTF-8 \
    TZ=UTC ASSAY_ACTOR=ada@example.org ASSAY_LOCK_DIR="$lab" /bin/sh "$self" "$program" inside
fi

# The number of the newest record.
newest() { ls .assay/records | sed -n 's/-.*json$//; s/^0*//p' | tail -1; }

step() { echo "--- $*" >&2; }

# experiment ID WORKLOAD [REST]: writes ID.toml; the variable FAST is 1 in treatment and absent in control.
experiment() {
  experiment_of "$1" 'kind = "env"
name = "FAST"
control = { unset = true }
treatment = "1"' "$2" "${3-}"
}

# experiment_of ID VARIABLE WORKLOAD [REST]; without a table [[metric]] in REST the primary is wall with 10 %.
experiment_of() {
  {
    printf '[experiment]\nid = "%s"\nhypothesis = "What %s tries is better"\n' "$1" "$1"
    printf 'assumptions = ["libc 2.36", "two CPUs"]\n'
    case ${4-} in *not-worse*) printf 'goal = "not-worse"\n' ;; esac
    printf '\n[variable]\n%s\n\n[[workload]]\nname = "work"\n%s\n\n' "$2" "$3"
    case ${4-} in
      *'role = "primary"'*) ;;
      *) printf '[[metric]]\nname = "wall"\nrole = "primary"\nmargin = "10%%"\n\n' ;;
    esac
    printf '%s\n' "${4-}"
  } >"$1.toml"
}

# run ID [OPTION...]: whatever the verdict is.
run() {
  step "run $*"
  file=$1.toml
  shift
  "$program" run "$file" --quiet --fail-on none "$@" || step "ended with $?"
}

simulated() {  # ID SIMULATED [PROTOCOL [REST]]: an experiment with a known truth, and its run
  experiment "$1" "command = [\"true\", \"$1\"]" "${4-}
[protocol]
seed = \"11\"
${3-}
[simulated]
$2"
  run "$1" --engine simulated
}

# sh -c would need escaping in every file.
cat >work.sh <<'WORK'
#!/bin/sh
# Takes 0.1 s, or 20 ms if FAST is 1, and reports about itself.
set -eu
nap() { if command -v assay-span >/dev/null; then assay-span doze -- sleep "$1"; else sleep "$1"; fi; }
if [ "${FAST-}" = 1 ]; then nap 0.02; else nap 0.1; fi
mkdir -p out
echo '<html>the page</html>' >out/page.html
echo "took $$ ms"
printf '{"ok": true, "n": 3, "seconds": [%s]}\n' "0.5, 0.25, 0.75" >out/results.json
printf '<testsuite name="s"><testcase name="loads"/><testcase name="saves"/></testsuite>\n' >out/junit.xml
printf 'ok 1 - loads\n' >out/report.tap
if [ "${DROP-}" = 1 ]; then echo 1..1 >>out/report.tap; else printf 'ok 2 - saves\n1..2\n' >>out/report.tap; fi
WORK
chmod +x work.sh
mkdir data home
"$program" init . >/dev/null
rm experiment.toml
cat >DECISIONS.md <<'WORDS'
# Decisions of the lab

Words of people stand here, above the first entry.
WORDS

# --- simulated: every verdict and decision -----------------------------------------------------------------------------
simulated improved 'shift = "-20%"'
simulated regressed 'shift = "12%"'
simulated equivalent 'shift = "0%"
noise = "1%"'
simulated broken 'failure_rate = 1'
simulated flaky 'failure_rate = 0.3
shift = "-20%"' 'max_blocks = 12'
simulated fixed 'shift = "-20%"' 'blocks = 8'
simulated anytime 'shift = "-30%"' 'anytime = true'
simulated anytime-capped 'shift = "0%"' 'anytime = true
max_blocks = 8'
simulated costly 'shift = "-20%"' 'design = "costly"'
simulated costly-quads 'shift = "-20%"' 'design = "costly-quads"'
simulated abba 'shift = "-20%"' 'design = "abba"'
simulated confirm 'shift = "-20%"' 'confirm = 8'
simulated inner 'shift = "-20%"' 'inner = 3
inner_stat = "min"'
simulated inner-mean 'shift = "4%"' 'inner = 2
inner_stat = "mean"
max_blocks = 8'
simulated better 'shift = "-20%"' 'direction = "better"
kappa = 0
alpha = 0.01
alpha_eq = 0.01'
simulated look-every-block 'shift = "-20%"' 'look_every_block = true
max_blocks = 8'
simulated not-worse 'shift = "0%"
noise = "1%"' '# not-worse'
simulated suite 'shift = "-20%"' 'claim = "suite"
max_blocks = 12' '[[workload]]
name = "other"
command = ["true", "other"]
weight = { cpu = 2, memory = "64 MiB" }'
simulated all-cells 'shift = "-20%"' 'claim = "all"
max_blocks = 12' '[[workload]]
name = "other"
command = ["true", "another"]
states = ["fresh", "warm"]
[state.fresh]
warmup = 0'
simulated cut-by-time 'noise = "20%"
pace = "5 ms"' 'max_time = "150 ms"'

experiment_of race 'kind = "level"
name = "jobs"
levels = [1, 2, 4]' 'command = ["true", "{jobs}"]' '[protocol]
seed = "11"
max_blocks = 20
confirm = 6
[simulated]
shifts = ["-10%", "-30%"]'
run race --engine simulated

# --- three attempts, a dead end, its reopening, and one more attempt ---------------------------------------------------
experiment stubborn 'command = ["true", "stubborn"]' '[protocol]
seed = "11"
max_blocks = 6
attempts = 3
[[target]]
workload = "work"
metric = "wall"
at_most = "90 ms"
[simulated]
shift = "6%"
noise = "8%"'
for seed in 1 2 3; do run stubborn --engine simulated --seed "$seed"; done
"$program" reopen stubborn.toml --engine simulated --assumption 'libc 2.36' --reason 'it is 2.40 now' --quiet
run stubborn --engine simulated --seed 4

experiment spent 'command = ["true", "spent"]' '[protocol]
seed = "11"
max_blocks = 6
attempts = 2
[simulated]
shift = "6%"
noise = "8%"'
for seed in 1 2; do run spent --engine simulated --seed "$seed"; done

# --- what people decide ------------------------------------------------------------------------------------------------
"$program" relax stubborn.toml work/warm/wall/median --to '120 ms' --until 2999-01-01 --why 'slow node' --quiet
"$program" relax stubborn.toml wall --restore --why 'node replaced' --quiet
"$program" relax stubborn.toml wall --to none --until 2999-01-02 --why 'no node at all' --quiet
"$program" decide --open 'Which cache?' --option local --option shared --owner bob --due 2999-01-01 --quiet
question=$(newest)
"$program" decide --close "$question" --choose shared --evidence 1 --evidence 2 --why 'hits 94 %' --quiet
"$program" decide --open 'Which "colour", ä or ö?' --option 'red | blue' --option 'a <b>' --owner 'carol' --quiet

# --- attempts that are interrupted: one is closed by a person, one is kept in the journal ----------------------------
interruptible() {  # ID
  experiment "$1" "command = [\"true\", \"$1\"]" '[protocol]
seed = "11"
max_blocks = 20
[simulated]
shift = "4%"
noise = "12%"
pace = "20 ms"'
}
interruptible closed
timeout --signal=INT 0.35 "$program" run closed.toml --engine simulated --quiet || step "interrupted: $?"
"$program" close closed.toml --engine simulated --quiet || step "closed: $?"

# --- real processes ----------------------------------------------------------------------------------------------------
many_metrics='[[metric]]
name = "wall"
role = "primary"
margin = "10%"
[[metric]]
name = "max_rss"
role = "guard"
margin = "50%"
[[metric]]
name = "cpu"
[[metric]]
name = "ok"
kind = "proportion"
role = "guard"
from = "json:/ok"
direction = "higher"
[[metric]]
name = "n"
kind = "deterministic"
from = "json:/n"
[[metric]]
name = "p90"
from = "json:/seconds"
statistic = "p90"
unit = "s"
[[metric]]
name = "third"
kind = "difference"
from = '\''regex:0\.([0-9]+)]'\''
[[metric]]
name = "page"
role = "guard"
margin = "1%"
from = "file-size:out/page.html"
[[metric]]
name = "dozing"
from = "spans:duration(doze)"
[[metric]]
name = "dozes"
from = "spans:count(doze)"
kind = "deterministic"
[[check]]
name = "same page"
kind = "same-output"
file = "out/page.html"
[[check]]
name = "same words"
kind = "same-output"
normalise = ["sed", "s/[0-9]* ms/N ms/"]
[[check]]
name = "no test lost"
kind = "test-inventory"
junit = "out/junit.xml"
[[check]]
name = "page there"
kind = "command"
command = ["test", "-s", "out/page.html"]
[[check]]
name = "all well"
kind = "condition"
require = ["json:/ok == true", "json:/n >= 3"]
[[check]]
name = "nothing left"
kind = "no-leaks"
ignore = ["/tmp/*", "/var/tmp/*", "/dev/shm/*", "/srv/*", "/run/*"]
[protocol]
seed = "11"
blocks = 6'
experiment every-metric 'command = ["./work.sh"]
results = "out/results.json"
environment = "clean"
set = { API_TOKEN = "of-no-worth" }
inputs = ["work.sh"]
weight = { cpu = 1, memory = "1 MiB" }
limits = { nice = 5, open_files = 256 }' "$many_metrics"
run every-metric

experiment slower-tap 'shell = "sleep 0.${FAST:+4}; FAST= ./work.sh"' '[[check]]
name = "no test lost"
kind = "test-inventory"
tap = "out/report.tap"
[protocol]
seed = "11"
max_blocks = 8'
run slower-tap

experiment guarded 'shell = "if [ ${FAST-0} = 1 ]; then echo 1500; else sleep 0.1; echo 1000; fi"' '[[metric]]
name = "size"
role = "guard"
margin = "5%"
from = "regex:([0-9]+)"
[protocol]
seed = "11"
max_blocks = 12'
run guarded

experiment other-output 'shell = "if [ ${FAST-0} = 1 ]; then echo less; else sleep 0.1; echo more; fi"' '[[check]]
name = "same words"
kind = "same-output"
[protocol]
seed = "11"
max_blocks = 8'
run other-output

experiment test-dropped 'shell = "DROP=${FAST-} ./work.sh"' '[[check]]
name = "no test lost"
kind = "test-inventory"
tap = "out/report.tap"
[protocol]
seed = "11"
max_blocks = 8'
run test-dropped

experiment leaking 'shell = "if [ ${FAST-0} = 1 ]; then mktemp -p store >/dev/null; else sleep 0.1; fi"' '[[check]]
name = "nothing left"
kind = "no-leaks"
watch = ["store"]
ignore = ["/tmp/*", "/var/tmp/*", "/dev/shm/*", "/run/*"]
[protocol]
seed = "11"
max_blocks = 8'
mkdir store
run leaking
rm -rf store

experiment left-running 'shell = "if [ ${FAST-0} = 1 ]; then sleep 3 >/dev/null 2>&1 & else sleep 0.1; fi"' '[protocol]
seed = "11"
blocks = 6'
run left-running

experiment_of sharing 'kind = "env"
name = "FAST"
control = { unset = true }
treatment = "1"
shares = true' 'shell = "if [ ${FAST-0} = 1 ]; then sleep 0.02; else sleep 0.15; fi; echo 1"' '[[check]]
name = "no cross-talk"
kind = "isolation"
[protocol]
seed = "11"
blocks = 8'
run sharing

experiment_of sharing-unproven 'kind = "env"
name = "FAST"
control = { unset = true }
treatment = "1"
shares = true' 'shell = "if [ ${FAST-0} = 1 ]; then sleep 0.02; else sleep 0.15; fi; echo 2"' '[protocol]
seed = "11"
blocks = 8'
run sharing-unproven

# Every outcome that a trial can have but measured: one each.
fails() {  # ID LINE [MORE]
  experiment "$1" "shell = \"if [ \${FAST-0} = 1 ]; then $2; else sleep 0.01; fi\"
${3-}" '[state.warm]
warmup = 0
[protocol]
seed = "11"
blocks = 6'
  run "$1"
}
fails exits 'exit 7'
fails killed 'kill -9 $$'
fails timed-out 'sleep 9' 'timeout = "400 ms"
grace = "100 ms"'
fails hook-failed 'echo > gone' 'conclude = ["test", "!", "-e", "gone"]'
rm -f gone
experiment unproven 'command = ["true"]
states = ["cold"]' '[state.cold]
evict = ["nothing/**"]
[protocol]
seed = "11"
blocks = 6'
run unproven

# --- variables ---------------------------------------------------------------------------------------------------------
experiment_of argument 'kind = "argument"
name = "time"
control = "0.1"
treatment = "0.05"' 'command = ["sleep", "{time}"]' '[protocol]
seed = "11"
max_blocks = 8'
run argument

experiment_of command 'kind = "command"
control = ["sleep", "0.05"]
treatment = ["sleep", "0.1"]' 'input = "/dev/null"' '[protocol]
seed = "11"
max_blocks = 8'
run command

echo 'sleep 0.1' >slow
echo 'sleep 0.02' >quick
echo 'exit 9' >settings
experiment_of file 'kind = "file"
path = "settings"
control = "slow"
treatment = "quick"' 'command = ["sh", "settings"]' '[protocol]
seed = "11"
max_blocks = 8'
run file

dd if=/dev/zero of=data/store bs=1M count=2 status=none && sync data/store
experiment cold 'shell = "cat data/store; sleep 0.${FAST-2}"
states = ["cold", "warm"]' '[state.cold]
evict = ["data/**"]
[protocol]
seed = "11"
blocks = 6'
run cold

experiment_of state 'kind = "state"
control = "fresh"
treatment = "warm"' 'command = ["sleep", "0.005"]' '[state.fresh]
warmup = 0
[state.warm]
warmup = 2
prepare = ["true"]
prove = { command = ["true"] }
[protocol]
seed = "11"
blocks = 6'
run state

experiment_of levels 'kind = "level"
levels = [
  { name = "neither" },
  { name = "pool", set = { NAP = "0.08" } },
  { name = "both", set = { NAP = "0.03" } },
]' 'shell = "sleep ${NAP:-0.1}"' '[protocol]
seed = "11"
max_blocks = 8
confirm = 6'
run levels

experiment_of reached 'kind = "env"
name = "WORKERS"
control = "1"
treatment = "4"
reached = "workers >= 2"' 'shell = "echo 1; sleep 0.0$WORKERS"' '[[metric]]
name = "workers"
from = "regex:([0-9]+)"
[protocol]
seed = "11"
max_blocks = 6'
run reached

echo before >data/declared
experiment confounded 'shell = "if [ ${FAST-0} = 1 ]; then echo after > data/declared; else sleep 0.01; fi"
inputs = ["data/declared"]' '[protocol]
seed = "11"
max_blocks = 6'
run confounded

git_() {
  git -C app -c user.name=ada -c user.email=ada@example.org -c init.defaultBranch=main "$@"
}
mkdir app
git_ init --quiet
printf 'CFLAGS = -O1 -g\nbench: bench.o other.o\n\t$(CC) $(CFLAGS) -o $@ bench.o other.o\nbench.o: bench.c work.h\n' >app/Makefile
printf '#include <unistd.h>\n#include "work.h"\nint other(void);\nint main(void) { return usleep(NAP) + other(); }\n' >app/bench.c
printf 'int other(void) { return 0; }\n' >app/other.c
commit() {  # NAP NAME
  printf '#define NAP %s\n' "$1" >app/work.h
  git_ add --all
  GIT_AUTHOR_DATE=2026-01-01T00:00:00Z GIT_COMMITTER_DATE=2026-01-01T00:00:00Z git_ commit --quiet -m "$2"
  git_ tag "$2"
}
commit 100000 slow
commit 50000 fast
git_ diff slow fast >change.patch
git_ checkout --quiet slow

experiment_of revision 'kind = "revision"
control = "slow"
treatment = "fast"
repository = "app"
build = ["make", "-s"]
builds = 2' 'command = ["./bench"]' '[protocol]
seed = "11"
max_blocks = 8'
run revision

experiment_of patch 'kind = "patch"
file = "change.patch"
revision = "slow"
repository = "app"
build = ["make", "-s"]' 'command = ["./bench"]' '[protocol]
seed = "11"
blocks = 6'
run patch

experiment_of patches 'kind = "level"
revision = "slow"
repository = "app"
build = ["make", "-s"]
levels = [ { name = "as it is" }, { name = "patched", patch = "change.patch" } ]' 'command = ["./bench"]' '[protocol]
seed = "11"
blocks = 8
confirm = 6'
run patches

# --- designs with real processes, the steady state, comparisons --------------------------------------------------------
experiment duet 'shell = "sleep 0.05; test ${FAST-0} = 1 || sleep 0.05"' '[protocol]
seed = "11"
design = "duet"
blocks = 6'
run duet

experiment inner-real 'shell = "test ${FAST-0} = 1 || sleep 0.05"' '[protocol]
seed = "11"
inner = 2
blocks = 6'
run inner-real

cat >iterations.sh <<'ITERATIONS'
#!/bin/sh
# 60 made-up times, of which the first ten are a warm-up.
awk -v fast="${FAST-0}" 'BEGIN {
  srand(7); printf "{\"seconds\": [";
  for (n = 0; n < 60; ++n) printf "%s%.4f", n ? ", " : "", (n < 10 ? 3 : 1) * (fast ? 0.8 : 1) * (1 + 0.01 * rand());
  print "]}" }'
ITERATIONS
chmod +x iterations.sh
experiment steady 'command = ["./iterations.sh"]' '[[metric]]
name = "iteration"
from = "json:/seconds"
unit = "s"
statistic = "steady-mean"
role = "primary"
margin = "3%"
[protocol]
seed = "11"
max_blocks = 8'
run steady

step compare
"$program" compare 'sleep 0.1' 'sleep 0.05' --record --seed 11 -r 6 --quiet --fail-on none --guard max_rss=50%
"$program" compare 'sleep 0.01' 'sleep 0.01' --record --seed 11 -r 6 --quiet --fail-on none -n again -n 'and again'
"$program" compare 'sleep 0.1' 'sleep 0.05' 'sleep 0.11' --record --seed 11 -M 8 --quiet --fail-on none
"$program" compare --rev slow --rev fast --repository app --build 'make -s' --record --seed 11 -r 6 --quiet --fail-on none -- ./bench

# --- signatures, documents ---------------------------------------------------------------------------------------------
step sign
"$program" sign --new-key --quiet
"$program" sign 1 --quiet
"$program" sign "$question" --quiet
rm -rf home/.config  # nobody has the secret key any more
printf '\nWords of people below the last entry.\n' >>DECISIONS.md
"$program" render --quiet
"$program" verify

# --- what is kept of it ------------------------------------------------------------------------------------------------
kept=$(dirname "$self")
rm -rf "$kept/lab" "$kept/interrupted" "$kept/expected"
mkdir -p "$kept/lab/.assay" "$kept/interrupted" "$kept/expected"
cp -r .assay/records .assay/keys "$kept/lab/.assay/"
cp DECISIONS.md ./*.toml ./*.sh change.patch slow quick settings "$kept/lab/"
"$program" log >"$kept/expected/log.txt"
compact() { /usr/bin/python3 -c 'import json, sys; print(json.dumps(json.load(sys.stdin), separators=(",", ":")))'; }
"$program" log --json | compact >"$kept/expected/log.json"
"$program" log --dead-ends >"$kept/expected/dead-ends.txt"
for record in .assay/records/*.json; do
  name=$(basename "$record" .json)
  "$program" show "$name" >"$kept/expected/$name.txt"
  "$program" show "$name" --json | compact >"$kept/expected/$name.json"
done

# A killed program leaves its attempt in the journal; taken up, it ends as this one ended.
mkdir -p interrupted/.assay/records whole/.assay/records
interruptible interrupted
cp interrupted.toml interrupted/experiment.toml
mv interrupted.toml whole/experiment.toml
timeout --signal=KILL 0.75 "$program" run interrupted/experiment.toml --engine simulated --quiet || step "killed: $?"
"$program" run whole/experiment.toml --engine simulated --quiet --fail-on none
sqlite3 interrupted/.assay/lab.db 'PRAGMA wal_checkpoint(TRUNCATE); SELECT count(*) FROM block;'
mkdir "$kept/interrupted/.assay"
cp interrupted/.assay/lab.db "$kept/interrupted/.assay/"
cp interrupted/experiment.toml "$kept/interrupted/"
cp whole/.assay/records/0001-interrupted.json "$kept/interrupted/undisturbed.json"
