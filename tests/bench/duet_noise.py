#!/usr/bin/python3
"""Noise of the paired effect in blocks of turns and in duets, beside a neighbour that takes half of two CPUs in bursts.

Both arms are the same, so that all there is is noise. The neighbour asks for a real-time priority above that of the
trials, and the trials for one above everything else, where that is allowed: then nothing but the neighbour disturbs.
Prints for each design the standard deviation of the block log-ratios, and the width of their middle 80 %, which a rare
disturbance of one CPU alone leaves as it is; and their ratios.

Usage: duet_noise.py BIN_FOLDER [BLOCKS]
"""

import json
import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

BURST_SECONDS = 0.15
PIECE_SECONDS = 0.002
TRIAL_MILLISECONDS = "30"

EXPERIMENT = """
[experiment]
id = "{design}"
hypothesis = "There is nothing to find"
[variable]
kind = "env"
name = "NOTHING"
control = "0"
treatment = "1"
[[workload]]
name = "spin"
command = ["{act}", "spin", "{milliseconds}"]
prepare = ["sleep", "0.01"]  # the kernel lets nothing of real-time priority have all of a CPU
[[metric]]
name = "wall"
role = "primary"
margin = "3%"
[protocol]
design = "{design}"
blocks = {blocks}
seed = "1"
"""


def ask_for_priority(level):
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(level))
    except PermissionError:
        pass


def disturb(cpu):
    """Bursts of the same times on every CPU, each of them half work and half sleep."""
    os.sched_setaffinity(0, {cpu})
    ask_for_priority(60)
    draw = random.Random(5)
    end = time.monotonic()
    while True:
        end += draw.expovariate(1 / BURST_SECONDS)
        time.sleep(max(0, end - time.monotonic()))
        end += draw.expovariate(1 / BURST_SECONDS)
        while time.monotonic() < end:
            piece = time.monotonic() + PIECE_SECONDS
            while time.monotonic() < piece:
                pass
            time.sleep(PIECE_SECONDS)


def spreads(binaries, design, blocks):
    with tempfile.TemporaryDirectory() as folder:
        os.makedirs(f"{folder}/.assay/records")
        with open(f"{folder}/{design}.toml", "w", encoding="utf-8") as file:
            file.write(EXPERIMENT.format(design=design, act=f"{binaries}/act", milliseconds=TRIAL_MILLISECONDS,
                                         blocks=blocks))
        subprocess.run([f"{binaries}/assay", "run", f"{design}.toml", "--quiet", "--fail-on", "none"], cwd=folder,
                       check=True, stdout=subprocess.DEVNULL, preexec_fn=lambda: ask_for_priority(50))
        with open(f"{folder}/.assay/records/0001-{design}.json", encoding="utf-8") as file:
            record = json.load(file)
    effects = []
    for block in record["blocks"]:
        walls = {trial["arm"]: trial["usage"]["wall_ns"] for trial in block["trials"]}
        effects.append(math.log(walls[1] / walls[0]))
    tenths = statistics.quantiles(effects, n=10)
    return statistics.pstdev(effects), tenths[-1] - tenths[0]


def main():
    binaries = os.path.abspath(sys.argv[1])
    blocks = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    neighbours = []
    for cpu in sorted(os.sched_getaffinity(0))[:2]:
        child = os.fork()
        if child == 0:
            disturb(cpu)
        neighbours.append(child)
    try:
        turns, duets = (spreads(binaries, design, blocks) for design in ("blocks", "duet"))
    finally:
        for child in neighbours:
            os.kill(child, 9)
    for name, in_turns, in_duets in zip(("standard deviation", "middle 80 %"), turns, duets):
        print(f"{name}: turns {100 * in_turns:.1f} %, duets {100 * in_duets:.1f} %, ratio {in_duets / in_turns:.2f}")


main()
