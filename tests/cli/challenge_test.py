#!/usr/bin/python3
"""Claims measured again by somebody else: from a fresh clone of a real repository, graded, recorded and reviewed."""

import glob
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import ERROR, INCONCLUSIVE, INVALID, OK, PROGRAM, REFUSED, WORSE, Ended  # noqa: E402
from two_actors import TwoActorsTest  # noqa: E402

EXPERIMENT = """
[experiment]
id = "nap"
hypothesis = "A shorter nap is faster"
[variable]
kind = "argument"
name = "T"
control = "0.12"
treatment = "{treatment}"
[[workload]]
name = "nap"
command = ["./nap", "{{T}}"]
inputs = ["nap"]
[[metric]]
name = "wall"
role = "primary"
margin = "10%"
[[check]]
name = "it is there"
kind = "command"
command = ["test", "-x", "nap"]
[protocol]
max_blocks = 12
"""
NAP = "#!/bin/sh\nexec sleep \"$1\"\n"


class ChallengeTest(TwoActorsTest):
    def setUp(self):
        super().setUp()
        self.put("nap", NAP, executable=True)
        self.put("nap.toml", EXPERIMENT.format(treatment="0.03"))
        self.commit("a lab")

    def claim(self, *words, experiment="nap.toml"):
        """A claim of Alice's that is committed; its name."""
        answer = self.run_assay("claim", "--experiment", experiment, *words, "--json")
        self.assertEnds(answer, OK)
        self.commit("a claim")
        return answer.json()["record_name"]


class ByAnOrdinaryUser(ChallengeTest):
    """Only root hides the key from trials without a user namespace."""

    NOBODY = "65534"

    def setUp(self):
        super().setUp()
        self.program = shutil.copy(PROGRAM, self.path("assay"))  # this user may not reach the build
        self.user = []
        if os.geteuid() == 0:
            self.user = ["setpriv", "--reuid", self.NOBODY, "--regid", self.NOBODY, "--clear-groups"]

    def as_user(self, *words, folder):
        done = subprocess.run([*self.user, self.program, *words], cwd=folder, env=self.environment,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              timeout=300, check=False)
        return Ended(done.returncode, done.stdout, done.stderr)

    def test_confirms_an_honest_claim_with_and_without_a_key(self):
        claim = self.claim("--ratio", "1.5x")
        bob = self.clone()
        if self.user:
            for folder in (self.folder, self.environment["ASSAY_LOCK_DIR"]):
                subprocess.run(["chown", "-R", f"{self.NOBODY}:{self.NOBODY}", folder], check=True)
        for number in (1, 2):
            ended = self.as_user("challenge", claim, "--yes", "--json", folder=bob)
            self.assertEnds(ended, OK)
            self.assertEqual((ended.json()["grade"], ended.json()["number"]), ("confirmed", number))
            if number == 1:
                self.assertEnds(self.as_user("sign", "--new-key", folder=bob), OK)


