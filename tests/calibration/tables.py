#!/usr/bin/python3
"""Measures the engine's error rates and costs, and writes the tables of docs/methods/calibration.md.

usage: tables.py PROGRAM [--trials N] [--update DOCUMENT] [--results FOLDER] [--traces DIR] [--only NAME ...]

Every figure comes from `assay simulate` or, for what it does not play, from `stopping_study` beside PROGRAM. Without
--update the tables are printed. Either way it ends with 1 where an error rate exceeds what its nominal rate allows: in
one cell by more than three standard errors of the simulation, over all cells of a column by more than two, or where
the pooled rate of (a) is below 0.8 of the nominal one (a test that spends nothing shows nothing); and where naive
peeking does not. --trials is the number of trials in a cell of the single tests (default 10000); all others take a
fifth of it.
--results keeps each cell as it is measured, and takes those it finds there from the same command: interrupted, the
next call goes on where this one stopped. Give another folder to another build. --traces DIR (by default
$ASSAY_TRACES) adds the recorded noises in that folder, each a file with the columns value and vm_id; higher values are
better except in files whose names begin with launch_program or mlc_idle. --only measures the tables of these names.
"""

import argparse
import hashlib
import json
import math
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SYNTHETIC = ["lognorm", "spikes", "gamma", "bimodal", "sticky-modes", "weak-trend", "strong-trend", "quantised",
             "order-effect", "bursts", "growing"]
RECORDED = ["true", "gzip", "python"]
MARGIN = 3.0
LOWER_IS_BETTER = ("launch_program", "mlc_idle")


class Noise:
    def __init__(self, name, words, higher_is_better=False):
        self.name, self.words, self.higher_is_better = name, words, higher_is_better

    def shifted(self, percent):
        """Words for a change of this many percent towards the better."""
        change = percent if self.higher_is_better else 100 * (1 / (1 + percent / 100) - 1)
        return [f"--shift={change!r}%", "--direction", "higher" if self.higher_is_better else "lower"]


def own_noises():
    noises = [Noise(name, ["--noise", name]) for name in SYNTHETIC]
    for name in RECORDED:
        file = ROOT / "tests" / "reference" / "noise" / f"{name}.csv"
        noises.append(Noise(name, ["--noise", str(file), "--column", "wall_ns"]))
    return noises


def given_traces(folder):
    noises = []
    for file in sorted(pathlib.Path(folder).glob("*.csv")):
        words = ["--noise", str(file), "--column", "value", "--group", "vm_id"]
        noises.append(Noise(file.name.split(".")[0], words, not file.name.startswith(LOWER_IS_BETTER)))
    if not noises:
        sys.exit(f"--traces {folder}: no file there ends with .csv")
    return noises


class Study:
    def __init__(self, program, trials, results):
        self.programs = {"assay": [program, "simulate", "--json"],
                         "stopping": [str(pathlib.Path(program).with_name("stopping_study"))]}
        self.trials, self.results, self.failures = trials, results, []

    def measure(self, program, words):
        """The JSON that the program prints, or printed when it was called with these words before."""
        kept = None
        if self.results:
            portable = [word.removeprefix(f"{ROOT}/") for word in words]
            name = hashlib.sha256(json.dumps([program, portable]).encode()).hexdigest()[:24]
            kept = self.results / f"{name}.json"
            if kept.exists():
                return json.loads(kept.read_text(encoding="utf-8"))["printed"]
        command = self.programs[program] + words
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"{' '.join(command)}: {done.stderr}")
        printed = json.loads(done.stdout)
        if kept:
            self.results.mkdir(parents=True, exist_ok=True)
            unfinished = kept.with_suffix(".part")
            unfinished.write_text(json.dumps({"program": program, "words": words, "printed": printed}), encoding="utf-8")
            unfinished.rename(kept)
        return printed

    def simulate(self, noise, better_percent, trials, *words, program="assay"):
        # A seed for each noise: cells that share coins and sign vectors would err together, and could not be pooled.
        seed = int.from_bytes(noise.name.encode(), "big") % 2**32
        return self.measure(program, ["--seed", str(seed), "--trials", str(trials), *noise.words,
                                      *noise.shifted(better_percent), *map(str, words)])

    def check(self, table, cells, nominal, trials):
        """cells: name -> rate, each of so many trials. Returns the rate over all."""
        error = math.sqrt(nominal * (1 - nominal) / trials)
        for name, rate in cells.items():
            if rate > nominal + 3 * error:
                self.failures.append(f"{table}, {name}: {100 * rate:.2f} % at nominal {100 * nominal:g} %")
        pooled = sum(cells.values()) / len(cells)
        if pooled > nominal + 2 * error / math.sqrt(len(cells)):
            self.failures.append(f"{table}, all cells: {100 * pooled:.2f} % at nominal {100 * nominal:g} %")
        return pooled

    def check_spending(self, table, pooled, nominal, trials):
        if pooled < 0.8 * nominal - 2 * math.sqrt(nominal * (1 - nominal) / trials):
            self.failures.append(f"{table}, all cells: {100 * pooled:.2f} % is too little at nominal {100 * nominal:g} %")


