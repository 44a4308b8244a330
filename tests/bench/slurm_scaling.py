#!/usr/bin/python3
"""How `assay run --engine slurm` scales: the figures of docs/scaling.md.

usage: slurm_scaling.py PROGRAM [--alone]

The first table is measured on real clusters of virtual nodes on this host; the second, with stand-ins for Slurm's
commands, shows what a coordinator costs by itself (only that with --alone).
"""

import concurrent.futures
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "slurm"))
from cluster import Cluster  # noqa: E402

BLOCKS = 24


def experiment(blocks):
    return f"""
[experiment]
id = "scaling"
hypothesis = "Nothing is claimed"
[variable]
kind = "argument"
name = "pause"
control = "0.5"
treatment = "0.50"
[[workload]]
name = "work"
command = ["sleep", "{{pause}}"]
states = ["bare"]
[state.bare]
warmup = 0
[[metric]]
name = "wall"
role = "primary"
margin = "10%"
[protocol]
seed = "7"
blocks = {blocks}
"""


def run(program, folder, environment, blocks):
    """Seconds and CPU seconds of one attempt."""
    os.makedirs(os.path.join(folder, ".assay", "records"))
    with open(os.path.join(folder, "scaling.toml"), "w", encoding="utf-8") as file:
        file.write(experiment(blocks))
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    ended = subprocess.run([program, "run", "--engine", "slurm", "--fail-on", "none", "--quiet", "scaling.toml"],
                           cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    seconds = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if ended.returncode != 0:
        sys.exit(ended.stdout + ended.stderr)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, cpu, after.ru_maxrss / 1024


def bare_array(cluster):
    """The same pauses as an array of jobs that nobody coordinates."""
    start = time.monotonic()
    cluster.call("sbatch", "--parsable", f"--array=0-{BLOCKS - 1}", "--exclusive", "--chdir=/", "--output=/dev/null",
                 "--wrap=sleep 0.5; sleep 0.5")
    while cluster.queue():
        time.sleep(0.05)
    return time.monotonic() - start


def makespans(program):
    print(f"{BLOCKS} blocks of two trials of 0.5 s")
    print("nodes  bare array  assay   overhead  coordinator CPU")
    for nodes in (1, 2, 4, 8):
        cluster = Cluster(nodes)
        try:
            bare = bare_array(cluster)
            with tempfile.TemporaryDirectory() as folder:
                seconds, cpu, _ = run(program, folder, {**cluster.environment, "ASSAY_LOCK_DIR": folder}, BLOCKS)
        finally:
            cluster.stop()
        print(f"{nodes:5}  {bare:8.1f} s  {seconds:5.1f} s  {100 * (seconds / bare - 1):6.0f} %  {100 * cpu / seconds:6.1f} %",
              flush=True)


# Stand-ins for Slurm's commands: what is submitted waits, until this program hands all results in at once.
SBATCH = "#!/bin/sh\nexit 0\n"
SQUEUE = """#!/usr/bin/python3
import sys
names = next(word for word in sys.argv if word.startswith("--name="))[7:].split(",")
for name in names:
    for task in range(BLOCKS): print(f"{name}|{task}|7|PENDING||Resources")
"""
SCONTROL = "#!/bin/sh\necho 'MaxArraySize = 1000001'\n"
SCANCEL = "#!/bin/sh\nexit 0\n"


def generations(spools):
    """The generations that were submitted, as soon as there are any, with their spool."""
    while True:
        for name in os.listdir(spools) if os.path.isdir(spools) else []:
            path = os.path.join(spools, name, "generations", "g1.json")
            if os.path.exists(path):
                with open(path, encoding="utf-8") as file:
                    return os.path.join(spools, name), json.load(file)["orders"]
        time.sleep(0.05)


def hand_in(spool, orders):
    with open(os.path.join(spool, "plan.json"), "rb") as file:
        plan = hashlib.sha256(file.read()).hexdigest()
    for order in orders:
        wall = 500_000_000 + 1000 * (order["number"] * 7919 % 97)
        trials = [{"arm": arm, "outcome": {"kind": "measured"}, "strain": {}, "values": [wall / 1e9],
                   "usage": {"wall_ns": wall + arm, "user_ns": 0, "system_ns": 0, "max_rss_bytes": 1_000_000}}
                  for arm in order["arms"]]
        block = {**{key: order[key] for key in ("cell", "number", "rerun", "padding")}, "started_ns": 1,
                 "trials": trials}
        name = f"{spool}/results/c{order['cell']}-b{order['number']}-r{order['rerun']}.g1.{order['number']:016x}.json"
        with open(name + ".part", "w", encoding="utf-8") as file:
            json.dump({"plan_sha256": plan, "generation": 1, "node": "n1", "block": block}, file)
        os.rename(name + ".part", name)
    return time.monotonic()


def alone(program, blocks, delay):
    with tempfile.TemporaryDirectory() as folder:
        bin_folder = os.path.join(folder, "bin")
        os.mkdir(bin_folder)
        for name, text in (("sbatch", SBATCH), ("scontrol", SCONTROL), ("scancel", SCANCEL),
                           ("squeue", SQUEUE.replace("BLOCKS", str(blocks)))):
            path = os.path.join(bin_folder, name)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            os.chmod(path, 0o755)
        environment = {**os.environ, "PATH": bin_folder + ":" + os.environ["PATH"], "ASSAY_LOCK_DIR": folder}
        with concurrent.futures.ThreadPoolExecutor() as pool:
            running = pool.submit(run, program, folder, environment, blocks)
            spool, orders = generations(os.path.join(folder, ".assay/tmp/spools"))
            time.sleep(delay)
            handed_in = hand_in(spool, orders)
            # From now on the queue is empty.
            with open(os.path.join(bin_folder, "squeue"), "w", encoding="utf-8") as file:
                file.write("#!/bin/sh\nexit 0\n")
            seconds, cpu, memory = running.result()
            after = time.monotonic() - handed_in
        return seconds, cpu, memory, after, os.path.getsize(os.path.join(folder, ".assay/lab.db"))


def coordinator(program):
    seconds, cpu, _, _, _ = alone(program, 1000, 30)
    print(f"1,000 blocks in flight for 30 s: {100 * cpu / seconds:.1f} % of one CPU, stand-ins included")
    for blocks in (1000, 10000):
        _, cpu, memory, after, lab = alone(program, blocks, 0.5)
        print(f"{blocks:6} results: verdict and record {after:.1f} s after the last one, {cpu:.1f} s of CPU, "
              f"{memory:.0f} MB of memory, {lab / 1024 / 1024:.1f} MB of journal")


def main():
    program = os.path.abspath(sys.argv[1])
    if "--alone" not in sys.argv[2:]:
        makespans(program)
    coordinator(program)


main()
