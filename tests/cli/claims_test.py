#!/usr/bin/python3
"""What people claim: registered in the chain, priced, listed, withdrawn, and never said of what nobody measured."""

import json
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import ERROR, INCONCLUSIVE, OK, REFUSED, CliTest  # noqa: E402

EXPERIMENT = """
[experiment]
id = "{name}"
hypothesis = "A shorter nap is faster"
[variable]
kind = "argument"
name = "T"
control = "0.02"
treatment = "{treatment}"
[[workload]]
name = "nap"
command = ["sleep", "{{T}}"]
[[metric]]
name = "wall"
role = "primary"
margin = "10%"
[protocol]
max_blocks = 12
"""


class ClaimsTest(CliTest):
    def setUp(self):
        super().setUp()
        self.make_lab()
        self.write("nap.toml", EXPERIMENT.format(name="nap", treatment="0.01"))

    def claim(self, *words):
        return self.assay("claim", *words)

    def claimed(self, *words):
        answer = self.claim(*words, "--json")
        self.assertEnds(answer, OK)
        return answer.json()


class OfARecord(ClaimsTest):
    def setUp(self):
        super().setUp()
        self.record = self.assay("run", "nap.toml", "--json").json()
        self.assertEqual(self.record["verdict"], "improved")

    def effect(self):
        return self.record["workloads"][0]["metrics"][0]["effect"]

    def test_states_the_near_end_of_the_interval(self):
        price = self.claimed("1")["price"]
        near = 1 / (1 + self.effect()["high"] / 100)
        self.assertAlmostEqual(price["claimed_ratio"], near, places=6)
        self.assertAlmostEqual(price["confirming_ratio"], 1 + 0.9 * (near - 1), places=6)

    def test_is_priced_on_the_noise_of_its_blocks(self):
        price = self.claimed("1", "--ratio", "1.2x")["price"]
        self.assertEqual(price["noise"], "the blocks of record 0001")
        self.assertEqual(price["cap"], 60)
        shares = price["if_estimate"]
        self.assertAlmostEqual(sum(shares[grade] for grade in ("confirmed", "exaggerated", "refuted", "inconclusive")), 1)
        self.assertGreater(shares["confirmed"], 0.9)

    def test_says_what_a_percentage_means(self):
        self.assertIn("at least 1.43x better, which is at least 30.0 % lower", self.claim("1", "--percent", "-30%").out)
        self.assertIn("which is at least 30.0 % lower", self.claim("1", "--percent", "-30").out)
        self.assertIn("at least 1.30x better", self.claim("1", "--percent", "30% faster").out)

    def test_warns_of_a_figure_above_the_near_end_of_the_interval(self):
        self.assertEqual(self.claimed("1")["warning"], "")
        middle = 1 / (1 + self.effect()["percent"] / 100)
        self.assertIn("about half of all challenges", self.claim("1", "--ratio", f"{middle}x").out)

    def test_that_shows_nothing_supports_no_claim(self):
        self.write("same.toml", EXPERIMENT.format(name="same", treatment="0.0200"))
        self.assay("run", "same.toml")
        answer = self.claim("2")
        self.assertEnds(answer, ERROR)
        self.assertIn("shows no improvement of wall", answer.err)

    def test_stands_in_decisions_and_status_until_it_is_withdrawn(self):
        name = self.claimed("1")["record_name"]
        self.assertIn(name, self.read("DECISIONS.md"))
        self.assertEqual([one["record_name"] for one in self.assay("status", "--json").json()["claims"]], [name])
        self.assertEnds(self.claim("--withdraw", name, "--why", "the cache was warm"), OK)
        self.assertEqual(self.assay("status", "--json").json()["claims"], [])
        self.assertIn("withdrawn in 0003-withdrawal", self.read("DECISIONS.md"))
        self.assertEnds(self.claim("--withdraw", name, "--why", "again"), REFUSED)
        self.assertEnds(self.assay("verify"), OK)


