#!/usr/bin/python3
"""A trial that the kernel kills because memory ran out: skipped where no control group can limit its memory."""

import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import OK, WORSE, CliTest, experiment_text  # noqa: E402

# Where groups are made, what limits one, and what keeps it from moving to disk what it has no room for.
VERSIONS = (("/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.memsw.limit_in_bytes"),
            ("/sys/fs/cgroup", "memory.max", "memory.swap.max"))
LIMIT = 120_000_000
# Treatment asks for more than the group has, and touches every page, so that the kernel must give it. Its process is
# killed early, and its command ends well all the same: it looks fast.
WORK = """
import os, time
if os.environ.get("FAST"):
    b"x" * 300_000_000
time.sleep(1.5)
"""
COMMAND = 'command = ["sh", "-c", "/usr/bin/python3 -S work.py; true"]'


def limited_group(name):
    """A group with a limit, or None."""
    for folder, limit, swap in VERSIONS:
        group = os.path.join(folder, name)
        try:
            os.mkdir(group)
        except OSError:
            continue
        try:
            for file, value in ((limit, LIMIT), (swap, LIMIT if "memsw" in swap else 0)):
                with open(os.path.join(group, file), "w", encoding="ascii") as opened:
                    opened.write(str(value))
            return group
        except OSError:
            os.rmdir(group)
    return None


class KilledForMemory(CliTest):
    def setUp(self):
        super().setUp()
        self.group = limited_group(f"assay-test-{os.getpid()}")
        if self.group is None:
            self.skipTest("no control group with a limit of memory can be made here")
        self.addCleanup(os.rmdir, self.group)
        self.make_lab()

    def test_is_a_guard_whatever_the_speed(self):
        self.write("work.py", WORK)
        self.write("example.toml", experiment_text(COMMAND, '[protocol]\nseed = "3"\nblocks = 8\n'))
        ended = self.assay("run", "example.toml", "--json", preexec_fn=self.enter)
        self.assertEnds(ended, WORSE)
        result = ended.json()
        self.assertEqual((result["verdict"], result["decision"], result["reason"]),
                         ("improved", "discard", "memory-pressure"))
        (pressure,) = [one for one in result["diagnostics"] if one["name"] == "memory-pressure"]
        self.assertTrue(pressure["flag"])
        self.assertIn("in 0 trials of control and 8 of treatment: not kept", pressure["note"])
        text = self.assay("show", "example").out
        self.assertIn("memory ran out", text)
        self.assertEnds(self.assay("verify"), OK)

    def enter(self):
        with open(os.path.join(self.group, "cgroup.procs"), "w", encoding="ascii") as file:
            file.write("0")


if __name__ == "__main__":
    unittest.main()
