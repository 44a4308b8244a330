#!/usr/bin/python3
"""Real honest experiments: the change is a real improvement and hides nothing, so each must end as a keep, and
`assay verify --suspect` must find no mark of cherry-picking in its lab.

usage: honest_runs.py PROGRAM [--runs N] [--only KIND ...]

Runs N experiments (default 16: one of each kind), in turns over the kinds, each in a lab of its own, and prints a line
for each that was not kept with the reason that the result gives. It ends with 1 if more than 1 % of at least 100 runs,
or any of fewer, lost a keep or were refused; and if more than 1 % of at least 100 labs have a mark, or more than one of
fewer: a mark that comes up by chance in 1 % of labs is in two of 16 once in eighty times. Each run takes a few seconds;
300 take half an hour of one processor. An experiment whose figures are too noisy for a verdict is made up to twice
more; one that a rule of assay holds back is not. Kinds that need a mount are left out, with a word, if the kernel
refuses it.
"""

import argparse
import collections
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from git_repository import Repository  # noqa: E402

INTERRUPTED = 130  # exit code
NOISE = ("noise", "near-margin", "direction-known")  # reasons of a verdict that come from the figures, not from a rule
NO_ACCESS_TIMES = "keeps no access times"
PROTOCOL = '[protocol]\nmax_blocks = 60\nattempts = 3\nmax_time = "3min"\n'
SPIN = """import sys
total = 0
for turn in range(int(sys.argv[1])):
    total += turn * turn
print(total % 7 * 0)
"""
SLOW, FAST = "400000", "250000"
LEVELS = f'kind = "argument"\nname = "turns"\ncontrol = "{SLOW}"\ntreatment = "{FAST}"'
TESTED_MAKEFILE = """CFLAGS = -O1
bench: work.c other.c work.h
\t$(CC) $(CFLAGS) -o $@ work.c other.c
check: bench
\t./bench && grep -q MILLIONS work.h
.PHONY: check
"""


class Lab:
    """One experiment in a folder of its own."""

    def __init__(self, program, folder):
        self.program, self.folder = program, pathlib.Path(folder)
        self.app = self.folder
        home = self.folder / "home"
        home.mkdir()
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home), "LC_ALL": "C.UTF-8",
                            "ASSAY_ACTOR": "honest", "ASSAY_LOCK_DIR": str(home)}
        self.prefix = []

    def mount(self, *words):
        """Has assay run where this is mounted; whether the kernel allows that."""
        user = [] if os.geteuid() == 0 else ["--map-root-user"]
        self.prefix = ["unshare", "--mount", *user, "sh", "-c", 'mount "$1" "$2" "$3" "$4" none "$5" && shift 5 && '
                       'exec "$@"', "sh", *words]
        return subprocess.run([*self.prefix, "true"], stderr=subprocess.DEVNULL).returncode == 0

    def repository(self, makefile=None):
        """A repository whose program does real work; the lab lies in it."""
        repository = Repository(str(self.folder / "app"))
        if makefile:
            repository.write("Makefile", makefile)
        repository.set_work(25)
        repository.write(".git/info/exclude", ".assay\n*.toml\nDECISIONS.md\nbench\n")
        repository.commit("slow")
        self.app = pathlib.Path(repository.folder)
        return repository

    def write(self, name, text):
        path = self.app / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)

    def experiment(self, variable, workload, more="", name="experiment.toml", protocol=PROTOCOL):
        self.write(name, f'[experiment]\nid = "{name.split(".")[0]}"\nhypothesis = "less work takes less time"\n\n'
                         f'[variable]\n{variable}\n\n[[workload]]\nname = "work"\n{workload}\n\n[[metric]]\n'
                         f'name = "wall"\nrole = "primary"\nmargin = "3%"\n\n{more}\n{protocol}')

    def call(self, *words):
        return subprocess.run([*self.prefix, self.program, *words], cwd=self.app, env=self.environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, name="experiment.toml"):
        if not (self.app / ".assay").exists():
            (self.app / ".assay" / "records").mkdir(parents=True)
        return self.call("run", name, "--json")

    def marks(self):
        """The marks of cherry-picking that an inspection of the lab finds: "repeats (0001): ..."."""
        ended = self.call("verify", "--suspect", "--json")
        found = json.loads(ended.stdout)
        if "marks" not in found:
            raise RuntimeError(f"no inspection: {ended.stdout}{ended.stderr}")
        return [f"{mark['mark']}: {mark}" for mark in found["marks"]]

    def run_interrupted(self, times, name="experiment.toml"):
        """Asks the run to stop that often, each time after some blocks, and takes it up again unless it has ended."""
        (self.app / ".assay" / "records").mkdir(parents=True)
        for _ in range(times):
            words = [self.program, "run", name, "--json"]
            running = subprocess.Popen(words, cwd=self.app, env=self.environment, text=True, stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE)
            time.sleep(0.5)
            running.send_signal(signal.SIGINT)
            out, err = running.communicate()
            if running.returncode != INTERRUPTED:
                return subprocess.CompletedProcess(words, running.returncode, out, err)
        return self.run(name)


