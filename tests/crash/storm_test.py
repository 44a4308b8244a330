#!/usr/bin/python3
"""Storms of kills: an attempt is killed at drawn instants again and again, and taken up again until it ends.

Six families of experiments take their turns. Whatever the instants are, no finished block is lost or counted twice, the
user's file is as it was, and nothing is left behind: no process, no temporary folder, no second record.

ASSAY_STORM_KILLS is the number of kills (default 30), ASSAY_STORM_SEED draws the instants (default 1).
"""

import glob
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import FAST, PROGRAM, CliTest, children_of, experiment_text, wait_until  # noqa: E402

KILLS = int(os.environ.get("ASSAY_STORM_KILLS", "30"))
SEED = int(os.environ.get("ASSAY_STORM_SEED", "1"))
SERVICE = "sleep 86391"
FILE = 'kind = "file"\npath = "conf"\ncontrol = "one"\ntreatment = "two"'
REVISION = 'kind = "revision"\ncontrol = "HEAD~1"\ntreatment = "HEAD"\nbuild = ["cp", "work.in", "work"]\nharness = []'
ORIGINAL = "original\n"


class Family:
    """One kind of experiment: its variable and workload, and how long a session takes at most before it is killed."""

    def __init__(self, name, seconds, blocks=8, variable=FAST, workload="shell = 'sleep 0.01'", protocol=""):
        self.name, self.seconds, self.blocks = name, seconds, blocks
        self.variable, self.workload, self.protocol = variable, workload, protocol


FAMILIES = [
    Family("env", 0.6),
    Family("file", 0.6, variable=FILE, workload="shell = 'cat conf >/dev/null'"),
    Family("service", 0.7, workload=f"shell = 'sleep 0.01'\nsetup = {{ shell = 'setsid {SERVICE} & :' }}"),
    Family("revision", 1.2, variable=REVISION, workload='command = ["./work"]'),
    Family("slow", 1.2, blocks=6, workload="shell = 'sleep 0.1'"),
    Family("duet", 0.8, protocol='design = "duet"'),
]