class ByAnother(ChallengeTest):
    def test_confirms_an_honest_claim_and_says_so_in_both_documents(self):
        claim = self.claim("--ratio", "1.5x")
        revision = self.git("rev-parse", "HEAD~1")
        bob = self.clone()
        answer = self.challenge(claim, OK, folder=bob)
        self.assertEqual((answer["grade"], answer["independence"]), ("confirmed", "other-actor"))
        self.assertEqual((answer["claimant"], answer["challenger"]), ("alice@example.org", "bob@example.org"))
        self.assertEqual(answer["revision"], revision)
        self.assertGreaterEqual(answer["measured"]["low"], 1.45)
        self.assertEqual(answer["checks"], ["it is there: passed"])
        review = self.text(bob, "REVIEW.md")
        for said in ("confirmed: wall of nap", "claimant: alice@example.org", "bob@example.org (another actor)",
                     "a fresh clone at " + revision, "every check on every trial", "signature: unsigned"):
            self.assertIn(said, review.replace("\\", ""))
        self.assertIn(answer["record_name"], self.text(bob, "DECISIONS.md"))
        said = f"upheld; confirmed in {answer['record_name']}"
        self.assertIn(said, self.text(bob, "DECISIONS.md"))
        self.assertIn(said, self.run_assay("show", claim, folder=bob).out)
        self.assertEnds(self.run_assay("verify", folder=bob), OK)
        self.assertEnds(self.run_assay("render", "--html", "page.html", folder=bob), OK)
        self.assertIn(said, self.text(bob, "page.html"))

    def test_names_the_largest_claim_behind_an_exaggerated_one(self):
        answer = self.challenge(self.claim("--ratio", "8x"), WORSE, "--cap", "12", folder=self.clone())
        self.assertEqual(answer["grade"], "exaggerated")
        self.assertIn("as many blocks as usual: at most 12 instead of 60", answer["not_done_again"])
        self.assertIn("nine tenths of its gain are enough", answer["next_step"])
        self.assertGreater(answer["largest_claim"], 1.5)
        self.assertLess(answer["largest_claim"], 4.5)

    def test_refutes_a_claim_of_nothing_once_a_planted_delay_was_found(self):
        self.put("same.toml", EXPERIMENT.format(treatment="0.120"))
        self.commit("nothing")
        answer = self.challenge(self.claim("--ratio", "2x", experiment="same.toml"), WORSE, folder=self.clone())
        self.assertTrue(answer["planted_found"])
        self.assertLess(answer["measured"]["high"], 1.1)
        # One interval in forty lies wholly above 1: then the claim of nothing is merely exaggerated.
        self.assertEqual(answer["grade"], "refuted" if answer["measured"]["low"] <= 1 else "exaggerated")

    def test_uses_the_plan_and_the_source_of_the_claim_and_not_what_they_became(self):
        claim = self.claim("--ratio", "1.5x")
        self.put("nap.toml", EXPERIMENT.format(treatment="0.12").replace("10%", "90%"))
        self.put("nap", "#!/bin/sh\nexit 1\n", executable=True)
        self.commit("everything is different")
        bob = self.clone()
        answer = self.challenge(claim, OK, folder=bob)
        samples = json.loads(self.text(bob, f".assay/records/{answer['samples']}.json"))
        self.assertEqual(samples["plan"]["metrics"][0]["margin_percent"], 10)
        self.assertEqual(len(samples["plan"]["variable"]["levels"]), 4)

    def test_spends_no_attempt_of_the_hypothesis(self):
        bob = self.clone()
        self.challenge(self.claim("--ratio", "1.5x"), OK, folder=self.clone("carol", "carol@example.org"))
        answer = self.run_assay("run", "nap.toml", "--json", folder=bob)
        self.assertEqual(answer.json()["attempt"], 1)

    def test_of_a_record_measures_the_near_end_of_its_interval(self):
        self.assertEnds(self.run_assay("run", "nap.toml", "--quiet"), OK)
        self.commit("a record")
        bob = self.clone()
        words = ("--export", "trials=again.csv")
        answer = self.run_assay("challenge", "1", "--yes", "--json", *words, folder=bob).json()
        self.assertGreater(self.text(bob, "again.csv").count(",measured,"), answer["blocks"])
        self.assertIn(answer["grade"], ("confirmed", "inconclusive"))
        # The experiment's name means its own attempt, not what the challenger measured.
        self.assertEqual(self.run_assay("show", "nap", "--json", folder=bob).json()["record_name"], "0001-nap")
        self.assertRegex(self.text(bob, "REVIEW.md"), r"claimant's record \| [0-9.]+x to [0-9.]+x")
        # The record stands beside claims, and its samples decide nothing.
        claims = self.run_assay("status", "--json", folder=bob).json()["claims"]
        self.assertEqual([(one["record_name"], one["kind"]) for one in claims], [("0001-nap", "attempt")])
        self.assertEqual(claims[0]["standing"], "unsigned" if answer["grade"] == "confirmed" else "undecided")
        records = self.run_assay("log", "--json", folder=bob).json()["records"]
        samples = [one for one in records if one["record_name"] == answer["samples"]]
        self.assertEqual([(one["decision"], one["grade"]) for one in samples], [("", answer["grade"])])
        kept = self.run_assay("log", "--decision", "keep", "--json", folder=bob).json()["records"]
        self.assertEqual([one["record_name"] for one in kept], ["0001-nap"])
        self.assertIn(f"measured again: {answer['grade']} in", self.text(bob, "DECISIONS.md"))
        self.assertIn(f"measured again: {answer['grade']} in", self.run_assay("show", "1", folder=bob).out)
        self.assertEnds(self.run_assay("render", "--html", "page.html", folder=bob), OK)
        page = self.text(bob, "page.html")
        self.assertEqual(page.count('<span class="keep">keep</span>'), 2)  # the attempt in the list, and its own page
        self.assertEnds(self.run_assay("verify", folder=bob), OK)

    def test_of_a_record_that_shows_nothing_again_fails_a_strict_status_and_forbids_its_adoption(self):
        switch = self.path("switch")
        self.put("nap", f"#!/bin/sh\ntest -e {switch} && exec sleep 0.12\nexec sleep \"$1\"\n", executable=True)
        self.commit("depends on the place")
        self.assertEnds(self.run_assay("run", "nap.toml", "--quiet"), OK)
        self.commit("a record")
        bob = self.clone()
        with open(switch, "w", encoding="utf-8"):
            pass
        answer = self.challenge("1", WORSE, folder=bob)
        status = self.run_assay("status", "--strict", folder=bob)
        self.assertEnds(status, WORSE)
        self.assertIn(f"0001  {answer['grade']}: wall of nap", status.out)
        if answer["grade"] == "refuted":  # one interval in forty lies wholly above 1
            refused = self.run_assay("decide", "--adopt", "1", "--commit", "HEAD", folder=bob)
            self.assertFails(refused, REFUSED, f"{answer['record_name']} refuted what 0001-nap was kept for", "--why")
            self.assertEnds(self.run_assay("decide", "--adopt", "1", "--commit", "HEAD", "--why", "it is simpler",
                                           folder=bob), OK)
        self.assertEnds(self.run_assay("claim", "--withdraw", "1", "--why", "it depends on the place", folder=bob), OK)
        self.assertEnds(self.run_assay("status", "--strict", folder=bob), OK)
        self.assertEnds(self.run_assay("verify", folder=bob), OK)

    def test_disagreeing_with_another_makes_the_claim_disputed(self):
        switch = self.path("switch")
        self.put("nap", f"#!/bin/sh\ntest -e {switch} && exec sleep 0.12\nexec sleep \"$1\"\n", executable=True)
        self.commit("depends on the place")
        claim = self.claim("--ratio", "1.5x")
        bob = self.clone()
        self.challenge(claim, OK, folder=bob)
        with open(switch, "w", encoding="utf-8"):
            pass
        self.be("carol@example.org", bob)
        self.assertEqual(self.challenge(claim, WORSE, folder=bob)["number"], 2)
        listed = self.run_assay("claim", "--list", "--json", folder=bob).json()["claims"]
        self.assertEqual([one["standing"] for one in listed], ["disputed"])
        status = self.run_assay("status", "--strict", folder=bob)
        self.assertEnds(status, WORSE)
        self.assertIn("disputed", status.out)


OWN = """
[[workload]]
name = "{name}"
command = [{command}]
{more}
"""