class OfAFile(ClaimsTest):
    def test_needs_no_measurement_but_a_figure(self):
        self.assertEnds(self.claim("--experiment", "nap.toml"), ERROR)
        answer = self.claimed("--experiment", "nap.toml", "--from", "324 s", "--to", "81 s")
        self.assertIn("at least 4.00x better", answer["claim"])
        self.assertIsNone(answer["price"])

    def test_carries_the_plan_that_measures_it(self):
        name = self.claimed("--experiment", "nap.toml", "--ratio", "2x")["record_name"]
        payload = json.loads(self.read(f".assay/records/{name}.json"))["payload"]
        self.assertEqual(payload["plan"]["id"], "nap")
        self.assertEqual(payload["said"], "2x")
        self.assertEqual(payload["effect"], {"kind": "ratio", "ratio": 2})

    def test_is_priced_on_a_guess(self):
        easy = self.claimed("--experiment", "nap.toml", "--ratio", "4x", "--noise", "3%")["price"]
        self.assertGreater(easy["if_exact"]["confirmed"], 0.9)
        hard = self.claimed("--experiment", "nap.toml", "--ratio", "1.02x", "--noise", "3%")["price"]
        self.assertLess(hard["if_exact"]["confirmed"], 0.5)

    def test_takes_every_kind_of_effect(self):
        for words, kind in ((["--below", "25ms"], "limit"), (["--above", "1 s", "--statistic", "minimum"], "limit"),
                            (["--success", "100%", "--at-least", "95%"], "rate"), (["--not-worse", "3%"], "not-worse")):
            answer = self.claimed("--experiment", "nap.toml", *words)
            self.assertEqual(answer["kind"], kind)
            self.assertIn(f"{answer['blocks']} block", self.claim("--experiment", "nap.toml", *words).out)
        kinds = [one["kind"] for one in self.claimed("--list")["claims"]]
        self.assertEqual(kinds, ["limit", "limit", "limit", "limit", "rate", "rate", "not-worse", "not-worse"])

    def test_shows_a_floor_as_it_was_stated(self):
        answer = self.claimed("--experiment", "nap.toml", "--success", "100%", "--at-least", "99.999%")
        self.assertIn("at least 99.999 %", answer["claim"])

    def test_says_in_one_line_what_is_wrong(self):
        for words, said in ((["--ratio", "4"], "\"4\" is not a change"),
                            (["--ratio", "0.5x"], "no improvement"),
                            (["--percent", "30%"], "no improvement"),
                            (["--from", "3 s"], "--from and --to belong together"),
                            (["--below", "3 MB"], "3 MB"),
                            (["--success", "120%"], "120%"),
                            (["--success", "100%"], "--at-least"),
                            (["--below", "0s"], "above 0"),
                            (["--success", "90%", "--at-least", "95%"], "above the claimed rate"),
                            (["--not-worse", "0%"], "above 0%"),
                            (["--ratio", "4x", "--percent", "-30%"], "one effect"),
                            (["--ratio", "4x", "--metric", "wal"], "did you mean \"wall\""),
                            (["--ratio", "4x", "--deadline", "2001-01-01"], "--deadline")):
            answer = self.claim("--experiment", "nap.toml", *words)
            self.assertEnds(answer, ERROR)
            self.assertIn(said, answer.err)
            self.assertEqual(answer.err.count("\n"), 1, answer.err)
        self.assertEqual(self.claimed("--list")["claims"], [])


REPORT = """# Parallel tests, achieved

Expected **4.0x** speedup, 324 s \u2192 81 s. A first look was 3\u20134x faster.
<b>`id` $(touch pwned)</b> "; rm -rf / makes it 2x faster \x1b[31m

| what | value |
|---|---|
| memory | under 2 GB |

Metrics: TBD after deployment.
"""


class OfAReport(ClaimsTest):
    def find(self, *words):
        self.write("report.md", REPORT)
        answer = self.claim("--find", "report.md", *words)
        self.assertEnds(answer, OK)
        return answer

    def test_are_listed_with_line_kind_and_draft(self):
        found = self.find("--json").json()
        listed = [(one["line"], one["kind"], one["sign"]) for one in found["statements"]]
        self.assertEqual(listed, [(3, "values", "better"), (3, "ratio", "better"), (3, "ratio", "better"),
                                  (4, "ratio", "better"), (8, "limit", "better")])
        self.assertEqual({one["kind"] for one in found["contradictions"]}, {"several-ratios", "not-done"})

    def test_that_are_hostile_stay_text(self):
        answer = self.find()
        drafts = [line for line in answer.out.splitlines() if line.startswith("  claim ")]
        self.assertEqual(len(drafts), 5)
        for draft in drafts:
            self.assertNotIn("pwned", draft)
        self.assertNotIn("\x1b", answer.out)
        self.assertIn("\\x1b[31m", answer.out)

    def test_are_held_against_the_records(self):
        self.assertIn("no record of this lab shows it", self.find().out)
        self.assay("run", "nap.toml")
        behind = [one["records"] for one in self.find("--json").json()["statements"] if one["line"] == 8]
        self.assertEqual(behind, [[]])
        self.write("nap.md", "The nap is below 1 s now.")
        records = self.claim("--find", "nap.md", "--json").json()["statements"][0]["records"]
        self.assertEqual([one["record_name"] for one in records], ["0001-nap"])

    def test_may_be_none(self):
        self.write("empty.md", "")
        self.assertIn("no sentence states a measurable effect", self.claim("--find", "empty.md").out)
        self.assertEnds(self.claim("--find", "missing.md"), ERROR)


class Hostile(ClaimsTest):
    def test_texts_stay_texts(self):
        evil = "$(touch pwned) `id` | ## DONE \x1b[31m"
        name = self.claimed("--experiment", "nap.toml", "--not-worse", "3%")["record_name"]
        self.assertEnds(self.claim("--withdraw", name, "--why", evil), OK)
        self.assertFalse(os.path.exists(os.path.join(self.folder, "pwned")))
        self.assertNotIn("\x1b", self.read("DECISIONS.md"))
        self.assertNotIn("\n## DONE", self.read("DECISIONS.md"))


if __name__ == "__main__":
    unittest.main()