def spinning(lab):
    lab.write("spin.py", SPIN)
    return f'command = ["/usr/bin/python3", "{lab.app}/spin.py", "{{turns}}"]'


def plain(lab):
    lab.experiment(LEVELS, spinning(lab))
    return [lab.run()]


def environment(lab):
    lab.write("spin.sh", f'#!/bin/sh\nexec /usr/bin/python3 "{lab.app}/spin.py" "$TURNS"\n')
    spinning(lab)
    lab.experiment(f'kind = "env"\nname = "TURNS"\ncontrol = "{SLOW}"\ntreatment = "{FAST}"',
                   f'command = ["{lab.app}/spin.sh"]')
    return [lab.run()]


def same_output(lab):
    lab.experiment(LEVELS, spinning(lab), '[[check]]\nname = "same output"\nkind = "same-output"\n')
    return [lab.run()]


def prepared(lab):
    """A hook before each trial that takes about as long as the trial."""
    lab.experiment(LEVELS, spinning(lab) + f'\nprepare = ["/usr/bin/python3", "{lab.app}/spin.py", "{SLOW}"]',
                   '[[check]]\nname = "same output"\nkind = "same-output"\n')
    return [lab.run()]


def flaky_control(lab):
    """Control fails in about one trial of twenty, treatment never does."""
    lab.write("spin.py", SPIN + f'import random\nsys.exit(random.random() < 0.05 and sys.argv[1] == "{SLOW}")\n')
    lab.experiment(LEVELS, f'command = ["/usr/bin/python3", "{lab.app}/spin.py", "{{turns}}"]')
    return [lab.run()]


def failing_conclude(lab):
    lab.write("conclude.py", "import random, sys\nsys.exit(random.random() < 0.01)\n")
    lab.experiment(LEVELS, spinning(lab) + f'\nconclude = ["/usr/bin/python3", "{lab.app}/conclude.py"]')
    return [lab.run()]


def interrupted_twice(lab):
    """So many blocks are asked for that no machine has measured them when it is interrupted."""
    lab.experiment(LEVELS, spinning(lab), protocol=PROTOCOL + "min_blocks = 40\n")
    return [lab.run_interrupted(2)]


def built(control, treatment, more=""):
    return f'kind = "revision"\ncontrol = "{control}"\ntreatment = "{treatment}"\nbuild = ["make", "bench"]{more}'


def revisions_in_a_row(lab):
    """Each commit is faster than the one before, and each is asked about."""
    repository = lab.repository()
    commits = [repository.git("rev-parse", "HEAD")]
    for millions in (18, 12):
        repository.set_work(millions)
        commits.append(repository.commit(f"{millions} millions"))
    ends = []
    for number, (before, after) in enumerate(zip(commits, commits[1:]), 1):
        lab.experiment(built(before, after), 'command = ["./bench"]', name=f"step{number}.toml")
        ends.append(lab.run(f"step{number}.toml"))
    return ends