def percent(share, decimals=1):
    return f"{100 * share:.{decimals}f}"


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def single_tests(study, noises):
    """(a), (b), (c): each test alone, every trial to the cap of 60 blocks."""
    beyond_kappa = 100 * (math.sqrt(1 + MARGIN / 100) - 1)
    # name -> nominal rate, whether it must use its level up
    kinds = {"(a) 5 %": (0.05, True), "(a) 1 %": (0.01, True), "(a) resumed": (0.05, True),
             "(a) cut by time": (0.05, True), "(a) anytime": (0.05, False), "(b) 2.5 %": (0.025, False),
             "(c) 5 %": (0.05, False)}
    columns = {name: {} for name in kinds}
    rows = []
    for noise in noises:
        def claims(better, *words, program="assay"):
            shared = ["--max-blocks", 60, "--margin", f"{MARGIN}%", *(["--unmasked"] if program == "assay" else [])]
            return study.simulate(noise, better, study.trials, *shared, *words, program=program)["claims"]

        def either(*words, **options):
            found = claims(0, *words, **options)
            return found["better"] + found["worse"]
        usual = claims(0)
        columns["(a) 5 %"][noise.name] = usual["better"] + usual["worse"]
        columns["(a) 1 %"][noise.name] = either("--alpha", 0.01)
        columns["(a) resumed"][noise.name] = either("--stopping", "resumed", program="stopping")
        columns["(a) cut by time"][noise.name] = either("--stopping", "time-limit", program="stopping")
        columns["(a) anytime"][noise.name] = either("--anytime")
        columns["(b) 2.5 %"][noise.name] = claims(beyond_kappa)["better_than_kappa_margin"]
        columns["(c) 5 %"][noise.name] = claims(MARGIN)["equivalent"]
        rows.append([noise.name, f"{percent(usual['better'], 2)} + {percent(usual['worse'], 2)}"] +
                    [percent(column[noise.name], 2) for column in columns.values()])
    pooled = {}
    for name, (nominal, spends) in kinds.items():
        pooled[name] = study.check(f"single tests {name}", columns[name], nominal, study.trials)
        if spends:
            study.check_spending(f"single tests {name}", pooled[name], nominal, study.trials * len(noises))
    rows.append(["all", ""] + [percent(rate, 2) for rate in pooled.values()])
    return table(["noise", "(a) by side", *columns], rows) + (
        f"\n\n{study.trials} trials a cell. One standard error: " +
        ", ".join(f"{percent(math.sqrt(rate * (1 - rate) / study.trials), 2)} points at {100 * rate:g} %"
                  for rate in (0.05, 0.025, 0.01)) + ".")


