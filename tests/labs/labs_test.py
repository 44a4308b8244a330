#!/usr/bin/python3
"""A lab that version 0.1.0 made: today's program reads, shows, verifies and continues it.

0.1.0/make.sh made it. 0.1.0/expected/ holds what that version printed. If you change the words of a result on purpose,
change them there too; the documents, records and figures of the lab itself stay as they are.
"""

import glob
import hashlib
import json
import os
import shutil
import sqlite3
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from cli import INVALID, OK, REFUSED, CliTest  # noqa: E402

MADE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "0.1.0")
NAMES = sorted(os.path.basename(path)[:-len(".json")] for path in glob.glob(f"{MADE}/lab/.assay/records/*.json"))


def expected(name):
    with open(os.path.join(MADE, "expected", name), encoding="utf-8") as file:
        return file.read()


def differences(old, new, at=""):
    """Where new says something else than old; it may have more fields, as docs/cli.md allows."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key, value in old.items():
            if key not in new:
                yield f"{at}/{key}: gone"
            else:
                yield from differences(value, new[key], f"{at}/{key}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, value in enumerate(old):
            yield from differences(value, new[index], f"{at}/{index}")
    elif old != new or isinstance(old, bool) != isinstance(new, bool):
        yield f"{at}: {old!r} became {new!r}"


class OldLab(CliTest):
    def setUp(self):
        super().setUp()
        shutil.copytree(f"{MADE}/lab", self.folder, dirs_exist_ok=True)

    def kept_files(self):
        return {path: self.read(path) for path in
                ["DECISIONS.md", *(f".assay/records/{name}" for name in os.listdir(self.path(".assay/records")))]}

    def assertSameJson(self, ended, name):
        self.assertEnds(ended, OK)
        self.assertEqual(list(differences(json.loads(expected(name)), ended.json())), [], name)


class Reading(OldLab):
    def test_holds_every_kind_of_record_variable_design_check_and_outcome(self):
        records = [json.loads(self.read(f".assay/records/{name}.json")) for name in NAMES]
        attempts = [record for record in records if "kind" not in record]
        trials = [trial for record in attempts for block in record["blocks"] for trial in block["trials"]]
        found = {
            "entries": {record["kind"] for record in records if "kind" in record},
            "verdicts": {record["result"]["verdict"] for record in attempts},
            "decisions": {record["result"]["decision"] for record in attempts},
            "stops": {record["result"]["stop"] for record in attempts},
            "designs": {record["result"]["design"] for record in attempts},
            "variables": {record["plan"]["variable"]["kind"] for record in attempts},
            "checks": {check["kind"] for record in attempts for check in record["plan"].get("checks", [])},
            "outcomes": {trial["outcome"]["kind"] for trial in trials},
        }
        self.assertEqual({what: sorted(kinds) for what, kinds in found.items()}, {
            "entries": ["answer", "question", "relaxation", "reopening", "restoration"],
            "verdicts": ["equivalent", "improved", "inconclusive", "invalid", "regressed"],
            "decisions": ["discard", "keep", "undecided"],
            "stops": ["audit", "boundary", "cap", "equivalence", "failed", "interrupted", "time"],
            "designs": ["abba", "blocks", "costly", "costly-quads", "duet"],
            "variables": ["argument", "command", "env", "file", "level", "patch", "revision", "state"],
            "checks": ["command", "condition", "isolation", "no-leaks", "same-output", "test-inventory"],
            "outcomes": ["check-failed", "exited", "hook-failed", "killed", "measured", "state-unproven", "timed-out"],
        })

    def test_verifies_with_every_record_computed_again(self):
        ended = self.assay("verify", "--json")
        self.assertEnds(ended, OK)
        found = ended.json()
        self.assertEqual((found["records"], found["recomputed"], found["sections"], found["signatures"]),
                         (len(NAMES), len(NAMES), len(NAMES), 2))

    def test_is_listed_as_it_was(self):
        self.assertEqual(self.assay("log").out, expected("log.txt"))
        self.assertEqual(self.assay("log", "--dead-ends").out, expected("dead-ends.txt"))
        self.assertSameJson(self.assay("log", "--json"), "log.json")

    def test_is_shown_as_it_was(self):
        for name in NAMES:
            with self.subTest(name=name):
                self.assertEqual(self.assay("show", name).out, expected(f"{name}.txt"))
                self.assertSameJson(self.assay("show", name, "--json"), f"{name}.json")

    def test_is_rendered_as_it_was(self):
        before = self.kept_files()
        self.assertEnds(self.assay("render"), OK)
        self.assertEqual(self.kept_files(), before)

    def test_a_document_that_is_gone_is_written_again_word_by_word(self):
        def sections():
            text = self.read("DECISIONS.md")
            return text[text.index("<!-- assay:record"):text.rindex("end -->")]
        before = sections()
        os.remove(self.path("DECISIONS.md"))
        self.assertEnds(self.assay("render"), OK)
        self.assertEqual(sections(), before)
        self.assertEnds(self.assay("verify"), OK)


class Tampering(OldLab):
    def flip(self, name):
        path = self.path(f".assay/records/{name}.json")
        with open(path, "r+b") as file:
            file.seek(os.path.getsize(path) // 2)
            byte = file.read(1)[0]
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte ^ 1]))

    def test_a_flipped_byte_of_any_record_is_found(self):
        for name in NAMES:
            with self.subTest(name=name):
                self.flip(name)
                self.assertFails(self.assay("verify", "--since", "2999-01-01"), INVALID, name)
                self.flip(name)
        self.assertEnds(self.assay("verify"), OK)

    def test_a_removed_record_is_found(self):
        os.remove(self.path(f".assay/records/{NAMES[20]}.json"))
        self.assertFails(self.assay("verify"), INVALID, NAMES[20], "gone")

    def test_figures_of_the_newest_record_that_do_not_follow_from_its_samples_are_found(self):
        path = f".assay/records/{NAMES[-1]}.json"
        record = json.loads(self.read(path))
        for block in record["blocks"]:
            for trial in block["trials"]:
                if trial["arm"] == 1 and trial["values"][0] is not None:
                    trial["values"][0] *= 0.9
        self.write(path, json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False))
        self.assertEnds(self.assay("render"), OK)
        self.assertFails(self.assay("verify"), INVALID, NAMES[-1], "/result/")


class Settled(OldLab):
    """What was settled stays settled: the identity of a hypothesis is that of 0.1.0."""

    def test_spent_attempts_and_decided_hypotheses_are_refused(self):
        for name, record in (("spent", "0028-spent"), ("regressed", "0002-regressed"), ("improved", "0001-improved")):
            with self.subTest(name=name):
                self.assertFails(self.assay("run", f"{name}.toml"), REFUSED, record)

    def test_another_name_revives_no_dead_end(self):
        self.write("spent.toml", self.read("spent.toml").replace('id = "spent"', 'id = "renamed"'))
        self.assertFails(self.assay("run", "spent.toml"), REFUSED, "0028-spent")

    def test_every_hypothesis_is_known_again(self):
        of_sources = {"patch", "patches", "revision"}  # they need the repository that is not kept
        recorded = {name.split("-", 1)[1] for name in NAMES}
        files = {os.path.basename(path)[:-len(".toml")] for path in glob.glob(self.path("*.toml"))}
        for name in sorted((files & recorded) - of_sources):
            with self.subTest(name=name):
                ended = self.assay("tried", f"{name}.toml", "--json")
                self.assertEnds(ended, REFUSED)
                self.assertTrue(ended.json()["tried"])

    def test_a_reopened_hypothesis_has_the_attempts_that_are_left(self):
        found = self.assay("tried", "stubborn.toml", "--json").json()
        self.assertEqual((found["attempts_spent"], found["attempts_left"], found["dead_end"]), (1, 2, False))

    def test_targets_and_questions_stand_as_they_stood(self):
        status = self.assay("status", "--json").json()
        [target] = status["targets"]
        self.assertEqual((target["limit"], target["relaxed"]["until"]), (0.09, "2999-01-02"))
        self.assertEqual([question["owner"] for question in status["questions"]], ["carol"])

    def test_the_chain_goes_on(self):
        self.assertEnds(self.assay("decide", "--open", "More?", "--option", "yes", "--option", "no", "--owner", "us"), OK)
        self.assertEnds(self.assay("verify"), OK)
        newest = self.records()[-1]
        self.assertEqual(len(self.record(newest)["parents"]), 1)


class Interrupted(CliTest):
    def move_journal_here(self):
        """A plan holds the folder that it was made in, and an attempt goes on only there."""
        journal = sqlite3.connect(self.path(".assay/lab.db"))
        [plan] = journal.execute("SELECT plan_json FROM attempt").fetchone()
        self.assertIn('"folder":"/srv/assay-lab/interrupted"', plan)
        plan = plan.replace("/srv/assay-lab/interrupted", os.path.realpath(self.folder))
        with journal:
            journal.execute("UPDATE attempt SET plan_json = ?, plan_sha256 = ?",
                            (plan, hashlib.sha256(plan.encode()).hexdigest()))
        journal.close()

    def test_an_attempt_of_which_half_was_run_ends_as_it_would_have(self):
        shutil.copytree(f"{MADE}/interrupted", self.folder, dirs_exist_ok=True)
        os.mkdir(self.path(".assay/records"))
        self.move_journal_here()
        self.environment["ASSAY_ACTOR"] = "ada@example.org"
        os.rename(self.path("undisturbed.json"), self.path(".assay/undisturbed.json"))
        self.assertEnds(self.assay("run", "experiment.toml", "--fail-on", "none"), OK)
        self.assertEqual(self.content("0001-interrupted.json"), self.content("../undisturbed.json"))
        self.assertEqual(len(self.record("0001-interrupted.json")["interruptions_ns"]), 1)
        self.assertEnds(self.assay("verify"), OK)


if __name__ == "__main__":
    unittest.main()
