#!/usr/bin/python3
"""A trial that knows which block it belongs to, and fails in some.

usage: trial.py SECONDS MARKS [fails=NUMBER] [dies=NUMBER]
  fails   every trial of the block ends with 7
  dies    the first trial of the block kills the task that runs it, once: the folder MARKS remembers that
Trials are not told their block. This one looks for the worker among its ancestors and reads its generation.
"""

import json
import os
import signal
import sys
import time


def worker():
    """The process id and the words of the worker that this trial runs under; None for the local engine."""
    pid = os.getppid()
    while pid > 1:
        with open(f"/proc/{pid}/cmdline", encoding="utf-8") as file:
            words = file.read().split("\0")
        if "worker" in words:
            return pid, words
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            pid = int(file.read().rpartition(")")[2].split()[1])
    return None


def block_of(words):
    value = {name: words[words.index(name) + 1] for name in ("--spool", "--generation", "--task")}
    with open(f"{value['--spool']}/generations/g{value['--generation']}.json", encoding="utf-8") as file:
        order = json.load(file)["orders"][int(value["--task"])]
    claim = f"{value['--spool']}/claims/c0-b{order['number']}-r{order['rerun']}.g{value['--generation']}"
    return order["number"], os.path.exists(claim)


def main():
    seconds, marks = float(sys.argv[1]), sys.argv[2]
    rules = dict(word.split("=") for word in sys.argv[3:])
    found = worker() if rules else None
    if found:
        number, is_claimed = block_of(found[1])
        if is_claimed and rules.get("dies") == str(number):
            try:
                os.close(os.open(os.path.join(marks, "died"), os.O_CREAT | os.O_EXCL))
                os.kill(found[0], signal.SIGKILL)
            except FileExistsError:
                pass
        if is_claimed and rules.get("fails") == str(number):
            sys.exit(7)
    time.sleep(seconds)


main()