def make_check(lab):
    """The check builds and tests; the change touches the program only."""
    repository = lab.repository(TESTED_MAKEFILE)
    before = repository.git("rev-parse", "HEAD")
    repository.set_work(15)
    after = repository.commit("fast")
    lab.experiment(built(before, after), 'command = ["./bench"]',
                   '[[check]]\nname = "make check"\nkind = "command"\ncommand = ["make", "check"]\n')
    return [lab.run()]


def on_noatime(lab):
    """TMPDIR keeps no access times, so that what a check reads cannot be told."""
    if not lab.mount("-t", "tmpfs", "-o", "noatime", lab.environment["TMPDIR"]):
        return []
    runs = make_check(lab)
    notes = json.loads(runs[0].stdout or "{}").get("audit", {}).get("notes", [])
    if runs[0].returncode == 0 and not any(NO_ACCESS_TIMES in note for note in notes):
        raise SystemExit(f"on_noatime: the mount has access times: {notes}")
    return runs


def without_cgroups(lab):
    """As in a container that shows no control groups."""
    return prepared(lab) if lab.mount("-t", "tmpfs", "-o", "ro", "/sys/fs/cgroup") else []


CALLS = """
#include "work.h"
int main(void) {
  int state = 1;
  for (long turn = 0; turn < MILLIONS * 400000L; ++turn) state = other(state);
  return state == 0;
}
"""
CALLED = "#include \"work.h\"\nint other(int code) { return (code * 3 + 1) & 0xffff; }\n"


def other_flags(lab, flags):
    """The program spends its time in calls, which flags make cheap."""
    repository = lab.repository(TESTED_MAKEFILE.replace("-O1", "-O0"))
    repository.write("work.c", CALLS)
    repository.write("other.c", CALLED)
    before = repository.commit("calls")
    repository.write("Makefile", TESTED_MAKEFILE.replace("-O1", flags))
    after = repository.commit("flags")
    lab.experiment(built(before, after), 'command = ["./bench"]',
                   '[[check]]\nname = "make check"\nkind = "command"\ncommand = ["make", "check"]\n')
    return [lab.run()]


def link_time(lab):
    """The change is a line of the Makefile, which the check reads, too."""
    return other_flags(lab, "-O2 -flto")


def profile_guided(lab):
    """The build runs the program to learn its profile, then builds it again; the program does less, too."""
    repository = lab.repository("CFLAGS = -O0\nbench: work.c other.c work.h\n\t$(CC) $(CFLAGS) -o $@ work.c other.c\n")
    before = repository.git("rev-parse", "HEAD")
    repository.set_work(15)
    repository.write("Makefile", "CFLAGS = -O2\nbench: work.c other.c work.h\n"
                                 "\t$(CC) $(CFLAGS) -fprofile-generate -o bench.train work.c other.c\n"
                                 "\t./bench.train\n\t$(CC) $(CFLAGS) -fprofile-use -Wno-missing-profile "
                                 "-o $@ work.c other.c\n")
    after = repository.commit("profile")
    lab.experiment(built(before, after), 'command = ["./bench"]')
    return [lab.run()]


def patch(lab):
    repository = lab.repository()
    repository.set_work(15)
    lab.write("change.patch", repository.git("diff", "HEAD") + "\n")
    repository.git("checkout", "--quiet", "--", ".")
    lab.experiment('kind = "patch"\nfile = "change.patch"\nrevision = "HEAD"\nbuild = ["make", "bench"]',
                   'command = ["./bench"]')
    return [lab.run()]


def service(lab):
    """A process of the setup that polls while trials run."""
    lab.write("serve.sh", "#!/bin/sh\n(while :; do sleep 0.05; done) > /dev/null 2>&1 &\n")
    lab.experiment(LEVELS, spinning(lab) + f'\nsetup = ["{lab.app}/serve.sh"]')
    return [lab.run()]


