"""Calls the real program as a user does, in a folder of its own.

The paths of the program and its helpers come from the environment: ASSAY_PROGRAM, ASSAY_ACT, ASSAY_WORK.
"""

import contextlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import time
import unittest

PROGRAM = os.environ["ASSAY_PROGRAM"]
ACT = os.environ["ASSAY_ACT"]
WORK = os.environ["ASSAY_WORK"]

# What takes longer hangs; a slow machine beside other work takes a third of it.
PATIENCE_SECONDS = 300

OK, ERROR, WORSE, INCONCLUSIVE, INVALID, REFUSED, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130

FAST = 'kind = "env"\nname = "FAST"\ncontrol = { unset = true }\ntreatment = "1"'


def experiment_text(workload, more="", variable=FAST, margin="3%"):
    """An experiment file with one workload, judged by its wall time."""
    return f"""
[experiment]
id = "example"
hypothesis = "An example"
[variable]
{variable}
[[workload]]
name = "work"
{workload}
[[metric]]
name = "wall"
role = "primary"
margin = "{margin}"
{more}
"""


class Ended:
    """How a call ended."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def json(self):
        return json.loads(self.out)


SHARED_FOLDERS = ("/tmp/", "/var/tmp/", "/dev/shm/")
# A check for leaks that other tests at work in these folders do not disturb.
NOTHING_LEFT = '[[check]]\nname = "nothing left"\nkind = "no-leaks"\nignore = ["/tmp/*", "/var/tmp/*", "/dev/shm/*"]\n'


class CliTest(unittest.TestCase):
    """Each test has a folder, a lock folder and an environment of its own."""

    maxDiff = None

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="assay-cli-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        locks = tempfile.mkdtemp(prefix="assay-locks-")
        self.addCleanup(shutil.rmtree, locks, ignore_errors=True)
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": self.folder,
            "ASSAY_LOCK_DIR": locks,
            "ASSAY_ACTOR": "tester",
        }

    def path(self, name):
        return os.path.join(self.folder, name)

    def folder_of_its_own(self):
        """A new folder outside the places where everybody's files come and go."""
        places = [place for place in (os.getcwd(), os.path.expanduser("~"))
                  if not (place + "/").startswith(SHARED_FOLDERS) and os.access(place, os.W_OK)]
        if not places:
            self.skipTest("there is no writable folder outside /tmp, where everybody's files come and go")
        folder = tempfile.mkdtemp(prefix="assay-cli-", dir=places[0])
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        return folder

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return name

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def has_known_truth(self, name):
        """Whether this word names an experiment file with a table [simulated]."""
        return os.path.isfile(self.path(name)) and re.search(r"\[simulated\]|\"simulated\"", self.read(name))

    def start(self, *words, **options):
        """An experiment with a known truth is run by the engine that reads it, unless the words name an engine."""
        if words and words[0] in ("run", "plan", "close", "tried", "reopen") and "--engine" not in words:
            if any(self.has_known_truth(word) for word in words[1:]):
                words = (*words, "--engine", "simulated")
        process = subprocess.Popen(
            [PROGRAM, *words], cwd=options.pop("cwd", self.folder), env={**self.environment, **options.pop("environment", {})},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
        self.addCleanup(end, process)  # a test that fails leaves nothing that holds up the next one
        return process

    def finish(self, process):
        try:
            out, err = process.communicate(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            self.fail(f"{process.args} did not end; it had said\n{out}\n{err}")
        return Ended(process.returncode, out, err)

    def assay(self, *words, **options):
        return self.finish(self.start(*words, **options))

    def assertEnds(self, ended, code):
        self.assertEqual(ended.code, code, f"\n{ended.out}\n{ended.err}")

    def assertFails(self, ended, code, *texts):
        """Ends with this code, nothing on standard output, and one line on standard error that holds the texts."""
        self.assertEnds(ended, code)
        self.assertEqual(ended.out, "")
        lines = [line for line in ended.err.splitlines() if line.startswith("assay: ")]
        self.assertEqual(len(lines), 1, ended.err)
        for text in texts:
            self.assertIn(text, lines[0])

    # Labs and experiments

    def make_lab(self):
        os.makedirs(self.path(".assay/records"))

    def experiment(self, workload, more="", name="example.toml"):
        return self.write(name, experiment_text(workload, more))

    def simulated(self, shift="-6%", noise="3%", pace="0 s", seed=42, protocol="", name="example.toml"):
        return self.experiment(
            'command = ["true"]',
            f'[protocol]\nseed = "{seed}"\n{protocol}\n'
            f'[simulated]\nshift = "{shift}"\nnoise = "{noise}"\npace = "{pace}"\n', name)

    def journalled_blocks(self):
        """How many blocks the journal holds. Without a terminal nothing else tells of them before a look."""
        with contextlib.suppress(sqlite3.OperationalError):  # it or its tables are not there yet
            with contextlib.closing(sqlite3.connect(f"file:{self.path('.assay/lab.db')}?mode=ro", uri=True)) as journal:
                return journal.execute("SELECT count(*) FROM block").fetchone()[0]
        return 0

    def records(self):
        return sorted(os.listdir(self.path(".assay/records")))

    def record(self, name):
        return json.loads(self.read(f".assay/records/{name}"))

    def content(self, name):
        """What of a record must not depend on when, where and by how many sessions it was made."""
        record = self.record(name)
        for key in ("created_ns", "interruptions_ns", "machine", "parents"):
            del record[key]
        for key in ("environment", "folder"):
            record["plan"].pop(key, None)
        del record["plan_sha256"]
        return record


def wait_until(condition, seconds=30):
    """Polls; a test that waits for a process has no other way."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.005)
    raise AssertionError("waited in vain")


def end(process):
    """Kills it if it still runs."""
    if process.poll() is None:
        process.kill()
        process.communicate()


def read_until(stream, text):
    """Reads lines until one has the text, which is returned; fails if the stream ends before."""
    for line in stream:
        if text in line:
            return line
    raise AssertionError(f"the stream ended before a line with {text!r}")


def words_of(pid):
    """The command line of a process; empty once it has ended."""
    try:
        with open(f"/proc/{pid}/cmdline", encoding="utf-8", errors="replace") as words:
            return words.read().split("\0")[:-1]
    except OSError:
        return []


def parent_of(pid):
    """Its process id; None once the process has ended."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return int(file.read().rpartition(")")[2].split()[1])
    except OSError:
        return None


def running(command):
    """The ids of all processes on this machine with this command line: give tests that run side by side different ones."""
    return [int(pid) for pid in filter(str.isdigit, os.listdir("/proc")) if " ".join(words_of(pid)) == command]


def children_of(parent):
    return [int(pid) for pid in filter(str.isdigit, os.listdir("/proc")) if parent_of(pid) == parent]