def peeking(study, noises):
    """The same counts of an engine that takes a single look's critical value at every look: it must fail."""
    trials = max(1, study.trials // 5)
    beyond_kappa = 100 * (math.sqrt(1 + MARGIN / 100) - 1)
    columns = {"(a) 5 %": {}, "(b) 2.5 %": {}, "(c) 5 %": {}}
    for noise in noises:
        def claims(better):
            return study.simulate(noise, better, trials, "--stopping", "peeking", "--max-blocks", 60, "--margin",
                                  f"{MARGIN}%", program="stopping")["claims"]
        none = claims(0)
        columns["(a) 5 %"][noise.name] = none["better"] + none["worse"]
        columns["(b) 2.5 %"][noise.name] = claims(beyond_kappa)["better_than_kappa_margin"]
        columns["(c) 5 %"][noise.name] = claims(MARGIN)["equivalent"]
    rows = [[noise.name] + [percent(column[noise.name]) for column in columns.values()] for noise in noises]
    pooled = []
    for name, cells in columns.items():
        nominal = float(name.split()[1]) / 100
        pooled.append(sum(cells.values()) / len(cells))
        if pooled[-1] <= nominal + 2 * math.sqrt(nominal * (1 - nominal) / (trials * len(cells))):
            study.failures.append(f"peeking {name}: {percent(pooled[-1], 2)} % passes, and should not")
    rows.append(["all"] + [percent(rate) for rate in pooled])
    return table(["noise", *columns], rows) + f"\n\n{trials} trials a cell."


def difference(study, noises):
    """(a) at 5 % alone: the form that is short enough for every run of the tests."""
    cells = {}
    for noise in noises:
        claims = study.simulate(noise, 0, study.trials, "--unmasked", "--max-blocks", 60, "--margin",
                                f"{MARGIN}%")["claims"]
        cells[noise.name] = claims["better"] + claims["worse"]
    pooled = study.check("difference", cells, 0.05, study.trials)
    rows = [[name, percent(rate, 2)] for name, rate in cells.items()]
    return table(["noise", "(a) 5 %"], rows + [["all", percent(pooled, 2)]])


def verdicts(study, noises, cap, margin, effects):
    """(d), coverage at the stop, power and blocks of the whole protocol."""
    trials = max(1, study.trials // 5)
    head = ["noise", "kappa", "0: false %", "equivalent %", "blocks (p90)"]
    for effect in effects:
        head += [f"+{effect:g} %: improved %", "blocks (p90)"]
    rows, false_kept, by_kappa = [], [], {0.5: [], 0: []}
    for noise in noises:
        for kappa in by_kappa:
            runs = [study.simulate(noise, effect, trials, "--kappa", kappa, "--max-blocks", cap, "--margin", f"{margin}%")
                    for effect in (0, *effects)]
            none = runs[0]
            row = [noise.name, f"{kappa:g}", percent(none["wrong_direction"]), percent(none["shares"]["equivalent"]),
                   blocks(none)]
            for run in runs[1:]:
                row += [percent(run["shares"]["improved"]), blocks(run)]
            coverage = min(run["coverage"] for run in runs)
            rows.append(row + [percent(coverage)])
            by_kappa[kappa].append(runs)
            if noise.name != "quantised" and coverage < 0.95 - 3 * math.sqrt(0.95 * 0.05 / trials):
                study.failures.append(f"verdicts, {noise.name}, kappa {kappa:g}: coverage {percent(coverage)} %")
            if kappa == 0.5:
                false_kept.append(50 * none["shares"]["improved"])
    rows += [average_of(kappa, cells) for kappa, cells in by_kappa.items()]
    worst, mean = max(false_kept), sum(false_kept) / len(false_kept)
    if mean > 0.5:
        study.failures.append(f"fifty ideas that change nothing: {mean:.2f} are kept on average")
    text = table(head + ["least coverage %"], rows)
    return text + (f"\n\n{trials} trials a cell. Fifty ideas in a row that change nothing, at kappa 1/2: {mean:.2f} are kept on average over these "
                   f"noises, {worst:.2f} on the worst.")


def average_of(kappa, cells):
    """The row over all noises. cells: of each, its runs without effect and with each effect."""
    def mean(figure, effect):
        return sum(figure(runs[effect]) for runs in cells) / len(cells)
    row = ["all", f"{kappa:g}", percent(mean(lambda run: run["wrong_direction"], 0)),
           percent(mean(lambda run: run["shares"]["equivalent"], 0)), f"{mean(lambda run: run['blocks']['mean'], 0):.1f}"]
    for effect in range(1, len(cells[0])):
        row += [percent(mean(lambda run: run["shares"]["improved"], effect)),
                f"{mean(lambda run: run['blocks']['mean'], effect):.1f}"]
    return row + [percent(min(run["coverage"] for runs in cells for run in runs))]


def blocks(run):
    return f"{run['blocks']['mean']:.1f} ({run['blocks']['p90']})"


def optimum(study, noises):
    """The difference test alone against Wald's sequential test, which knows the noise and the effect, and no cap."""
    tau, side = 0.03 * math.sqrt(2), 0.025
    lognorm = next(noise for noise in noises if noise.name == "lognorm")
    rows = []
    for effect in (1, 2, 3, 5, 10):
        claims = study.simulate(lognorm, effect, max(1, study.trials // 5), "--unmasked", "--max-blocks", 200)["claims"]
        missed = max(1 - claims["better"], 0.5 / study.trials)
        wald = 2 * (tau / math.log1p(effect / 100)) ** 2 * (
            (1 - missed) * math.log((1 - missed) / side) + missed * math.log(missed / (1 - side)))
        rows.append([f"{effect} %", percent(claims["better"]), f"{claims['blocks_to_better']:.1f}", f"{wald:.1f}",
                     f"{claims['blocks_to_better'] / wald:.2f}"])
    return table(["effect", "shown in %", "mean blocks", "Wald's optimum at the same error rates", "ratio"], rows)


def futility(study, noises):
    """What stopping where more blocks would hardly decide anything saves, and what it costs."""
    trials = max(1, study.trials // 5)
    rows = []
    for cap in (60, 200):
        for alpha in (0.05, 0.005):
            for noise in noises:
                row = [noise.name, str(cap), f"{100 * alpha:g} %"]
                for effect in (0, MARGIN, 2 * MARGIN):
                    words = ["--max-blocks", cap, "--margin", f"{MARGIN}%", "--alpha", alpha]
                    on = study.simulate(noise, effect, trials, *words)
                    stopping = study.simulate(noise, effect, trials, *words, "--futility")
                    row.append(f"{on['blocks']['mean']:.1f} to {stopping['blocks']['mean']:.1f}")
                    shown = "equivalent" if effect == 0 else "improved"
                    before, after = on["shares"][shown], stopping["shares"][shown]
                    row.append(f"{percent(before)} to {percent(after)}")
                    if before - after > 0.005:
                        study.failures.append(f"futility, {noise.name}, cap {cap}, alpha {alpha}: {shown} falls from "
                                              f"{percent(before)} to {percent(after)} % at +{effect:g} %")
                rows.append(row)
    head = ["noise", "cap", "alpha"]
    for effect in (0, MARGIN, 2 * MARGIN):
        head += [f"+{effect:g} %: blocks", f"{'equivalent' if effect == 0 else 'improved'} %"]
    return table(head, rows) + f"\n\n{trials} trials a cell, each without and with the rule."


def printed_by(program, attempts):
    """The table that one of the studies beside the program prints itself."""
    done = subprocess.run([str(program), str(attempts)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{program} {attempts}: {done.stdout}{done.stderr}")
    return done.stdout.strip()


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1].removeprefix("usage: "))
    parser.add_argument("program")
    parser.add_argument("--trials", type=int, default=10000)
    parser.add_argument("--update", type=pathlib.Path)
    parser.add_argument("--results", type=pathlib.Path)
    parser.add_argument("--traces", default=os.environ.get("ASSAY_TRACES", ""))
    parser.add_argument("--only", nargs="+")
    options = parser.parse_args()
    study, own = Study(options.program, options.trials, options.results), own_noises()
    tables = {"single-tests": lambda: single_tests(study, own),
              "verdicts": lambda: verdicts(study, own, 200, MARGIN, (1.5, 3, 6)),
              "peeking": lambda: peeking(study, own),
              "optimum": lambda: optimum(study, own)}
    beside = pathlib.Path(options.program).parent
    noisy = [noise for noise in own if noise.name in ("lognorm", "spikes", "bursts", *RECORDED)]
    tables["futility"] = lambda: futility(study, noisy)
    tables["shares"] = lambda: printed_by(beside / "share_study", max(1, options.trials // 5))
    tables["honest"] = lambda: printed_by(beside / "honest_study", max(11, options.trials // 2))
    tables["equivalence-spending"] = lambda: printed_by(beside / "equivalence_study", max(1, options.trials // 10))
    if options.traces:
        given = given_traces(options.traces)
        tables["traces-single-tests"] = lambda: single_tests(study, given)
        tables["traces-verdicts"] = lambda: verdicts(study, given, 60, 2.0, (2, 5, 10))
    documented = list(tables)
    tables["difference"] = lambda: difference(study, own)
    for name, make in tables.items():
        if name not in (options.only or documented):
            continue
        text = make()
        print(f"\n## {name}, {options.trials} trials\n\n{text}", flush=True)
        if options.update:
            replace(options.update, name, text)
    for failure in study.failures:
        print("too high or too low: " + failure, file=sys.stderr)
    sys.exit(1 if study.failures else 0)


def replace(document, name, text):
    begin, end = f"<!-- table: {name} -->\n", f"\n<!-- end: {name} -->"
    whole = document.read_text(encoding="utf-8")
    before, _, rest = whole.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        sys.exit(f"{document} has no place for the table {name}")
    document.write_text(before + begin + text + end + after, encoding="utf-8")


if __name__ == "__main__":
    main()