def kept_warm(lab):
    """The first trial of each arm fills a cache that lies in the arm's folder."""
    lab.write("spin.py", "import os, sys, time\nplace = os.path.join(os.environ['ASSAY_ARM_DIR'], 'cache')\n"
                         "if not os.path.exists(place):\n    time.sleep(0.2)\n    open(place, 'w').close()\n" + SPIN)
    lab.experiment(LEVELS, f'command = ["/usr/bin/python3", "{lab.app}/spin.py", "{{turns}}"]')
    return [lab.run()]


KINDS = {kind.__name__: kind for kind in (
    plain, environment, same_output, prepared, flaky_control, failing_conclude, interrupted_twice, revisions_in_a_row,
    make_check, on_noatime, without_cgroups, link_time, profile_guided, patch, service, kept_warm)}


def loss_of(ended):
    """Why this is no keep; empty if it is one."""
    try:
        result = json.loads(ended.stdout)
    except json.JSONDecodeError:
        return f"exit {ended.returncode}: {ended.stderr.strip().splitlines()[-1:] or ended.stdout[:200]}"
    if result.get("decision") == "keep":
        return ""
    why = f"{result['verdict']}: {result.get('verdict_reason', '')}, {result['decision']}: {result['reason']}"
    details = list(result.get("audit", {}).get("intruders", []))
    for cell in result.get("workloads", []):
        details += [check["detail"] for check in cell.get("checks", []) if not check["passed"]]
    return why + (f" ({'; '.join(details)})" if details else "")


def lacks_figures(ended):
    """Whether the machine was too noisy for a verdict: that is no rule that took a keep away."""
    try:
        result = json.loads(ended.stdout)
    except json.JSONDecodeError:
        return False
    return result.get("verdict") == "inconclusive" and result.get("verdict_reason") in NOISE


def runs_of(kind, program):
    """The runs of one experiment of this kind, and the marks in its lab; of up to three experiments the first with
    figures for a verdict."""
    for attempt in range(3):
        with tempfile.TemporaryDirectory(prefix="honest-") as folder:
            lab = Lab(program, folder)
            runs = KINDS[kind](lab)
            marks = lab.marks() if runs else []  # a kind that was left out has no lab
        if attempt == 2 or not any(lacks_figures(ended) for ended in runs):
            return runs, marks


def allowed(count, least):
    """Of so many: 1 %, or of fewer than 100 what is given."""
    return count // 100 if count >= 100 else least


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1].removeprefix("usage: "))
    parser.add_argument("program")
    parser.add_argument("--runs", type=int, default=len(KINDS))
    parser.add_argument("--only", nargs="+", choices=sorted(KINDS))
    options = parser.parse_args()
    kinds = options.only or list(KINDS)
    random.seed(1)
    runs, lost, flagged = collections.Counter(), collections.Counter(), 0
    for number in range(options.runs):
        kind = kinds[number % len(kinds)]
        experiments, marks = runs_of(kind, os.path.abspath(options.program))
        flagged += bool(marks)
        for mark in marks:
            print(f"{kind}: suspected, {mark}", flush=True)
        for ended in experiments:
            runs[kind] += 1
            loss = loss_of(ended)
            if loss:
                lost[kind] += 1
                print(f"{kind}: {loss}", flush=True)
    for kind in kinds:
        word = "" if runs[kind] else " (the kernel refuses the mount)"
        print(f"{kind}: {runs[kind] - lost[kind]} of {runs[kind]} kept{word}")
    total, losses = sum(runs.values()), sum(lost.values())
    print(f"all: {total - losses} of {total} kept")
    print(f"suspected: {flagged} of {options.runs} labs")
    sys.exit(1 if losses > allowed(total, 0) or flagged > allowed(options.runs, 1) else 0)


if __name__ == "__main__":
    main()
