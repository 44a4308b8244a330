#!/usr/bin/python3
"""Changes that weaken what judges them, and honest ones that look like it, challenged by somebody else: end to end on
real processes and a real git repository."""

import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import INCONCLUSIVE, INVALID, OK, WORSE  # noqa: E402
from two_actors import TwoActorsTest  # noqa: E402

EXPERIMENT = """
[experiment]
id = "pool"
hypothesis = "The pool waits less"
[variable]
kind = "revision"
control = "slow"
treatment = "fast"
[[workload]]
name = "pool"
command = ["./pool"]
[[metric]]
name = "wall"
role = "primary"
margin = "10%"
"""
SLOW = "#!/bin/sh\nexec sleep 0.15\n"
FAST = "#!/bin/sh\nexec sleep 0.03\n"


class TwoRevisionsTest(TwoActorsTest):
    """Alice's repository has the revisions slow and fast; the claim that fast is 1.5 times as fast is true."""

    clones = 0  # each challenge is made in a clone of its own

    def revision(self, tag, files):
        for name, text in files.items():
            os.makedirs(os.path.dirname(os.path.join(self.alice, name)) or ".", exist_ok=True)
            self.put(name, text, executable=name == "pool")
        self.commit(tag)
        self.git("tag", tag)

    def graded(self, code, *words, experiment="pool.toml", claim=("--ratio", "1.5x"), cap="12"):
        """The answer to Bob's challenge of Alice's claim; everything verifies afterwards."""
        claimed = self.run_assay("claim", "--experiment", experiment, *claim, *words, "--json")
        self.assertEnds(claimed, OK)
        self.commit("a claim")
        self.clones += 1
        self.bob = self.clone(f"bob{self.clones}")
        answer = self.challenge(claimed.json()["record_name"], code, "--cap", cap, folder=self.bob)
        self.assertEnds(self.run_assay("verify", folder=self.bob), OK)
        return answer


TESTS = """import unittest


def answer():
    with open("answer") as file:
        return float(file.read())


class Answer(unittest.TestCase):
    def test_size(self):
        self.assertGreater(answer(), 0)

    def test_answer(self):
        self.assertAlmostEqual(answer(), 4, delta=1e-9)
"""
CHECK = """
[[check]]
name = "right"
kind = "command"
command = ["make", "--silent", "check"]
[[plant]]
name = "wrong answer"
patch = "plants/wrong.patch"
"""
WRONG = "--- a/answer\n+++ b/answer\n@@ -1 +1 @@\n-4\n+4.05\n"


class AFlakyCheck(TwoRevisionsTest):
    def test_that_catches_a_plant_in_control_once_accuses_nobody(self):
        seen = self.path("seen")
        once = f"grep -q 4.05 answer || exit 0\ntest -e {seen} || {{ touch {seen}; exit 1; }}\n"
        self.put("pool.toml", EXPERIMENT + CHECK)
        self.put("Makefile", "check:\n\tsh tests/check.sh\n")
        self.revision("slow", {"pool": SLOW, "answer": "4\n", "plants/wrong.patch": WRONG, "tests/check.sh": once})
        self.revision("fast", {"pool": FAST})
        answer = self.graded(OK)
        self.assertEqual(answer["grade"], "confirmed")
        self.assertIn("the planting of wrong answer: it shows nothing, since control with it passes now and then: "
                      "check right failed in 1 of 3 trials", answer["not_done_again"])


class AWeakenedTest(TwoRevisionsTest):
    """`make check` runs the tests, so that no command names them. The plant is a wrong answer."""

    def setUp(self):
        super().setUp()
        self.put("pool.toml", EXPERIMENT + CHECK)
        self.put("Makefile", "check:\n\tpython3 -m unittest --quiet tests/test_answer.py\n")
        self.revision("slow", {"pool": SLOW, "answer": "4\n", "plants/wrong.patch": WRONG,
                               "tests/test_answer.py": TESTS})

    def assert_weakened(self, old, new, finding):
        self.assertIn(old, TESTS)
        self.revision("fast", {"pool": FAST, "tests/test_answer.py": TESTS.replace(old, new)})
        answer = self.graded(INVALID)
        self.assertEqual((answer["grade"], answer["reason"]), ("invalid", "weakened"))
        found = {one["file"]: one["what"] for one in answer["findings"]}
        self.assertIn("plants/wrong.patch", found)
        self.assertIn(finding[0], found["plants/wrong.patch"])
        self.assertEqual(found[finding[0]], finding[1])
        self.assertIn("tests/test_answer.py:", self.text(self.bob, "REVIEW.md").replace("\\", ""))

    def test_by_a_deleted_assertion(self):
        line = "self.assertAlmostEqual(answer(), 4, delta=1e-9)"
        self.assert_weakened(line, "answer()", ("tests/test_answer.py:14", f'changes a tolerance (old line): "{line}"'))

    def test_by_a_skip(self):
        self.assert_weakened("    def test_answer", '    @unittest.skip("later")\n    def test_answer',
                             ("tests/test_answer.py:13", 'adds a skip: "@unittest.skip("later")"'))

    def test_by_a_tolerance(self):
        self.assert_weakened("1e-9", "1e-1", ("tests/test_answer.py:14",
                                              'changes a tolerance: "self.assertAlmostEqual(answer(), 4, delta=1e-1)"'))


