#!/usr/bin/python3
"""How `assay run --engine slurm` scales: the figures of docs/scaling.md.

usage: slurm_scaling.py PROGRAM... [--alone]

The first table is measured on real clusters of virtual nodes on this host; the second, with stand-ins for Slurm's
commands, shows what a coordinator costs by itself (only that with --alone). Several programs, such as one from before a
change and one from after it, are measured in turn.
"""

import hashlib
import json
import os
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


class Attempt:
    """A coordinator that was started, and what it cost when it has ended."""

    def __init__(self, program, folder, environment, blocks):
        os.makedirs(os.path.join(folder, ".assay", "records"))
        with open(os.path.join(folder, "scaling.toml"), "w", encoding="utf-8") as file:
            file.write(experiment(blocks))
        self.output = tempfile.TemporaryFile()
        self.start = time.monotonic()
        self.process = subprocess.Popen(
            [program, "run", "--engine", "slurm", "--fail-on", "none", "--quiet", "scaling.toml"], cwd=folder,
            env=environment, stdout=self.output, stderr=self.output)

    def cpu(self):
        """CPU seconds so far, of the coordinator and of all that it started."""
        parents, times = {}, {}
        for name in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{name}/stat", encoding="utf-8") as file:
                    fields = file.read().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(name)], times[int(name)] = int(fields[1]), sum(map(int, fields[11:15]))
        own = {self.process.pid}
        for pid in sorted(parents):  # a child has a higher number than its parent, unless numbers begin anew
            if parents[pid] in own:
                own.add(pid)
        return sum(times.get(pid, 0) for pid in own) / os.sysconf("SC_CLK_TCK")

    def finish(self):
        """Seconds, CPU seconds and the coordinator's peak memory in MB."""
        _, status, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        if self.process.returncode != 0:
            self.output.seek(0)
            sys.exit(self.output.read().decode())
        return time.monotonic() - self.start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def run(program, folder, environment, blocks):
    return Attempt(program, folder, environment, blocks).finish()


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
SQUEUE = "#!/bin/sh\nexec cat QUEUE\n"  # about as dear as the real one, which lists 1,000 tasks in some 10 ms
SCONTROL = "#!/bin/sh\necho 'MaxArraySize = 1000001'\n"
SCANCEL = "#!/bin/sh\nexit 0\n"


def generations(spools):
    """The generations that were submitted, as soon as there are any, with their spool."""
    while True:
        for name in os.listdir(spools) if os.path.isdir(spools) else []:
            path = os.path.join(spools, name, "generations", "g1.json")
            if os.path.exists(path):
                with open(path, encoding="utf-8") as file:
                    return os.path.join(spools, name), json.load(file)
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
        queue = os.path.join(folder, "queue")
        for name, text in (("sbatch", SBATCH), ("scontrol", SCONTROL), ("scancel", SCANCEL),
                           ("squeue", SQUEUE.replace("QUEUE", queue))):
            path = os.path.join(bin_folder, name)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            os.chmod(path, 0o755)
        with open(queue, "w", encoding="utf-8"):
            pass
        environment = {**os.environ, "PATH": bin_folder + ":" + os.environ["PATH"], "ASSAY_LOCK_DIR": folder}
        attempt = Attempt(program, folder, environment, blocks)
        spool, generation = generations(os.path.join(folder, ".assay/tmp/spools"))
        with open(queue, "w", encoding="utf-8") as file:
            file.writelines(f"{generation['job_name']}|{task}|7|PENDING||Resources\n" for task in range(blocks))
        time.sleep(1)  # whatever belongs to the start is over
        begun, cpu = time.monotonic(), attempt.cpu()
        time.sleep(delay)
        share = (attempt.cpu() - cpu) / (time.monotonic() - begun)
        handed_in = hand_in(spool, generation["orders"])
        os.truncate(queue, 0)
        _, cpu, memory = attempt.finish()
        after = time.monotonic() - handed_in
        return share, cpu, memory, after, os.path.getsize(os.path.join(folder, ".assay/lab.db"))


def coordinator(program):
    share, _, _, _, _ = alone(program, 1000, 30)
    print(f"1,000 blocks in flight for 30 s: {100 * share:.2f} % of one CPU, with all that the coordinator starts")
    for blocks in (1000, 10000):
        _, cpu, memory, after, lab = alone(program, blocks, 0.5)
        print(f"{blocks:6} results: verdict and record {after:.1f} s after the last one, {cpu:.1f} s of CPU, "
              f"{memory:.0f} MB of memory, {lab / 1024 / 1024:.1f} MB of journal", flush=True)


def main():
    programs = [os.path.abspath(word) for word in sys.argv[1:] if word != "--alone"]
    for program in programs:
        if len(programs) > 1:
            print(f"== {program}", flush=True)
        if "--alone" not in sys.argv[1:]:
            makespans(program)
        coordinator(program)


main()