class Storm(CliTest):
    def setUp(self):
        super().setUp()
        self.random = random.Random(SEED)
        self.kills = 0
        self.labs = 0

    def prepare(self, family):
        """A lab of its own in a folder of its own."""
        self.labs += 1
        self.lab = self.path(f"{family.name}-{self.labs}")
        os.makedirs(os.path.join(self.lab, ".assay/records"))
        os.makedirs(os.path.join(self.lab, "tmp"))
        self.environment["TMPDIR"] = os.path.join(self.lab, "tmp")
        protocol = f"[protocol]\nblocks = {family.blocks}\n{family.protocol}\n"
        files = {"example.toml": experiment_text(family.workload, protocol, family.variable, "20%"),
                 "conf": ORIGINAL, "one": "1\n", "two": "2\n"}
        for name, text in files.items():
            with open(os.path.join(self.lab, name), "w", encoding="utf-8") as file:
                file.write(text)
        if family.variable == REVISION:
            self.make_commits()

    def make_commits(self):
        def git(*words):
            subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *words], cwd=self.lab,
                           check=True, stdout=subprocess.DEVNULL, env={**os.environ, "HOME": self.folder})
        git("init", "-q")
        for content in ("old", "new"):
            path = os.path.join(self.lab, "work.in")
            with open(path, "w", encoding="utf-8") as file:
                file.write(f"#!/bin/sh\n# {content}\nexec sleep 0.01\n")
            os.chmod(path, 0o755)
            git("add", "work.in")
            git("commit", "-qm", content)

    def blocks_in_journal(self):
        path = os.path.join(self.lab, ".assay/lab.db")
        if not os.path.exists(path):
            return 0
        connection = sqlite3.connect(path)
        try:
            return connection.execute("SELECT count(*) FROM block").fetchone()[0]
        except sqlite3.OperationalError:  # killed before the tables were there
            return 0
        finally:
            connection.close()

    def records_in_lab(self):
        return glob.glob(os.path.join(self.lab, ".assay/records/*.json"))

    def killed_session(self, family):
        """Starts a session and kills it. Returns False if it had told its result before."""
        told = os.path.join(self.lab, "told")
        with open(told, "wb") as output:
            process = subprocess.Popen([PROGRAM, "run", "example.toml"], cwd=self.lab, env=self.environment,
                                       stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=self.random.uniform(0, family.seconds))
            return False
        except subprocess.TimeoutExpired:
            pass
        with_launcher = self.random.random() < 0.25
        victims = [process.pid, *(children_of(process.pid) if with_launcher else [])]
        for victim in victims:
            try:
                os.kill(victim, signal.SIGKILL)
            except ProcessLookupError:
                pass
        process.wait()
        self.kills += 1
        return os.path.getsize(told) == 0

    def storm(self, family, kills):
        end = self.kills + kills
        while self.kills < end:
            self.prepare(family)
            finished = 0
            while self.kills < end and self.killed_session(family):
                now = self.blocks_in_journal()
                self.assertGreaterEqual(now, finished, f"{family.name}: blocks lost")
                finished = now
            self.check_end(family)

    def check_end(self, family):
        """The attempt comes to its end, and what is there afterwards is what one session leaves."""
        said = ""
        if not self.records_in_lab():
            ended = subprocess.run([PROGRAM, "run", "example.toml", "--fail-on", "none"], cwd=self.lab, text=True,
                                   env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, timeout=120, check=False)
            said = ended.stdout + ended.stderr
            self.assertEqual(ended.returncode, 0, f"{family.name}: {said}")
        else:  # the last session wrote it; what it left is cleared by the next that measures
            subprocess.run([PROGRAM, "compare", "-r", "1", "--fail-on", "none", "true", "true"], cwd=self.lab,
                           check=True, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
        records = self.records_in_lab()
        self.assertEqual(len(records), 1, f"{family.name}: {records}\n{said}")
        with open(records[0], encoding="utf-8") as file:
            blocks = json.load(file)["blocks"]
        # A block that a kill broke off is measured again under its number.
        finished = [(block["cell"], block["number"]) for block in blocks if "broken_off" not in block]
        self.assertEqual(len(set(finished)), len(finished), f"{family.name}: blocks doubled")
        self.assertEqual([number for _, number in finished], list(range(1, len(finished) + 1)), f"{family.name}: lost")
        # An attempt ends early only if 2.5 times the planned trials were started.
        started = sum(len(block["trials"]) + len(block.get("broken_off", {}).get("running", [])) for block in blocks)
        if started < 2.5 * 2 * family.blocks:
            self.assertEqual(len(finished), family.blocks, f"{family.name}: blocks")
        with open(os.path.join(self.lab, "conf"), encoding="utf-8") as file:
            self.assertEqual(file.read(), ORIGINAL, f"{family.name}: the user's file is lost")
        verified = subprocess.run([PROGRAM, "verify"], cwd=self.lab, env=self.environment, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True, check=False)
        self.assertEqual(verified.returncode, 0, verified.stdout)
        self.check_nothing_left(family)

    def processes_of_lab(self):
        """Those whose environment has the lab's temporary folder, other than this test's own."""
        mark = f"TMPDIR={self.environment['TMPDIR']}".encode()
        found = []
        for path in glob.glob("/proc/[0-9]*/environ"):
            try:
                with open(path, "rb") as file:
                    if mark in file.read():
                        found.append(path)
            except OSError:
                continue
        return found

    def check_nothing_left(self, family):
        swaps = glob.glob(os.path.join(self.lab, ".assay-swap-*"))
        temporary = glob.glob(os.path.join(self.environment["TMPDIR"], "*"))
        # An empty folder may be one that is just being made, so that it stays for a minute.
        self.assertEqual([folder for folder in swaps + temporary if os.listdir(folder)], [], family.name)
        wait_until(lambda: not self.processes_of_lab())

    def test_of_kills_loses_doubles_and_leaves_nothing(self):
        started = time.monotonic()
        families = [family for family in FAMILIES if family.name != "duet" or (os.cpu_count() or 1) > 1]
        for index, family in enumerate(families):
            share = KILLS // len(families) + (1 if index < KILLS % len(families) else 0)
            with self.subTest(family=family.name):
                self.storm(family, share)
        self.assertEqual(self.kills, KILLS)
        seconds = time.monotonic() - started
        print(f"{self.kills} kills over {len(families)} families in {seconds:.0f} s: 0 lost, 0 doubled, 0 user files "
              "lost, 0 left behind", file=sys.stderr)


if __name__ == "__main__":
    unittest.main()