class WithInputsOfTheChallengersOwn(ChallengeTest):
    def own(self, command, more="", name="mine"):
        """Bob's file, outside of Alice's repository."""
        path = self.path("mine.toml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(OWN.format(name=name, command=command, more=more))
        return path

    def test_an_honest_claim_holds_on_both(self):
        claim = self.claim("--ratio", "1.5x")
        bob = self.clone()
        answer = self.challenge(claim, OK, "--workload", self.own('"./nap", "{T}"'), folder=bob)
        self.assertEqual(answer["grade"], "confirmed")
        self.assertEqual([(own["workload"], own["grade"]) for own in answer["own_inputs"]], [("mine", "confirmed")])
        self.assertIn("holds on the claimant's workload; holds on the challenger's mine",
                      self.text(bob, "REVIEW.md").replace("\\", ""))
        self.assertEnds(self.run_assay("verify", folder=bob), OK)

    def test_one_that_holds_only_for_the_claimants_input_is_confirmed_and_shown_not_to_hold(self):
        self.put("nap", '#!/bin/sh\nread size\ntest "$size" = large && exec sleep 0.12\nexec sleep "$1"\n',
                 executable=True)
        with open(self.path("large.txt"), "w", encoding="utf-8") as file:
            file.write("large\n")
        self.commit("a program that is fast for small inputs")
        claim = self.claim("--ratio", "1.5x")
        bob = self.clone()
        own = self.own('"./nap", "{T}"', 'input = "large.txt"\ninputs = ["large.txt"]')
        answer = self.challenge(claim, OK, "--workload", own, folder=bob)
        self.assertEqual(answer["grade"], "confirmed")
        (own,) = answer["own_inputs"]
        self.assertTrue(own["planted_found"])
        # A busy machine may leave a small effect possible, and so an exaggerated claim: never the claimed one.
        self.assertIn(own["grade"], ("refuted", "exaggerated"))
        self.assertLess(own["measured"]["high"], 1.4)
        review = self.text(bob, "REVIEW.md").replace("\\", "")
        self.assertIn("holds on the claimant's workload; not on the challenger's mine (warm)", review)
        self.assertIn("challenger's input mine (warm): " + own["grade"], review)
        self.assertIn("1 input of the challenger's own", review)
        shown = self.run_assay("show", answer["samples"], folder=bob)
        self.assertIn("own input mine (warm): refuted", shown.out)
        self.assertEnds(self.run_assay("verify", folder=bob), OK)

    def test_a_grade_of_one_that_was_edited_is_found(self):
        claim = self.claim("--ratio", "1.5x")
        bob = self.clone()
        self.challenge(claim, OK, "--workload", self.own('"./nap", "{T}"'), folder=bob)
        review = self.text(bob, "REVIEW.md")
        self.put("REVIEW.md", review.replace("holds on the challenger", "not on the challenger"), folder=bob)
        self.assertEnds(self.run_assay("verify", folder=bob), INVALID)

    def test_one_with_the_name_of_the_claims_workload_is_refused(self):
        claim = self.claim("--ratio", "1.5x")
        ended = self.run_assay("challenge", claim, "--yes", "--workload", self.own('"./nap", "{T}"', name="nap"),
                               folder=self.clone())
        self.assertFails(ended, ERROR, "give yours another name")

    def test_a_document_has_no_attempt_to_export(self):
        self.put("REVIEW.md", "# Reviews\n")
        self.assertFails(self.run_assay("challenge", "REVIEW.md", "--export", "go=a.txt"), ERROR, "one attempt",
                         "a document is none")

    def test_a_document_has_no_inputs(self):
        ended = self.run_assay("challenge", "REVIEW.md", "--workload", self.own('"./nap", "{T}"'))
        self.assertEqual(ended.code, ERROR)


class ByTheClaimant(ChallengeTest):
    def independence(self, *words, **options):
        return self.challenge(self.claim("--ratio", "1.5x"), OK, *words, **options)["independence"]

    def test_is_a_self_check(self):
        self.assertEqual(self.independence(), "self-check")
        self.assertIn("a self-check", self.text(self.alice, "REVIEW.md"))
        self.assertRegex(self.run_assay("status").out, r"self-checked: confirmed \(\d{4}\): ")

    def test_is_a_self_check_under_another_name(self):
        self.assertEqual(self.independence("--actor", "mallory"), "self-check")

    def test_is_a_self_check_if_the_claim_was_made_under_another_name(self):
        answer = self.run_assay("claim", "--experiment", "nap.toml", "--ratio", "1.5x", "--actor", "mallory", "--json")
        self.assertEqual(self.challenge(answer.json()["record_name"], OK)["independence"], "self-check")

    def test_stays_one_by_another_who_countersigns_what_the_claimant_recorded(self):
        self.assertEnds(self.run_assay("run", "nap.toml", "--quiet"), OK)
        self.introduce()
        claim = self.claim("--ratio", "1.5x")
        bob = self.clone()
        for _ in range(2):
            answer = self.challenge(claim, OK, folder=bob)
            self.assertEqual(answer["independence"], "other-actor")
            self.assertEnds(self.run_assay("sign", answer["record_name"], folder=bob), OK)
            self.assertEnds(self.run_assay("sign", "1", folder=bob), OK)
            listed = self.run_assay("claim", "--list", "--json", folder=bob).json()["claims"]
            self.assertEqual([one["standing"] for one in listed], ["verified"])

    def test_is_a_self_check_with_the_claimants_key(self):
        self.assertEnds(self.run_assay("run", "nap.toml", "--quiet"), OK)
        self.assertEnds(self.run_assay("sign", "1", "--new-key"), OK)
        claim = self.claim("--ratio", "1.5x")
        self.assertEqual(self.challenge(claim, OK, folder=self.clone())["independence"], "self-check")


COLD = """
[experiment]
id = "nap"
hypothesis = "A shorter nap is faster, once the cache is there"
[variable]
kind = "argument"
name = "T"
control = "0.12"
treatment = "0.03"
[state.cold]
prepare = ["rm", "-f", "cache"]
prove = { command = ["test", "!", "-e", "cache"] }
[[workload]]
name = "nap"
command = ["./nap", "{T}"]
inputs = ["nap"]
states = ["cold", "warm"]
[[metric]]
name = "wall"
role = "primary"
margin = "10%"
[protocol]
max_blocks = 12
"""


class ColdFirst(ChallengeTest):
    """The claimed workload is as slow in both arms until a cache is there."""

    NAP = '#!/bin/sh\n[ -f cache ] && exec sleep "$1"\n: >cache\nexec sleep 0.12\n'

    def setUp(self):
        super().setUp()
        self.put("nap", self.NAP, executable=True)
        self.put("cold.toml", COLD)
        self.commit("a cache")

    def test_shows_beside_the_grade_that_a_warm_claim_does_not_hold(self):
        claim = self.claim("--ratio", "2x", "--state", "warm", experiment="cold.toml")
        bob = self.clone()
        answer = self.challenge(claim, OK, folder=bob)
        self.assertEqual(answer["grade"], "confirmed")
        (cold,) = answer["own_inputs"]
        self.assertEqual((cold["workload"], cold["state"]), ("", "cold"))
        self.assertIn(cold["grade"], ("refuted", "exaggerated", "inconclusive"))
        self.assertNotIn("the cell nap in cold", answer["not_done_again"])
        samples = json.loads(self.text(bob, f".assay/records/{answer['samples']}.json"))
        cells = [block["cell"] for block in samples["blocks"]]
        self.assertEqual(cells, sorted(cells, reverse=True), "cold is the second cell, and all of it comes first")
        review = self.text(bob, "REVIEW.md")
        self.assertRegex(review, "holds on the claimant's workload; (not|cannot be told) in the state cold")
        self.assertRegex(review, "- in the state cold: (refuted|exaggerated|inconclusive)")
        self.assertEnds(self.run_assay("verify", folder=bob), OK)

    def test_is_not_done_twice_if_the_claim_is_about_cold(self):
        claim = self.claim("--ratio", "2x", "--state", "cold", experiment="cold.toml")
        answer = self.run_assay("challenge", claim, "--yes", "--json", "--cap", "6", folder=self.clone()).json()
        self.assertNotEqual(answer["grade"], "confirmed")
        self.assertEqual(answer["own_inputs"], [])

    def test_raises_a_timeout_of_less_than_three_of_controls_medians_and_says_how_long_more_blocks_take(self):
        self.put("nap", NAP, executable=True)
        self.put("slow.toml", EXPERIMENT.format(treatment="0.4").replace('"0.12"', '"0.6"').replace(
            'inputs = ["nap"]', 'inputs = ["nap"]\ntimeout = "1s"'))
        self.commit("a short timeout")
        self.assertEnds(self.run_assay("run", "slow.toml", "--quiet"), OK)
        self.commit("a record")
        answer = self.run_assay("claim", "1", "--ratio", "1.44x", "--json")
        self.assertEnds(answer, OK)
        self.commit("a claim")
        bob = self.clone()
        ended = self.run_assay("challenge", answer.json()["record_name"], "--yes", "--cap", "6", folder=bob)
        self.assertRegex(ended.out, r"the timeout of 1\S* s: raised to [2-9]\S* s, 3 times control's median")
        samples = json.loads(self.text(bob, self.records(bob)[-2]))
        self.assertGreaterEqual(samples["plan"]["workloads"][0]["timeout_ns"], 2 * 10 ** 9)
        self.assertRegex(self.text(bob, "REVIEW.md"), "the timeout of 1.*: raised to")


class Interrupted(ChallengeTest):
    def kill_after_three_blocks(self, claim, bob):
        child = subprocess.Popen([PROGRAM, "challenge", claim, "--yes", "--quiet"], cwd=bob, env=self.environment,
                                 stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        journal = os.path.join(bob, ".assay", "lab.db")
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.blocks_in(journal) < 3:
            time.sleep(0.02)
        child.send_signal(signal.SIGKILL)
        child.wait()
        self.assertGreaterEqual(self.blocks_in(journal), 3)

    def test_by_a_kill_goes_on_to_one_grade(self):
        claim = self.claim("--ratio", "2.9x")
        bob = self.clone()
        before = len(self.records(bob))
        self.kill_after_three_blocks(claim, bob)
        answer = self.run_assay("challenge", claim, "--yes", "--json", folder=bob).json()
        self.assertEqual(answer["number"], 1)
        self.assertEqual(len(self.records(bob)), before + 2)
        samples = json.loads(self.text(bob, f".assay/records/{answer['samples']}.json"))
        self.assertEqual(len(samples["interruptions_ns"]), 1)
        self.assertEnds(self.run_assay("verify", folder=bob), OK)

    def test_may_be_closed_and_is_inconclusive_then(self):
        claim = self.claim("--ratio", "2.9x")
        bob = self.clone()
        self.assertEnds(self.run_assay("challenge", claim, "--close", folder=bob), REFUSED)
        self.kill_after_three_blocks(claim, bob)
        status = self.run_assay("status", folder=bob).out
        self.assertRegex(status, rf"challenge of {claim}[-\w]* after \d+ of \d+ blocks; assay challenge \d+ goes on with "
                                 "it")
        answer = self.run_assay("challenge", claim, "--close", "--json", folder=bob)
        self.assertEnds(answer, INCONCLUSIVE)
        self.assertIn("let it measure to its end", answer.json()["next_step"])
        self.assertEqual((answer.json()["grade"], answer.json()["reason"]), ("inconclusive", "interrupted"))
        self.assertEnds(self.run_assay("verify", folder=bob), OK)
        self.assertEnds(self.run_assay("challenge", claim, "--close", folder=bob), REFUSED)
        again = self.run_assay("challenge", claim, "--yes", "--json", "--cap", "12", folder=bob)
        self.assertEqual(again.json()["number"], 2)

    def blocks_in(self, journal):
        import sqlite3
        try:
            with sqlite3.connect(f"file:{journal}?mode=ro", uri=True) as database:
                tables = [row[0] for row in database.execute("select name from sqlite_master where name like '%block%'")
                          if not row[0].startswith("sqlite")]
                return database.execute(f"select count(*) from {tables[0]}").fetchone()[0] if tables else 0
        except sqlite3.Error:
            return 0

    def test_before_its_entry_was_written_files_that_entry_and_measures_nothing(self):
        claim = self.claim("--ratio", "1.5x")
        bob = self.clone()
        answer = self.challenge(claim, OK, folder=bob)
        os.remove(os.path.join(bob, f".assay/records/{answer['record_name']}.json"))
        os.remove(os.path.join(bob, "REVIEW.md"))
        count = len(self.records(bob))
        again = self.challenge(claim, OK, folder=bob)
        self.assertEqual((again["samples"], again["measured"]), (answer["samples"], answer["measured"]))
        self.assertEqual(len(self.records(bob)), count + 1)


class NothingIsGraded(ChallengeTest):
    def assert_nothing_was_filed(self, folder):
        kinds = [json.loads(self.text(folder, path)).get("kind") for path in self.records(folder)]
        self.assertNotIn("challenge", kinds)

    def test_without_consent(self):
        claim = self.claim("--ratio", "1.5x")
        bob = self.clone()
        answer = self.run_assay("challenge", claim, folder=bob)
        self.assertEnds(answer, ERROR)
        self.assertIn("--yes", answer.err)
        self.assertIn("trial: ./nap 0.12", answer.out)
        self.assert_nothing_was_filed(bob)

    def test_if_the_build_fails(self):
        self.put("built.toml", EXPERIMENT.format(treatment="x").replace(
            'kind = "argument"\nname = "T"\ncontrol = "0.12"\ntreatment = "x"',
            'kind = "revision"\ncontrol = "HEAD~1"\ntreatment = "HEAD"\nbuild = ["false"]').replace("{T}", "0.01"))
        self.commit("one more")
        self.commit_change()
        claim = self.claim("--ratio", "1.5x", experiment="built.toml")
        bob = self.clone()
        answer = self.run_assay("challenge", claim, "--yes", folder=bob)
        self.assertEnds(answer, INVALID)
        self.assertIn("false", answer.err)
        self.assert_nothing_was_filed(bob)

    def test_if_the_arms_differ_in_more_than_the_variable_which_it_names(self):
        for tag, nap in (("slow", "0.12"), ("fast", "0.03")):
            self.put("pool", f"#!/bin/sh\nexec sleep {nap}\n", executable=True)
            self.put("pool.toml", REVISIONS.replace("[[workload]]", 'build = ["true"]\n[[workload]]', 1))
            self.commit(tag)
            self.git("tag", tag)
        answer = self.run_assay("challenge", self.claim("--ratio", "1.5x", experiment="pool.toml"), "--yes")
        self.assertEnds(answer, INVALID)
        self.assertIn("the harness file pool differs", answer.err)

    def commit_change(self):
        self.put("nap", NAP + "# slept\n", executable=True)
        self.commit("a change")

    def test_if_an_input_is_in_no_commit_and_says_how_to_make_it(self):
        self.put("nap.toml", EXPERIMENT.format(treatment="0.03").replace(
            'inputs = ["nap"]', 'inputs = ["big.data"]\ninputs_from = "./make-data.sh 10000"'))
        self.put(".gitignore", "big.data\n")
        self.put("big.data", "much")
        self.commit("data that is in no commit")
        answer = self.run_assay("challenge", self.claim("--ratio", "1.5x"), "--yes", folder=self.clone())
        self.assertEnds(answer, INVALID)
        self.assertRegex(answer.err, "the input big.data of the claim is missing.*nothing was graded; to make the "
                                     "inputs: ./make-data.sh 10000")

    def test_not_if_the_input_that_is_in_no_commit_was_made_as_it_was_claimed_with(self):
        self.put("nap.toml", EXPERIMENT.format(treatment="0.03").replace('inputs = ["nap"]', 'inputs = ["big.data"]'))
        self.put(".gitignore", "big.data\n")
        self.put("big.data", "much")
        self.commit("data that is in no commit")
        claim = self.claim("--ratio", "1.5x")
        bob = self.clone()
        self.put("big.data", "more", folder=bob)
        other = self.run_assay("challenge", claim, "--yes", folder=bob)
        self.assertEnds(other, INVALID)
        self.assertIn("big.data is not the one that was claimed with", other.err)
        self.put("big.data", "much", folder=bob)
        self.assertEqual(self.challenge(claim, OK, folder=bob)["grade"], "confirmed")

    def test_in_an_environment_that_the_claim_is_not_about(self):
        claim = self.claim("--ratio", "1.5x")
        bob = self.clone()
        answer = self.run_assay("challenge", claim, "--environment", "nope", "--yes", folder=bob)
        self.assertFails(answer, REFUSED, "the claim is that of the environment local, and says nothing about nope")
        self.assert_nothing_was_filed(bob)

    def test_if_the_claim_is_withdrawn(self):
        claim = self.claim("--ratio", "1.5x")
        self.assertEnds(self.run_assay("claim", "--withdraw", claim, "--why", "it was cold"), OK)
        self.assertEnds(self.run_assay("challenge", claim, "--yes"), REFUSED)

    def test_if_the_claimed_commit_is_not_here(self):
        claim = self.claim("--ratio", "1.5x")
        self.git("checkout", "--quiet", "--orphan", "fresh")
        self.commit("the same files without their history")
        bob = self.path("bob")
        self.git("clone", "--quiet", "--no-local", "--single-branch", "--branch", "fresh", self.alice, bob)
        self.be("bob@example.org", bob)
        answer = self.run_assay("challenge", claim, "--yes", folder=bob)
        self.assertEnds(answer, INVALID)
        self.assertIn("fetch it first", answer.err)

    def test_if_treatment_fails_where_control_does_not(self):
        self.put("nap", "#!/bin/sh\ntest \"$1\" = 0.12 || exit 1\nexec sleep \"$1\"\n", executable=True)
        self.commit("broken")
        claim = self.claim("--ratio", "1.5x")
        bob = self.clone()
        answer = self.challenge(claim, INVALID, folder=bob)
        self.assertEqual((answer["grade"], answer["reason"]), ("invalid", "failed-trials"))
        self.assertIn("trials of treatment", self.text(bob, "REVIEW.md"))
        status = self.run_assay("status", "--strict", folder=bob)
        self.assertEnds(status, WORSE)
        self.assertIn("  invalid: wall of nap", status.out)


class AClaimThatNobodyChallenged(ChallengeTest):
    def test_fails_a_strict_status_only_if_that_asks_for_fresh_confirmations(self):
        self.claim("--ratio", "1.5x")
        self.assertEnds(self.run_assay("status", "--strict"), OK)
        status = self.run_assay("status", "--strict", "--fresh", "24h")
        self.assertEnds(status, WORSE)
        self.assertIn("unchallenged: wall of nap", status.out)


class ATamperedRecord(ChallengeTest):
    """Alice ran and signed an attempt; somebody edits its record in Bob's clone."""

    def setUp(self):
        super().setUp()
        self.assertEnds(self.run_assay("run", "nap.toml", "--quiet"), OK)
        self.assertEnds(self.run_assay("sign", "1", "--new-key"), OK)
        self.commit("a signed record")
        self.bob = self.clone()
        self.record = ".assay/records/0001-nap.json"

    def assert_refused_after(self, old, new, *why):
        text = self.text(self.bob, self.record)
        self.assertIn(old, text)
        self.put(self.record, text.replace(old, new, 1), folder=self.bob)
        before = self.records(self.bob)
        answer = self.run_assay("challenge", "1", "--yes", folder=self.bob)
        self.assertFails(answer, INVALID, "0001-nap", "nothing was graded", *why)
        self.assertEqual(len(answer.err.splitlines()), 1, answer.err)
        self.assertEqual(self.records(self.bob), before)

    def test_is_not_graded_with_another_margin(self):
        self.assert_refused_after('"margin_percent":10', '"margin_percent":90', "the file was changed")

    def test_is_not_graded_with_other_figures(self):
        blocks = json.loads(self.text(self.bob, self.record))["result"]["blocks"]
        self.assert_refused_after(f'"blocks":{blocks}', f'"blocks":{blocks + 1}', "the file was changed")

    def test_is_not_graded_without_its_signature_either(self):
        for signature in glob.glob(os.path.join(self.bob, ".assay", "records", "*.sig")):
            os.remove(signature)
        os.remove(os.path.join(self.bob, "DECISIONS.md"))
        self.assert_refused_after('"margin_percent":10', '"margin_percent":90', "/plan_sha256: recorded")

    def test_is_not_graded_under_another_name(self):
        """The record agrees with itself; only its signature knows."""
        self.assert_refused_after('"actor":"alice@example.org"', '"actor":"eve@example.org"', ".sig names")

    def test_of_a_claim_is_not_graded(self):
        name = self.claim("--ratio", "1.5x")
        carol = self.clone("carol", "carol@example.org")
        path = f".assay/records/{name}.json"
        text = self.text(carol, path)
        self.assertIn('"ratio":1.5', text)
        self.put(path, text.replace('"ratio":1.5', '"ratio":1.1', 1), folder=carol)
        self.assertFails(self.run_assay("challenge", name, "--yes", folder=carol), INVALID, "nothing was graded")


class Weakened(ChallengeTest):
    """What `run` refuses to measure with less than before cannot be claimed with less either."""

    def test_by_a_check_that_had_failed(self):
        failing = EXPERIMENT.format(treatment="0.03").replace('["test", "-x", "nap"]', '["test", "-e", "never"]')
        self.put("nap.toml", failing)
        self.run_assay("run", "nap.toml", "--quiet")
        self.assertEqual(len(self.records(self.alice)), 1)
        without = failing[:failing.index("[[check]]")] + failing[failing.index("[protocol]"):]
        self.put("nap.toml", without)
        refused = self.run_assay("run", "nap.toml")
        self.assertEnds(refused, REFUSED)
        claim = self.run_assay("claim", "--experiment", "nap.toml", "--ratio", "1.5x")
        self.assertEnds(claim, REFUSED)
        self.assertIn("asks for less than before: ", claim.err)
        self.assertIn("restore it, or say why less is enough with: assay run FILE --allow ", claim.err)
        self.assertEqual(claim.err, refused.err)
        self.put("nap.toml", failing)
        self.assertEnds(self.run_assay("claim", "--experiment", "nap.toml", "--ratio", "1.5x"), OK)


class WithoutARepository(ChallengeTest):
    def setUp(self):
        super().setUp()
        answer = self.run_assay("claim", "--experiment", "nap.toml", "--ratio", "1.5x", "--json", folder=self.alice)
        self.assertEnds(answer, OK)
        subprocess.run(["rm", "-rf", os.path.join(self.alice, ".git"), os.path.join(self.alice, ".assay")], check=True)
        os.remove(os.path.join(self.alice, "DECISIONS.md"))
        os.makedirs(os.path.join(self.alice, ".assay", "records"))
        answer = self.run_assay("claim", "--experiment", "nap.toml", "--ratio", "1.5x", "--actor", "alice", "--json")
        self.assertEnds(answer, OK)
        self.name = answer.json()["record_name"]

    def test_copies_the_declared_inputs_and_nothing_else(self):
        self.put("stray", "not declared")
        answer = self.challenge(self.name, OK, "--actor", "bob")
        self.assertEqual((answer["grade"], answer["revision"]), ("confirmed", ""))
        self.assertIn("a fresh folder with the declared inputs", self.text(self.alice, "REVIEW.md"))

    def test_names_an_input_that_is_missing_or_differs(self):
        self.put("nap", NAP + "# other\n", executable=True)
        answer = self.run_assay("challenge", self.name, "--yes", "--actor", "bob")
        self.assertEnds(answer, INVALID)
        self.assertIn("nap is not the one that was claimed with", answer.err)
        os.remove(os.path.join(self.alice, "nap"))
        answer = self.run_assay("challenge", self.name, "--yes", "--actor", "bob")
        self.assertEnds(answer, INVALID)
        self.assertIn("nothing was graded", answer.err)


class KnownKey(ChallengeTest):
    def standing_of_signed(self):
        claim = self.claim("--ratio", "1.5x")
        bob = self.clone()
        answer = self.run_assay("challenge", claim, "--yes", folder=bob)
        self.assertEnds(answer, OK)
        self.assertNotIn("keep", answer.out)
        name = [record for record in self.records(bob) if "-challenge" in record][-1]
        self.assertEnds(self.run_assay("sign", os.path.basename(name)[:-len(".json")], folder=bob), OK)
        return self.run_assay("claim", "--list", "--json", folder=bob).json()["claims"][0]["standing"]

    def test_verifies_if_it_was_there_before_the_claim(self):
        self.introduce()
        self.assertEqual(self.standing_of_signed(), "verified")

    def test_verifies_nothing_if_it_came_with_the_claim(self):
        self.assertEnds(self.run_assay("sign", "--new-key", "--actor", "bob@example.org"), OK)
        self.assertEqual(self.standing_of_signed(), "unknown-key")


class Evidence(ChallengeTest):
    def setUp(self):
        super().setUp()
        self.name = self.claim("--ratio", "1.5x")
        self.bob = self.clone()
        self.answer = self.challenge(self.name, OK, folder=self.bob)

    def change(self, name, old, new):
        text = self.text(self.bob, name)
        self.assertIn(old, text)
        with open(os.path.join(self.bob, name), "w", encoding="utf-8") as file:
            file.write(text.replace(old, new, 1))

    def assert_found(self, said):
        answer = self.run_assay("verify", folder=self.bob)
        self.assertEnds(answer, INVALID)
        self.assertIn(said, answer.out + answer.err)

    def test_shows_an_edited_review(self):
        self.change("REVIEW.md", "- grade: confirmed", "- grade: refuted")
        self.assert_found("REVIEW.md")

    def test_shows_an_edited_entry(self):
        self.change(f".assay/records/{self.answer['record_name']}.json", '"grade":"confirmed"', '"grade":"refuted"')
        self.assert_found(self.answer["record_name"])

    def test_shows_an_edited_sample(self):
        self.change(f".assay/records/{self.answer['samples']}.json", '"grade":"confirmed"', '"grade":"refuted"')
        self.assert_found(self.answer["samples"])

    def test_names_the_signer_in_the_review_and_verifies(self):
        self.assertEnds(self.run_assay("sign", self.answer["record_name"], "--new-key", folder=self.bob), OK)
        self.assertIn("signature: bob@example.org, key", self.text(self.bob, "REVIEW.md"))
        self.assertEnds(self.run_assay("verify", folder=self.bob), OK)
        listed = self.run_assay("claim", "--list", "--json", folder=self.bob).json()["claims"]
        self.assertEqual([one["standing"] for one in listed], ["unknown-key"])
        self.assertEnds(self.run_assay("status", "--strict", folder=self.bob), WORSE)

    def test_is_not_taken_from_whoever_forges_a_signature(self):
        self.assertEnds(self.run_assay("sign", self.answer["record_name"], "--new-key", folder=self.bob), OK)
        signature = glob.glob(os.path.join(self.bob, ".assay", "records", "*.sig"))[0]
        document = json.loads(self.text(self.bob, signature))
        with open(signature, "w", encoding="utf-8") as file:
            json.dump({**document, "signature": "00" * 64}, file)
        listed = self.run_assay("claim", "--list", "--json", folder=self.bob).json()["claims"]
        self.assertEqual([one["standing"] for one in listed], ["unsigned"])
        self.assertEnds(self.run_assay("status", "--strict", folder=self.bob), WORSE)
        self.assert_found("the signature is not that of bob@example.org's key")
        self.assertEnds(self.run_assay("render", folder=self.bob), OK)
        self.assertIn("signature: unsigned", self.text(self.bob, "REVIEW.md"))

    def test_is_not_signed_with_a_key_under_another_name(self):
        self.assertEnds(self.run_assay("sign", self.answer["record_name"], "--new-key", folder=self.bob), OK)
        again = self.run_assay("sign", self.answer["record_name"], "--actor", "zoe", folder=self.bob)
        self.assertEnds(again, ERROR)
        self.assertIn('this key is that of "bob@example.org"', again.err)

    def test_is_asked_for_by_a_strict_status(self):
        status = self.run_assay("status", "--strict", folder=self.bob)
        self.assertEnds(status, WORSE)
        self.assertIn("unsigned: wall of nap", status.out)

    def test_keeps_what_people_wrote_in_the_review(self):
        with open(os.path.join(self.bob, "REVIEW.md"), "a", encoding="utf-8") as file:
            file.write("\nMy own words.\n")
        self.change("REVIEW.md", "- grade: confirmed", "- grade: refuted")
        self.assertEnds(self.run_assay("render", folder=self.bob), OK)
        self.assertIn("- grade: confirmed", self.text(self.bob, "REVIEW.md"))
        self.assertIn("My own words.", self.text(self.bob, "REVIEW.md"))


REVISIONS = """
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


class Findings(ChallengeTest):
    def setUp(self):
        super().setUp()
        os.mkdir(os.path.join(self.alice, "tests"))
        self.put("pool", "#!/bin/sh\nexec sleep 0.12\n", executable=True)
        self.put("tests/test_pool.py", "def test_it():\n    assert pool() == 4\n    assert size() == 2\n")
        self.put("pool.toml", REVISIONS)
        self.commit("slow")
        self.git("tag", "slow")
        self.put("pool", "#!/bin/sh\nexec sleep 0.03\n", executable=True)
        self.put("tests/test_pool.py", "def test_it():\n    assert pool() == 4\n")
        self.commit("fast")
        self.git("tag", "fast")
        self.introduce()
        self.bob = self.clone_with_claim()

    def clone_with_claim(self):
        self.name = self.claim("--ratio", "1.5x", experiment="pool.toml")
        return self.clone()

    def standing(self):
        return self.run_assay("claim", "--list", "--json", folder=self.bob).json()["claims"][0]["standing"]

    def test_name_file_and_line_and_wait_for_somebody_else_to_allow_them(self):
        answer = self.challenge(self.name, OK, folder=self.bob)
        self.assertEqual(answer["findings"], [{"file": "tests/test_pool.py:3",
                                               "what": "removes an assertion (old line): \"assert size() == 2\""}])
        self.assertEnds(self.run_assay("sign", answer["record_name"], folder=self.bob), OK)
        self.assertEqual(self.standing(), "unexamined")
        self.assertIn("confirmed, 1 edit not examined", self.text(self.bob, "REVIEW.md"))
        self.assertEnds(self.run_assay("decide", "--accept", "3:2", "--why", "x", folder=self.bob), ERROR)
        self.assertEnds(self.run_assay("decide", "--accept", "3", "--why", "x", folder=self.bob), REFUSED)
        self.assertEnds(self.run_assay("decide", "--accept", "3:1", "--why", "mine", "--actor", "alice@example.org",
                                       folder=self.bob), REFUSED)
        self.be("alice@example.org", self.bob)
        mine = self.run_assay("decide", "--accept", "3:1", "--why", "mine", "--actor", "zoe", folder=self.bob)
        self.assertEnds(mine, REFUSED)
        self.assertIn("for somebody else than \"alice@example.org\" to allow", mine.err)
        self.be("bob@example.org", self.bob)
        self.assertEqual(self.standing(), "unexamined")
        accepted = self.run_assay("decide", "--accept", "3:1", "--why", "size() is gone", "--actor", "mallory@x",
                                  folder=self.bob)
        self.assertEnds(accepted, OK)
        self.assertIn("it counts once it is signed: assay sign 0004-allowance", accepted.err)
        self.assertEqual(self.standing(), "unexamined")  # anybody can write a name
        self.assertIn("(not examined)", self.text(self.bob, "REVIEW.md"))
        accepted = self.run_assay("decide", "--accept", "3:1", "--why", "size() is gone", folder=self.bob)
        self.assertEnds(accepted, OK)
        self.assertEqual(self.standing(), "unexamined")
        self.assertEnds(self.run_assay("sign", accepted.out.strip(), folder=self.bob), OK)
        self.assertEqual(self.standing(), "verified")
        self.assertIn("size() is gone", self.text(self.bob, "REVIEW.md"))
        self.assertEnds(self.run_assay("verify", folder=self.bob), OK)
        self.assertEnds(self.run_assay("status", "--strict", "--fresh", "24h", folder=self.bob), OK)
        self.assertEnds(self.run_assay("status", "--strict", "--fresh", "1 ns", folder=self.bob), WORSE)


class Revisions(ChallengeTest):
    """A claim that a revision passes every check is about a revision that the challenge runs."""

    def setUp(self):
        super().setUp()
        self.put("pool.toml", REVISIONS)
        for tag, script in (("slow", "exec sleep 0.06"), ("broken", "exit 7"), ("fast", "exec sleep 0.02")):
            self.put("pool", f"#!/bin/sh\n{script}\n", executable=True)
            self.commit(tag)
            self.git("tag", tag)

    def claim_correct(self, revision, *of):
        return self.run_assay("claim", *of, "--correct", revision, "--json")

    def test_that_are_no_treatment_cannot_be_claimed_correct(self):
        self.assertEnds(self.run_assay("run", "pool.toml", "--quiet"), OK)
        self.commit("a record")
        commit = self.git("rev-parse", "fast")
        fast = commit[:10]
        for of, revision in ((("1",), commit), (("--experiment", "pool.toml"), "fast")):
            answer = self.claim_correct("broken", *of)
            self.assertEnds(answer, REFUSED)
            self.assertIn(f"would not run it: only fast ({fast}) can be claimed correct here", answer.err)
            answer = self.claim_correct(revision, *of)
            self.assertEnds(answer, OK)
            self.assertIn(f"revision fast ({fast}) passes every check", answer.json()["claim"])

    def test_of_any_kind_can_be_claimed_correct_where_arms_are_built_from_none(self):
        answer = self.claim_correct("fast", "--experiment", "nap.toml")
        self.assertEnds(answer, OK)
        fast = self.git("rev-parse", "fast")[:10]
        self.assertIn(f"revision fast ({fast}) passes every check", answer.json()["claim"])
        self.commit("the claim")
        bob = self.clone()
        self.assertEqual(self.challenge(answer.json()["record_name"], OK, folder=bob)["grade"], "confirmed")

    def test_that_are_claimed_correct_are_run_and_named(self):
        self.put("broken.toml", REVISIONS.replace('treatment = "fast"', 'treatment = "broken"'))
        self.commit("the experiments")
        names = [self.claim("--correct", revision, experiment=experiment)
                 for revision, experiment in (("fast", "pool.toml"), ("broken", "broken.toml"))]
        bob = self.clone()
        self.assertEqual(self.challenge(names[0], OK, folder=bob)["grade"], "confirmed")
        answer = self.run_assay("challenge", names[1], "--yes", "--json", folder=bob)
        self.assertIn(answer.json()["grade"], ("refuted", "invalid"), answer.out)
        self.assertIn("revision broken", self.text(bob, "REVIEW.md"))
        self.assertEnds(self.run_assay("verify", folder=bob), OK)


PLANT = """
[[check]]
name = "right"
kind = "command"
command = ["make", "--silent", "check"]
[[plant]]
name = "wrong answer"
patch = "plants/wrong.patch"
"""
WRONG = """--- a/answer
+++ b/answer
@@ -1 +1 @@
-4
+5
"""


class Plants(ChallengeTest):
    """The fast revision may weaken its test, which `make check` runs, so that no command names it."""

    def setUp(self):
        super().setUp()
        os.mkdir(os.path.join(self.alice, "tests"))
        os.mkdir(os.path.join(self.alice, "plants"))
        self.put("pool", "#!/bin/sh\ncat answer\nexec sleep 0.12\n", executable=True)
        self.put("answer", "4\n")
        self.put("Makefile", "check:\n\tsh tests/pool.sh\n")
        self.put("tests/pool.sh", 'test "$(cat answer)" = 4\n')
        self.put("pool.toml", REVISIONS + PLANT)

    def graded(self, patch, code):
        """The grade of a challenge by Bob, where the plant is this patch."""
        self.put("plants/wrong.patch", patch)
        self.commit("slow")
        self.git("tag", "slow")
        self.put("pool", "#!/bin/sh\ncat answer\nexec sleep 0.03\n", executable=True)
        if code == INVALID:
            self.put("tests/pool.sh", 'test -s answer\n')
        self.commit("fast")
        self.git("tag", "fast")
        name = self.claim("--ratio", "1.5x", experiment="pool.toml")
        bob = self.clone()
        answer = self.challenge(name, code, folder=bob)
        self.assertEnds(self.run_assay("verify", folder=bob), OK)
        return answer

    def test_that_only_control_catches_show_that_the_change_weakens_its_test(self):
        answer = self.graded(WRONG, INVALID)
        self.assertEqual((answer["grade"], answer["reason"]), ("invalid", "weakened"))
        self.assertEqual(answer["findings"][0]["file"], "plants/wrong.patch")
        self.assertEqual(answer["checks"][0],
                         "planted wrong answer: control: check right failed; treatment: passed")

    def test_that_both_arms_catch_leave_an_honest_claim_confirmed(self):
        answer = self.graded(WRONG, OK)
        self.assertEqual(answer["grade"], "confirmed")
        self.assertIn("planted wrong answer: control: check right failed; treatment: check right failed",
                      answer["checks"], answer["not_done_again"])

    def test_that_do_not_apply_are_named_as_not_done_again(self):
        answer = self.graded(WRONG.replace("-4", "-7"), OK)
        self.assertRegex("\n".join(answer["not_done_again"]), r"the planting of wrong answer: a patch on slow: ")


class Blind(ChallengeTest):
    def test_trials_see_neither_the_callers_environment_nor_what_measures_them(self):
        dump = self.path("dump")
        self.put("nap", f"#!/bin/sh\n{{ env; pwd; ls -A \"$HOME\" | wc -l; }} >>{dump}\nexec sleep \"$1\"\n",
                 executable=True)
        self.commit("looks around")
        self.challenge(self.claim("--ratio", "1.3x"), OK, "--cap", "60", folder=self.clone(), WITNESS="seen",
                       SSH_AUTH_SOCK="/nowhere", API_TOKEN="secret")
        seen = self.text(self.folder, "dump")
        for hidden in ("WITNESS", "SSH_AUTH_SOCK", "API_TOKEN", "challenge", f"HOME={self.folder}\n", "again"):
            self.assertNotIn(hidden, seen)

    def test_trials_cannot_read_the_challengers_signing_key(self):
        keys = self.path("config/assay")
        dump = self.path("dump")
        self.assertEnds(self.run_assay("sign", "--new-key", "--actor", "bob@example.org",
                                       XDG_CONFIG_HOME=self.path("config")), OK)
        self.assertTrue(os.path.exists(os.path.join(keys, "signing-key.json")))
        self.put("nap", f"#!/bin/sh\necho \"$(cat {keys}/signing-key.json 2>&1)\" >>{dump}\nexec sleep \"$1\"\n",
                 executable=True)
        self.commit("looks for the key")
        answer = self.challenge(self.claim("--ratio", "1.3x"), OK, "--cap", "60", folder=self.clone(),
                                XDG_CONFIG_HOME=self.path("config"))
        seen = set(self.text(self.folder, "dump").splitlines())
        self.assertEqual(len(seen), 1, seen)
        self.assertRegex(seen.pop(), "No such file|Permission denied")
        self.assertEnds(self.run_assay("sign", answer["record_name"], folder=self.path("bob"),
                                       XDG_CONFIG_HOME=self.path("config")), OK)


class BlindClones(ChallengeTest):
    """With four arms, control comes first in all of six challenges once in 4,000 times."""

    def test_are_made_in_an_order_that_is_drawn(self):
        for tag, nap in (("slow", "0.02"), ("fast", "0.01")):
            self.put("pool.in", f"#!/bin/sh\nexec sleep {nap}\n")
            build = 'build = ["install", "-m755", "pool.in", "pool"]\n'
            self.put("pool.toml", REVISIONS.replace("[[workload]]", build + "[[workload]]", 1))
            self.commit(tag)
            self.git("tag", tag)
        claim = self.claim("--ratio", "1.2x", experiment="pool.toml")
        bob = self.clone()
        first = set()
        for _ in range(6):
            answer = self.run_assay("challenge", claim, "--yes", "--json", "--cap", "6", folder=bob)
            self.assertTrue(answer.out, answer.err)
            answer = answer.json()
            samples = json.loads(self.text(bob, f".assay/records/{answer['samples']}.json"))
            builds = samples["result"]["audit"]["builds"]
            self.assertEqual(len(builds), 4)
            first.add(builds[0]["commit"] + str(builds[0].get("arm", "")))
        self.assertGreater(len(first), 1)


class Vigilant(ChallengeTest):
    """After the last block the arms run where nothing announces that they are measured."""

    def grade_of(self, nap):
        self.put("nap", nap, executable=True)
        self.commit("a program that looks around")
        return self.challenge(self.claim("--ratio", "1.5x"), INCONCLUSIVE, "--vigilant", folder=self.clone())

    def test_a_program_that_is_fast_only_while_it_is_measured_is_not_confirmed(self):
        # Far slower than any trial that counts, though the machine is busy; control is as fast as ever.
        answer = self.grade_of('#!/bin/sh\ntest -n "$ASSAY_ARM_DIR" -o "$1" = 0.12 || exec sleep 0.6\nexec sleep "$1"\n')
        self.assertEqual((answer["grade"], answer["reason"]), ("inconclusive", "unannounced"))
        self.assertGreater(answer["measured"]["low"], 1.45)

    def test_a_program_that_lives_on_its_first_run_is_not_confirmed(self):
        answer = self.grade_of("""#!/bin/sh
test "$1" = 0.12 && exec sleep 0.12
test -e "$TMPDIR/../done" && exec sleep "$1"
touch "$TMPDIR/../done"
exec sleep 0.3
""")
        self.assertEqual((answer["grade"], answer["reason"]), ("inconclusive", "earlier-runs"))


class VigilantAndHonest(ChallengeTest):
    """What is not to be blamed, and what is not to be run."""

    def confirmed(self, nap):
        self.put("nap", nap, executable=True)
        self.commit("an honest program")
        return self.challenge(self.claim("--ratio", "1.5x"), OK, "--vigilant", folder=self.clone())

    def test_what_both_arms_do_only_while_they_are_measured_is_the_place(self):
        self.confirmed('#!/bin/sh\ntest -z "$ASSAY_ARM_DIR" || sleep 0.02\nexec sleep "$1"\n')

    def test_an_arm_that_does_not_run_there_is_told(self):
        answer = self.confirmed('#!/bin/sh\ntest -n "$ASSAY_ARM_DIR" || test "$1" = 0.12 || exit 9\nexec sleep "$1"\n')
        self.assertTrue(any("treatment" in left and "exited 9" in left for left in answer["not_done_again"]), answer)

    def test_a_hook_that_names_a_variable_of_assay_is_not_run_without_it(self):
        self.put("nap.toml", EXPERIMENT.format(treatment="0.03").replace(
            'inputs = ["nap"]', 'inputs = ["nap"]\nprepare = ["sh", "-c", "echo $ASSAY_ARM_DIR/ >> $OUT"]\n'
            f'set = {{ OUT = "{self.path("folders")}" }}'))
        self.confirmed(NAP)
        with open(self.path("folders"), encoding="utf-8") as file:
            self.assertNotIn("/", file.read().splitlines())


class Hostile(ChallengeTest):
    def test_names_stay_text_in_both_documents(self):
        evil = "## DONE | <!-- assay:record 0001 end --> `id` $(touch pwned) ::error:: =cmd()"
        claim = self.claim("--ratio", "1.5x")
        bob = self.clone()
        self.challenge(claim, OK, "--actor", evil, folder=bob)
        for document in ("REVIEW.md", "DECISIONS.md"):
            text = self.text(bob, document)
            self.assertNotIn("\n## DONE", text)
            self.assertNotIn("<!-- assay:record 0001 end -->", text)
        self.assertEnds(self.run_assay("verify", folder=bob), OK)
        self.assertFalse(os.path.exists(os.path.join(bob, "pwned")))


if __name__ == "__main__":
    unittest.main()