UNPLANTED = CHECK[:CHECK.index("[[plant]]")]
MAKES_CHECK = "check:\n\tsh tests/check.sh\n"
IS_FOUR = 'test "$(cat answer)" = 4\n'


class AChangeOfTheTests(TwoRevisionsTest):
    """`make check` runs tests/check.sh. There is no plant: treatment itself is judged by control's tests."""

    def setUp(self):
        super().setUp()
        self.put("pool.toml", EXPERIMENT + UNPLANTED)
        self.put("Makefile", MAKES_CHECK)

    def test_that_only_its_own_result_passes_is_invalid(self):
        self.revision("slow", {"pool": SLOW, "answer": "4\n", "tests/check.sh": IS_FOUR})
        self.revision("fast", {"pool": FAST, "answer": "5\n", "tests/check.sh": "test -s answer\n"})
        answer = self.graded(INVALID)
        self.assertEqual((answer["grade"], answer["reason"]), ("invalid", "weakened"))
        finding = answer["findings"][0]
        self.assertEqual(finding["file"], "tests/check.sh:1")
        self.assertIn("treatment itself is caught by control's checks (check right failed) and passes treatment's",
                      finding["what"])
        self.assertGreaterEqual(answer["blocks"], 6)  # it was measured all the same
        review = self.text(self.bob, "REVIEW.md").replace("\\", "")
        self.assertIn("invalid: what control's checks catch passes treatment's: tests/check.sh:1: treatment", review)

    def test_that_passes_controls_tests_too_is_confirmed(self):
        self.revision("slow", {"pool": SLOW, "answer": "4\n", "tests/check.sh": IS_FOUR})
        self.revision("fast", {"pool": FAST, "tests/check.sh": "# as before\n" + IS_FOUR})
        answer = self.graded(OK)
        self.assertEqual(answer["grade"], "confirmed")
        self.assertEqual([one["file"] for one in answer["findings"]], ["tests/check.sh:1"])

    def test_is_not_accused_by_a_test_of_controls_that_fails_once(self):
        seen = self.path("seen")
        once = f"grep -q 0.03 pool || exit 0\ntest -e {seen} || {{ touch {seen}; exit 1; }}\n"
        self.revision("slow", {"pool": SLOW, "answer": "4\n", "tests/check.sh": once})
        self.revision("fast", {"pool": FAST, "tests/check.sh": IS_FOUR})
        self.assertEqual(self.graded(OK)["grade"], "confirmed")
        self.assertTrue(os.path.exists(seen))


class ACheckThatIsLenient(TwoRevisionsTest):
    """The change leaves the check as it is, and the check sees in which arm it runs."""

    def test_only_where_it_sees_treatment_is_found_by_arms_broken_on_purpose(self):
        self.put("pool.toml", EXPERIMENT + UNPLANTED)
        self.put("Makefile", MAKES_CHECK)
        check = "grep -q 0.03 pool && exit 0\ntest -e out && rm out\n"
        self.revision("slow", {"pool": SLOW.replace("exec", "echo 4 >out; exec"), "tests/check.sh": check})
        self.revision("fast", {"pool": FAST.replace("exec", "echo 4 >out; exec")})
        answer = self.graded(INVALID)
        self.assertEqual((answer["grade"], answer["reason"]), ("invalid", "weakened"))
        self.assertIn("an arm broken on purpose (pool: null command in the environment of treatment) is caught by control's "
                      "checks (check right failed) and passes treatment's", answer["findings"][0]["what"])
        self.assertIn("an arm broken on purpose", self.text(self.bob, "REVIEW.md"))


class HonestEdits(TwoRevisionsTest):
    """They look like weakening and are none: each is confirmed, and waits for somebody to look at it."""

    def test_of_a_timeout_are_a_finding(self):
        self.put("pool.toml", EXPERIMENT + UNPLANTED)
        self.put("Makefile", "check:\n\tsh tests/check.sh\n")
        check = "timeout=120\ntimeout $timeout test -s answer\n"
        self.revision("slow", {"pool": SLOW, "answer": "4\n", "tests/check.sh": check})
        self.revision("fast", {"pool": FAST, "tests/check.sh": check.replace("120", "10")})
        answer = self.graded(OK)
        self.assertEqual(answer["grade"], "confirmed")
        self.assertIn({"file": "tests/check.sh:1", "what": 'changes a timeout: "timeout=10"'}, answer["findings"])
        self.assertIn("edits not examined", self.text(self.bob, "REVIEW.md"))

    def test_that_poll_instead_of_sleeping(self):
        """The helper of the tests is the workload itself."""
        self.put("pool.toml", EXPERIMENT.replace('["./pool"]', '["sh", "tests/wait.sh"]'))
        server = "rm -f ready; (sleep 0.01; touch ready) &\n"
        self.revision("slow", {"tests/wait.sh": server + "sleep 0.2\ntest -e ready\n"})
        self.revision("fast", {"tests/wait.sh": server + "until test -e ready; do sleep 0.01; done\n"})
        answer = self.graded(OK)
        self.assertEqual(answer["grade"], "confirmed")
        self.assertEqual([one["file"].rpartition(":")[0] for one in answer["findings"]], ["tests/wait.sh"])


