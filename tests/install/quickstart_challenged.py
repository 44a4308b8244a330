#!/usr/bin/python3
"""Installs assay into a prefix, settles the quickstart's question in a lab that git keeps, and lets somebody else
challenge the record from a clone, signed, as docs/attack-a-claim.md says.

Usage: quickstart_challenged.py BUILD PROJECT   ASSAY_ACT and ASSAY_WORK are those of the other suites
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

BUILD, PROJECT = (os.path.abspath(path) for path in sys.argv[1:3])
PREFIX = tempfile.mkdtemp(prefix="assay-prefix-")
os.environ["ASSAY_PROGRAM"] = os.path.join(PREFIX, "bin", "assay")

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from cli import INVALID, OK  # noqa: E402
from two_actors import TwoActorsTest  # noqa: E402

# Of processor time, since the time on the wall is that of whatever else this machine does; trials run one by one.
MOST_SECONDS = 180
EXAMPLE = os.path.join(PROJECT, "examples", "sort-locale")


def setUpModule():
    unittest.addModuleCleanup(shutil.rmtree, PREFIX)
    subprocess.run(["cmake", "--install", BUILD, "--prefix", PREFIX], check=True, stdout=subprocess.DEVNULL)


def processor_seconds():
    """What the programs that have ended took."""
    times = os.times()
    return times.children_user + times.children_system


class TheQuickstartsRecord(TwoActorsTest):
    PATIENCE_SECONDS = 1200

    def make_words(self, folder):
        with open(os.path.join(folder, "words.txt"), "w", encoding="ascii") as words:
            subprocess.run(["./make-words.sh"], cwd=folder, stdout=words, check=True)

    def settled_claim(self):
        """Alice's lab with the example's record, claimed and committed; the words are in no commit."""
        for name in ("experiment.toml", "make-words.sh"):
            shutil.copy(os.path.join(EXAMPLE, name), self.alice)
        self.put(".gitignore", "/words.txt\n/sorted.txt\n")
        self.make_words(self.alice)
        self.introduce()
        self.assertEnds(self.run_assay("run", "--quiet", "experiment.toml"), OK)
        self.commit("Settle the question")
        self.assertEnds(self.run_assay("claim", "0001"), OK)
        self.commit("Claim the record")

    def test_is_challenged_by_another_and_signed_within_three_minutes(self):
        self.settled_claim()
        begun, worked = time.monotonic(), processor_seconds()
        bob = self.clone()
        without = self.run_assay("challenge", "0001", "--yes", folder=bob)
        self.assertEnds(without, INVALID)
        self.assertIn("the input words.txt of the claim is missing", without.err)
        self.assertIn("to make the inputs: ./make-words.sh >words.txt", without.err)
        self.put("words.txt", "other words\n", folder=bob)
        other = self.run_assay("challenge", "0001", "--yes", folder=bob)
        self.assertEnds(other, INVALID)
        self.assertIn("is not the one that was claimed with", other.err)

        self.make_words(bob)
        answer = self.challenge("0001", OK, folder=bob)
        self.assertEqual((answer["grade"], answer["independence"]), ("confirmed", "other-actor"))
        self.assertEnds(self.run_assay("sign", answer["record_name"], "--actor", "bob@example.org", folder=bob), OK)
        self.assertEnds(self.run_assay("verify", folder=bob), OK)
        worked = processor_seconds() - worked
        print(f"challenged, signed and verified in {time.monotonic() - begun:.0f} s ({worked:.0f} s of processor time)")
        self.assertLess(worked, MOST_SECONDS)

        review = self.text(bob, "REVIEW.md").replace("\\", "")
        for said in ("confirmed: wall of sort", "bob@example.org (another actor)", "signature: bob@example.org"):
            self.assertIn(said, review)
        status = self.run_assay("status", "--strict", "--fresh", "24h", folder=bob)
        self.assertEnds(status, OK)
        self.assertIn("verified", status.out)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
