#!/usr/bin/python3
"""How long assay takes in a lab of many records: log, tried, status, verify --since. Usage: many_records.py BIN [COUNT]

The records are one real record under other numbers, names and parents: a chain, as years of work would leave it.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time

EXPERIMENT = """
[experiment]
id = "bench"
hypothesis = "An example"
[variable]
kind = "env"
name = "FAST"
control = "0"
treatment = "1"
[[workload]]
name = "work"
command = ["true"]
[[metric]]
name = "wall"
role = "primary"
margin = "3%"
[protocol]
seed = 1
blocks = 24
[simulated]
shift = "-20%"
"""


def canonical(record):
    return json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def write_chain(folder, record, count):
    parents = []
    for number in range(1, count + 1):
        record.update(number=number, parents=parents, created_ns=record["created_ns"] + 60_000_000_000)
        record["plan"]["id"] = f"bench-{number}"
        record["plan"]["workloads"][0]["command"] = ["true", str(number)]
        record["plan_sha256"] = hashlib.sha256(canonical(record["plan"]).encode()).hexdigest()
        text = canonical(record)
        with open(f"{folder}/{number:04}-bench-{number}.json", "w", encoding="utf-8") as file:
            file.write(text)
        parents = [hashlib.sha256(text.encode()).hexdigest()]
    return len(text)


def main():
    program = os.path.join(os.path.abspath(sys.argv[1]), "assay")
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    with tempfile.TemporaryDirectory() as lab, tempfile.TemporaryDirectory() as locks:
        environment = {**os.environ, "ASSAY_LOCK_DIR": locks, "ASSAY_ACTOR": "bench"}

        def assay(*words):
            start = time.monotonic()
            ended = subprocess.run([program, *words], cwd=lab, env=environment, capture_output=True, text=True)
            if ended.returncode not in (0, 5):
                sys.exit(f"assay {' '.join(words)}: {ended.stderr}")
            return time.monotonic() - start

        os.makedirs(f"{lab}/.assay/records")
        with open(f"{lab}/bench.toml", "w", encoding="utf-8") as file:
            file.write(EXPERIMENT)
        assay("run", "--fail-on", "none", "bench.toml")
        [name] = os.listdir(f"{lab}/.assay/records")
        with open(f"{lab}/.assay/records/{name}", encoding="utf-8") as file:
            record = json.load(file)
        os.remove(f"{lab}/.assay/records/{name}")
        os.remove(f"{lab}/DECISIONS.md")
        size = write_chain(f"{lab}/.assay/records", record, count)
        print(f"{count} records of {size / 1000:.0f} kB")
        for label, words in (("render, all anew", ("render",)), ("log, index to be made", ("log", "-n", "5")),
                             ("log", ("log",)), ("log --dead-ends", ("log", "--dead-ends")),
                             ("tried", ("tried", "bench.toml")), ("status", ("status",)),
                             (f"verify --since {count - 19}", ("verify", "--since", str(count - 19)))):
            if label == "log, index to be made":
                os.remove(f"{lab}/.assay/index.db")
            print(f"  {label:28} {assay(*words):6.2f} s", flush=True)


if __name__ == "__main__":
    main()
