#!/usr/bin/python3
"""What it costs to read another tool's large file, to draw a large record, and to begin.

Usage: exchange.py BIN [OLDER_BIN]     folders with the program; what matters of the older one is measured by turns

Wanted: a hyperfine file of 100 MB is read in 2 s and 500 MB, a report of 10,000 trials is written in 1 s and has at
most 3 MB, a site of 1,000 records is written and its index opened in 2 s, and `assay --help` takes 10 ms.
"""

import json
import multiprocessing
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import many_records  # noqa: E402
from browser import Browser  # noqa: E402

TIMES = 2_200_000  # of each command: about 100 MB


def write_hyperfine(path):
    draw = random.Random(1)
    results = [{"command": command, "times": [draw.gauss(mean, 0.01) for _ in range(TIMES)], "exit_codes": [0] * TIMES}
               for command, mean in (("control", 1.0), ("treatment", 1.01))]
    for result in results:
        result.update(mean=1, stddev=0.01, median=1, user=1, system=0, min=0, max=2)
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"results": results}, file)


RUNS = 143_000  # of each command: about 100 MB


def write_second_hyperfine(path):
    """Each run as hyperfine 2 writes it: an object with an object for each metric."""
    draw = random.Random(1)

    def seconds(mean):
        return {"value": abs(draw.gauss(mean, 0.01)), "unit": "second"}

    with open(path, "w", encoding="utf-8") as file:
        file.write('{"schema_version": 2, "primary_metric": "time_wall_clock", "results": [')
        for place, (command, mean) in enumerate((("control", 1.0), ("treatment", 1.01))):
            runs = [{"time_wall_clock": seconds(mean), "time_cpu": seconds(mean), "time_user": seconds(mean),
                     "time_system": seconds(0.1), "memory_peak_resident": {"value": 4096.0 + run % 7, "unit": "byte"},
                     "exit_code": 0} for run in range(RUNS)]
            file.write("," * place + json.dumps({"command": command, "measurements": runs, "parameters": {}}))
        file.write("]}")


def used(words, folder, environment):
    """Wall and processor seconds of a command, and its largest memory in MB."""
    begin = time.monotonic()
    with subprocess.Popen(words, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True) as process:
        printed = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - begin
    if process.returncode not in (0, 2, 3):
        sys.exit(f"{words}: {printed}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def timed(words, folder, environment):
    wall, cpu, memory = used(words, folder, environment)
    return f"{wall:.2f} s, {cpu:.2f} s of processor time", memory


def by_turns(commands, times, folder, environment):
    """The median processor time of each command, measured one after the other, again and again."""
    taken = [[used(words, folder, environment)[1] for words in commands] for _ in range(times)]
    return [statistics.median(column) for column in zip(*taken)]


def print_ratio(what, unit, seconds, than):
    figures = ", ".join(f"{second * (1000 if unit == 'ms' else 1):.2f} {unit}" for second in seconds)
    print(f"{what}, processor time: {figures}; {seconds[0] / seconds[1]:.2f} times {than}")


def print_opened(path):
    """How long Chromium takes from the call until all of a page is there and its search has answered."""
    browser = Browser()
    opened, searched = [], []
    for _ in range(5):
        page = browser.page()
        begin = time.monotonic()
        page.open(path)
        opened.append(time.monotonic() - begin)
        page.value("document.getElementById('search').focus()")
        begin = time.monotonic()
        page.command("Input.insertText", text="0777")
        page.wait_for("/^1 record(,|$)/.test(document.getElementById('found').textContent)")
        searched.append(time.monotonic() - begin)
    browser.close()
    print(f"index of 1,000 records in Chromium: opened in {statistics.median(opened):.2f} s, "
          f"searched in {statistics.median(searched):.2f} s")


def main():
    program = os.path.join(os.path.abspath(sys.argv[1]), "assay")
    with tempfile.TemporaryDirectory() as folder:
        environment = {"PATH": os.environ["PATH"], "HOME": folder, "ASSAY_LOCK_DIR": folder, "ASSAY_ACTOR": "bench"}
        older = [os.path.join(os.path.abspath(older), "assay") for older in sys.argv[2:]]
        helped = by_turns([[program, "--help"], ["/bin/true"], *([name, "--help"] for name in older)], 40, folder,
                          environment)
        print_ratio("assay --help", "ms", helped[:2], "/bin/true")
        if older:
            print_ratio("assay --help", "ms", helped[::2], "the older program's")

        os.makedirs(f"{folder}/.assay/records")
        with open(f"{folder}/large.toml", "w", encoding="utf-8") as file:
            file.write(many_records.EXPERIMENT.replace("blocks = 24", "blocks = 5000"))
        subprocess.run([program, "run", "large.toml", "--engine", "simulated", "--quiet"], cwd=folder, env=environment,
                       stdout=subprocess.DEVNULL, check=True)
        taken, memory = timed([program, "render", "--html", "page.html", "1"], folder, environment)
        print(f"report of 10,000 trials: {taken}, {memory} MB; page of "
              f"{os.path.getsize(f'{folder}/page.html') / 1e6:.2f} MB")

        with open(f"{folder}/.assay/records/0001-bench.json", encoding="utf-8") as file:
            small = json.load(file)
        os.remove(f"{folder}/.assay/records/0001-bench.json")
        small["blocks"] = small["blocks"][:24]
        many_records.write_chain(f"{folder}/.assay/records", small, 1000)
        taken, memory = timed([program, "render", "--site", "site"], folder, environment)
        print(f"site of 1,000 records: {taken}, {memory} MB; index of "
              f"{os.path.getsize(f'{folder}/site/index.html') / 1e6:.2f} MB")
        print_opened(f"{folder}/site/index.html")

        for version, write in ((2, write_second_hyperfine), (1, write_hyperfine)):
            # In a process of its own: a child's largest memory is never below that of its parent.
            writer = multiprocessing.Process(target=write, args=(f"{folder}/large.json",))
            writer.start()
            writer.join()
            size = os.path.getsize(f"{folder}/large.json") / 1e6
            taken, memory = timed([program, "analyse", "large.json"], folder, environment)
            print(f"hyperfine {version} file of {size:.0f} MB, read and compared: {taken}, {memory} MB")
        if older:
            compared = by_turns([[name, "analyse", "large.json"] for name in (program, *older)], 5, folder, environment)
            print_ratio("the same", "s", compared, "the older program's")


if __name__ == "__main__":
    main()