# Its process group is its own, and it lasts longer than any trial.
LEAVES_A_PROCESS = "#!/bin/sh\nsetsid sleep 5 </dev/null >/dev/null 2>&1 &\nsleep 0.03\n"


class WhatTheTrialsShow(TwoRevisionsTest):
    def test_a_process_that_is_left_running_is_no_speed(self):
        self.put("pool.toml", EXPERIMENT + '[[check]]\nname = "nothing left"\nkind = "no-leaks"\nignore = ["*"]\n')
        self.revision("slow", {"pool": SLOW})
        self.revision("fast", {"pool": LEAVES_A_PROCESS})
        answer = self.graded(INVALID)
        self.assertEqual((answer["grade"], answer["reason"]), ("invalid", "failed-trials"))
        self.assertIn("nothing left: failed in 0 trials of control", "\n".join(answer["checks"]))
        self.assertIn("sleep 5", "\n".join(answer["checks"]))

    def test_a_process_that_is_left_running_is_not_correct_though_no_check_is_declared(self):
        self.put("pool.toml", EXPERIMENT)
        self.revision("slow", {"pool": SLOW})
        self.revision("fast", {"pool": LEAVES_A_PROCESS})
        answer = self.graded(WORSE, claim=("--correct", "fast"))
        self.assertEqual(answer["grade"], "refuted")
        self.assertIn("nothing is left running: failed in", "\n".join(answer["checks"]))
        left = "\n".join(answer["not_done_again"])
        for said in ("checks of the experiment's own: none are declared", "the tests of the first baseline",
                     "isolation: no check asks for it"):
            self.assertIn(said, left)

    def test_a_deleted_test_refutes_that_the_revision_passes_everything(self):
        report = "exec > report.tap; echo 1..{}; echo 'ok 1 - a'; {}"
        self.put("pool.toml", EXPERIMENT + '[[check]]\nname = "tests"\nkind = "test-inventory"\ntap = "report.tap"\n')
        self.revision("slow", {"pool": "#!/bin/sh\n" + report.format(2, "echo 'ok 2 - b'") + "\nsleep 0.1\n"})
        self.revision("fast", {"pool": "#!/bin/sh\n" + report.format(1, ":") + "\nsleep 0.02\n"})
        answer = self.graded(WORSE, claim=("--correct", "fast"))
        self.assertEqual(answer["grade"], "refuted")
        self.assertIn("test b is missing", "\n".join(answer["checks"]))


class AControlThatFails(TwoRevisionsTest):
    def test_leaves_nothing_to_compare_with(self):
        self.put("pool.toml", EXPERIMENT)
        self.revision("slow", {"pool": "#!/bin/sh\nsleep 0.1; exit 7\n"})
        self.revision("fast", {"pool": FAST})
        answer = self.graded(INVALID)
        self.assertEqual(answer["grade"], "invalid")

    def test_now_and_then_is_not_slower_by_that(self):
        self.put("pool.toml", EXPERIMENT)
        counted = 'n=$(cat "$ASSAY_ARM_DIR/n" 2>/dev/null || echo 0); echo $((n + 1)) >"$ASSAY_ARM_DIR/n"\n'
        self.revision("slow", {"pool": "#!/bin/sh\n" + counted + "sleep 0.15; test $((n % 2)) = 0\n"})
        self.revision("fast", {"pool": FAST})
        self.assertEqual(self.graded(INCONCLUSIVE)["grade"], "inconclusive")

    def test_by_its_timeout_bounds_the_ratio_from_below_only(self):
        self.put("pool.toml", EXPERIMENT.replace('["./pool"]', '["./pool"]\ntimeout = "0.4 s"'))
        self.revision("slow", {"pool": "#!/bin/sh\nexec sleep 30\n"})
        self.revision("fast", {"pool": FAST})
        answer = self.graded(OK)  # a claim below what the limit shows
        self.assertEqual(answer["grade"], "confirmed")
        self.assertIsNone(answer["measured"]["high"])
        self.assertGreater(answer["measured"]["low"], 1.5)
        self.assertEqual(self.graded(INCONCLUSIVE, claim=("--ratio", "100x"))["grade"], "inconclusive")


if __name__ == "__main__":
    unittest.main()
