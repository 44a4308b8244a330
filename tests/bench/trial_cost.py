#!/usr/bin/python3
"""What one trial of a static no-op costs, whole process, against a bare posix_spawn loop and against other tools.

Every tool runs the same number of trials in each of several rounds, in turn, so that all of them meet the same machine.
Prints the median over rounds of each ratio to the bare loop of the same round.

Usage: trial_cost.py BIN_FOLDER [ROUNDS [TRIALS]]
"""

import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


def seconds(command, folder):
    started = time.monotonic()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - started


def bare_median(bare, noop, trials, folder):
    """Median time, in seconds, from before the spawn to after the wait, as a loop without assay takes it."""
    told = subprocess.run([bare, str(trials), noop], cwd=folder, check=True, capture_output=True, text=True).stdout
    return int(told.split("median ")[1].split()[0]) / 1e9


def reported_wall(assay, noop, trials, folder):
    """Median wall time, in seconds, that assay itself reports for the no-op."""
    command = [assay, "compare", "--json", "--fail-on", "none", "--runs", str(trials // 2), noop, noop]
    result = json.loads(subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout)
    wall = next(m for m in result["workloads"][0]["metrics"] if m["name"] == "wall")
    return (wall["control"]["median"] + wall["treatment"]["median"]) / 2


def print_fixed_cost(command, bare, folder):
    """Ten blocks of two trials; beside them two warm-ups and two first trials that hash the output."""
    trials = 10 * 2 + 2 + 2
    fixed = []
    for _ in range(11):
        whole = seconds(command, folder)
        fixed.append(whole - seconds([bare, str(trials), shutil.which("true")], folder))
    print(f"assay compare --max-blocks 10 true true: {1e3 * statistics.median(fixed):.1f} ms beside its {trials} trials")


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 9
    trials = int(sys.argv[3]) if len(sys.argv) > 3 else 2000
    noop, bare, assay = (str(folder / name) for name in ("noop", "bare_loop", "assay"))
    lab = tempfile.mkdtemp(prefix="assay-bench-")
    subprocess.run([assay, "init", lab], check=True, stdout=subprocess.DEVNULL)
    compare = [assay, "compare", "--quiet", "--fail-on", "none"]
    trial_loop = [*compare, "--runs", str(trials // 2), noop, noop]
    tools = {
        "assay compare": (trial_loop, tempfile.gettempdir()),
        "assay compare, journal on disk": (trial_loop, lab),
    }
    if shutil.which("hyperfine"):
        tools["hyperfine -N"] = (["hyperfine", "-N", "-w", "1", "-r", str(trials), noop], lab)
    if shutil.which("perf"):
        tools["perf stat -r"] = (["perf", "stat", "-r", str(trials), noop], lab)
    ratios = {name: [] for name in tools}
    reported = []
    for _ in range(rounds):
        base = seconds([bare, str(trials), noop], lab)
        for name, (command, where) in tools.items():
            try:
                ratios[name].append(seconds(command, where) / base)
            except subprocess.CalledProcessError:
                pass  # perf is there, but the kernel forbids it
        reported.append(reported_wall(assay, noop, trials, lab) / bare_median(bare, noop, trials, lab))
    print(f"bare posix_spawn loop: {1e3 * base / trials:.3f} ms a trial ({trials} trials, {rounds} rounds)")
    for name, values in ratios.items():
        if values:
            print(f"{name}: {statistics.median(values):.3f}x the bare loop ({min(values):.3f} to {max(values):.3f})")
    print(f"reported wall time: {statistics.median(reported):.3f}x the bare loop's own (medians of single trials)")
    print_fixed_cost([*compare, "--max-blocks", "10", "true", "true"], bare, lab)
    shutil.rmtree(lab)


if __name__ == "__main__":
    os.environ.pop("ASSAY_LOCK_HELD", None)
    main()
