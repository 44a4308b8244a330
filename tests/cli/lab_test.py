#!/usr/bin/python3
"""What a lab remembers: dead ends, targets, decisions, and that nobody changes a record unseen."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import (ERROR, INCONCLUSIVE, INTERRUPTED, INVALID, OK, REFUSED, WORSE, PROGRAM, CliTest, Ended,  # noqa: E402
                 experiment_text, wait_until)  # noqa: E402

ASSUMPTIONS = 'assumptions = ["libc 2.36", "two CPUs"]\n'


class LabTest(CliTest):
    def setUp(self):
        super().setUp()
        self.make_lab()

    def inconclusive(self, name="example.toml", attempts=2, more=""):
        """An experiment that six blocks cannot settle."""
        self.simulated(shift="3%", protocol=f"max_blocks = 6\nattempts = {attempts}\n{more}", name=name)
        self.edit(name, "[variable]", ASSUMPTIONS + "[variable]")

    def edit(self, name, old, new):
        text = self.read(name)
        self.assertIn(old, text)
        self.write(name, text.replace(old, new))

    def spend(self, attempts=2):
        for _ in range(attempts):
            self.assertEnds(self.assay("run", "example.toml"), INCONCLUSIVE)

    def hypothesis(self, name):
        return self.assay("tried", name, "--json").json()["hypothesis_sha256"]


class LaterAttempts(LabTest):
    """A later attempt asks for no less than earlier ones did, unless somebody says why."""

    CHECK = '[[check]]\nname = "same output"\nkind = "same-output"\nfile = "out.txt"\n'

    def write_program(self, in_treatment):
        self.write("work.py", "import os\nfast = os.environ.get('FAST')\n"
                              f"open('out.txt', 'w').write({in_treatment!r} if fast else 'right')\n")

    def attempt(self, more, margin="3%"):
        text = experiment_text('command = ["/usr/bin/python3", "work.py"]', more + "[protocol]\nmax_blocks = 6\n",
                               margin=margin)
        return self.write("example.toml", text)

    def test_leaving_out_a_check_that_failed_is_refused_until_it_is_allowed(self):
        self.write_program("wrong")
        self.attempt(self.CHECK)
        self.assertEnds(self.assay("run", "example.toml"), INVALID)
        self.attempt("")
        self.assertFails(self.assay("run", "example.toml"), REFUSED)

    def test_a_margin_that_shrinks_is_refused_and_then_told(self):
        self.inconclusive(attempts=3)
        self.assertEnds(self.assay("run", "example.toml"), INCONCLUSIVE)
        self.edit("example.toml", 'margin = "3%"', 'margin = "2%"')
        self.assertFails(self.assay("run", "example.toml"), REFUSED, "margin is 2 %, was 3 % (in 0001-example)",
                         "assay run FILE --allow margin --why TEXT")
        self.assertFails(self.assay("run", "example.toml", "--allow", "margin"), ERROR, "--why")
        self.assertFails(self.assay("run", "example.toml", "--allow", "kappa", "--why", "x"), ERROR, "margin")
        allowed = self.assay("run", "example.toml", "--allow", "margin", "--why", "the budget grew", "--json")
        self.assertEnds(allowed, INCONCLUSIVE)
        change = allowed.json()["changes"][0]
        self.assertEqual((change["requirement"], change["allowed"]), ("margin", "the budget grew"))
        self.assertIn("the budget grew", self.read("DECISIONS.md"))
        self.assertIn("the budget grew", self.assay("status").out)
        self.assertEnds(self.assay("verify"), OK)
        self.assertEnds(self.assay("run", "example.toml"), INCONCLUSIVE)  # what was allowed stays so
        self.assertIn("the budget grew", " ".join(self.assay("show", "3").out.split()))

    def test_nothing_is_allowed_where_nothing_changed(self):
        self.inconclusive(attempts=2)
        self.assertFails(self.assay("run", "example.toml", "--allow", "margin", "--why", "x"), ERROR, "leave it out")
        self.assertFails(self.assay("run", "example.toml", "--why", "x"), ERROR, "--allow")

    def test_a_check_that_failed_in_both_arms_is_mended_without_further_ado(self):
        self.write_program("right")
        self.attempt('[[check]]\nname = "sound"\nkind = "command"\ncommand = ["false"]\n')
        self.assertEnds(self.assay("run", "example.toml"), INVALID)
        self.attempt('[[check]]\nname = "sound"\nkind = "command"\ncommand = ["true"]\n')
        ended = self.assay("run", "example.toml", "--json")
        self.assertNotEqual(ended.code, REFUSED, ended.err)
        self.assertEqual(ended.json()["changes"][0]["standing"], "held")


class Fingerprint(LabTest):
    """The hypothesis is known by what is done, not by how that is written down."""

    def setUp(self):
        super().setUp()
        self.simulated()
        self.known = self.hypothesis("example.toml")

    def assertSame(self, old, new):
        self.simulated(name="other.toml")
        self.edit("other.toml", old, new)
        self.assertEqual(self.hypothesis("other.toml"), self.known, new)

    def assertOther(self, old, new):
        self.simulated(name="other.toml")
        self.edit("other.toml", old, new)
        self.assertNotEqual(self.hypothesis("other.toml"), self.known, new)

    def test_names_and_prose_are_nothing(self):
        self.assertSame('id = "example"', 'id = "another"')
        self.assertSame('hypothesis = "An example"', 'hypothesis = "Told anew"\nassumptions = ["x"]')
        self.assertSame('name = "work"', 'name = "toil"')

    def test_constants_of_the_protocol_are_nothing(self):
        self.assertSame('seed = "42"', "seed = 7")
        self.assertSame('margin = "3%"', 'margin = "1%"')
        self.assertSame("[simulated]", "max_blocks = 400\nalpha = 0.1\nattempts = 9\n[simulated]")

    def test_what_a_trial_may_take_is_nothing(self):
        self.assertSame('command = ["true"]', 'command = ["true"]\ntimeout = "5 s"\ngrace = "1 s"')
        self.assertSame('command = ["true"]', 'command = ["true"]\nweight = { cpu = 2 }\noutput = "out.txt"')

    def test_defaults_spelt_out_are_nothing(self):
        self.assertSame('command = ["true"]',
                        'command = ["true"]\nworking_directory = "./."\ninput = "/dev/null"\nstates = ["warm"]\n'
                        'environment = "inherit"\nset = {}\nsuccess_codes = [0]\ninputs = []')
        self.assertSame("[[metric]]", "[state.warm]\nwarmup = 2\n[[metric]]")

    def test_another_spelling_of_a_path_is_nothing(self):
        for folder in ("sub/..", self.folder, self.folder + "/./"):
            self.assertSame('command = ["true"]', f'command = ["true"]\nworking_directory = "{folder}"')
        self.assertSame('command = ["true"]', 'command = ["true"]\nlimits = { nice = 0 }')
        self.assertOther('command = ["true"]', 'command = ["true"]\nworking_directory = "sub"')

    def test_another_spelling_of_a_program_is_nothing(self):
        self.simulated(name="plain.toml")
        self.edit("plain.toml", '["true"]', '["./w.sh"]')
        self.known = self.hypothesis("plain.toml")
        for program in ("././w.sh", "sub/../w.sh", self.path("w.sh")):
            self.assertSame('["true"]', f'["{program}"]')
        self.assertOther('["true"]', '["w.sh"]')
        self.assertOther('["true"]', '["sub/w.sh"]')

    def test_a_race_of_the_same_two_levels_is_nothing(self):
        self.assertSame('kind = "env"\nname = "FAST"\ncontrol = { unset = true }\ntreatment = "1"',
                        'kind = "level"\nlevels = [ { name = "a", set = {} }, { name = "b", set = { FAST = "1" } } ]')

    def test_what_is_written_plainly_keeps_its_hash(self):
        """Records outlive versions: what was a dead end stays one."""
        self.assertEqual(self.known, "f7f26356833ac814bf4be97b90be4c0399b83084d2e7ee8373d4cc95f927d986")
        self.simulated(name="plain.toml")
        self.edit("plain.toml", '["true"]', '["./w.sh", "x"]\nworking_directory = "sub"\nlimits = { nice = 5 }')
        self.assertEqual(self.hypothesis("plain.toml"), "dd132888cb5d7dc9d6b8dc48f003bb628e9486ccb85a86c0a912fffda4a30e22")

    def test_another_name_of_the_same_state_is_nothing(self):
        self.simulated(name="other.toml")
        self.edit("other.toml", 'command = ["true"]', 'command = ["true"]\nstates = ["steady"]')
        self.edit("other.toml", "[[metric]]", "[state.steady]\nwarmup = 1\n[[metric]]")
        self.assertEqual(self.hypothesis("other.toml"), self.known)

    def test_the_same_workload_twice_is_nothing(self):
        self.assertSame("[[metric]]", '[[workload]]\nname = "again"\ncommand = ["true"]\n[[metric]]')

    def test_guards_and_checks_are_nothing(self):
        self.assertSame("[protocol]", '[[metric]]\nname = "max_rss"\nrole = "guard"\nmargin = "1%"\n[protocol]')
        self.assertSame("[protocol]", '[[check]]\nname = "c"\nkind = "same-output"\n[protocol]')

    def test_the_order_and_format_of_the_file_are_nothing(self):
        parts = re.split(r"(?m)^(?=\[)", self.read("example.toml"))
        shuffled = "# a comment\n" + "\n\n".join(reversed([part.replace(" = ", "   =   ") for part in parts]))
        self.write("other.toml", shuffled)
        self.assertEqual(self.hypothesis("other.toml"), self.known)

    def test_toml_and_json_are_the_same(self):
        self.write("other.json", json.dumps({
            "simulated": {}, "metric": [{"margin": "3%", "role": "primary", "name": "wall"}],
            "workload": [{"command": ["true"], "name": "work"}],
            "variable": {"treatment": "1", "control": {"unset": True}, "name": "FAST", "kind": "env"},
            "experiment": {"hypothesis": "as JSON", "id": "as-json"}}))
        self.assertEqual(self.hypothesis("other.json"), self.known)

    def test_another_name_of_an_argument_is_nothing(self):
        for name, argument in (("one.toml", "n"), ("two.toml", "threads")):
            self.simulated(name=name)
            self.edit(name, 'kind = "env"\nname = "FAST"\ncontrol = { unset = true }',
                      f'kind = "argument"\nname = "{argument}"\ncontrol = "0"')
            self.edit(name, '["true"]', f'["true", "-j{{{argument}}}"]')
        self.assertEqual(self.hypothesis("one.toml"), self.hypothesis("two.toml"))

    def test_what_is_done_counts(self):
        self.assertOther('command = ["true"]', 'command = ["true", "x"]')
        self.assertOther('treatment = "1"', 'treatment = "2"')
        self.assertOther('name = "FAST"', 'name = "QUICK"')
        self.assertOther('name = "wall"', 'name = "cpu"')
        self.assertOther('command = ["true"]', 'command = ["true"]\ninputs = ["*.toml"]')
        self.assertOther('command = ["true"]', 'command = ["true"]\nset = { X = "1" }')
        self.assertOther("[[metric]]", "[state.warm]\nwarmup = 0\n[[metric]]")


class DeadEnds(LabTest):
    def test_a_dead_end_is_refused_with_record_day_and_reason(self):
        self.inconclusive()
        self.spend()
        self.assertFails(self.assay("run", "example.toml"), REFUSED, "dead end", "0002-example", "UTC", "capped",
                         "assay reopen")

    def test_more_attempts_cannot_be_asked_for_later(self):
        self.inconclusive()
        self.spend()
        self.edit("example.toml", "attempts = 2", "attempts = 20")
        self.assertFails(self.assay("run", "example.toml"), REFUSED, "its 2 attempts are spent")

    def test_neither_attempts_nor_alpha_may_grow_between_attempts(self):
        self.inconclusive()
        self.spend(1)
        self.edit("example.toml", "attempts = 2", "attempts = 3")
        self.assertFails(self.assay("run", "example.toml"), REFUSED, "attempts = 3", "began with 2", "0001-example")
        self.edit("example.toml", "attempts = 3", "attempts = 2\nalpha = 0.2")
        self.assertFails(self.assay("run", "example.toml"), REFUSED, "alpha = 0.2", "0.05")

    def test_two_branches_first_attempts_both_count(self):
        self.inconclusive(attempts=3)
        self.spend(1)
        os.rename(self.path(".assay/records/0001-example.json"), self.path("first.json"))
        os.rename(self.path(".assay/openings"), self.path("first-openings"))
        os.remove(self.path(".assay/lab.db"))
        self.edit("example.toml", 'seed = "42"', 'seed = "43"')
        self.spend(1)
        os.rename(self.path("first.json"), self.path(".assay/records/0001-example.json.laid"))
        text = self.read(".assay/records/0001-example.json.laid") + "\n" + self.read(".assay/records/0001-example.json")
        os.remove(self.path(".assay/records/0001-example.json.laid"))
        self.write(".assay/records/0001-example.json", text)  # as merge=union leaves it
        for name in os.listdir(self.path("first-openings")):
            os.rename(self.path(f"first-openings/{name}"), self.path(f".assay/openings/{name}"))
        self.assertFails(self.assay("log"), ERROR, "0001-example", "assay render")
        self.assertEnds(self.assay("render"), OK)
        self.assertEqual(self.assay("tried", "example.toml", "--json").json()["attempts_left"], 1)
        self.assertEnds(self.assay("verify"), OK)

    def test_a_treatment_that_always_crashes_is_broken_at_each_attempt_and_then_a_dead_end(self):
        self.experiment('command = ["false"]', '[protocol]\nattempts = 2\nseed = "1"\n')
        self.edit("example.toml", 'kind = "env"\nname = "FAST"\ncontrol = { unset = true }\ntreatment = "1"',
                  'kind = "command"\ncontrol = ["true"]\ntreatment = ["false"]')
        self.edit("example.toml", 'command = ["false"]\n', "")
        for _ in range(2):
            result = self.assay("run", "example.toml", "--json").json()
            self.assertEqual((result["verdict"], result["verdict_reason"], result["reason"]),
                             ("invalid", "broken", "broken"))
        self.assertFails(self.assay("run", "example.toml"), REFUSED, "dead end", "broken")

    def test_the_log_lists_dead_ends_alone(self):
        self.simulated(name="kept.toml")
        self.assay("run", "kept.toml", "--environment", "x")
        self.inconclusive()
        self.spend()
        records = self.assay("log", "--dead-ends", "--json").json()["records"]
        self.assertEqual([record["record_name"] for record in records], ["0003-example"])

    def test_tried_says_so_by_its_exit_code(self):
        self.inconclusive()
        self.assertEnds(self.assay("tried", "example.toml"), OK)
        self.spend(1)
        ended = self.assay("tried", "example.toml", "--json")
        self.assertEnds(ended, REFUSED)
        found = ended.json()
        self.assertEqual((found["tried"], found["attempts_left"], found["dead_end"]), (True, 1, False))
        self.assertEnds(self.assay("tried", "example.toml", "--environment", "ci"), OK)
        self.edit("example.toml", 'id = "example"', 'id = "renamed"')
        self.assertIn("0001", self.assay("tried", "example.toml").out)


class Reopening(LabTest):
    def setUp(self):
        super().setUp()
        self.inconclusive()
        self.spend()

    def reopen(self, assumption="libc 2.36", which="example.toml"):
        return self.assay("reopen", which, "--assumption", assumption, "--reason", "it is 2.40 now")

    def test_gives_a_dead_end_its_attempts_again(self):
        self.assertEnds(self.reopen(), OK)
        result = self.assay("run", "example.toml", "--json").json()
        self.assertEqual((result["attempt"], result["record"]), (1, "0004"))
        reopening = self.record("0003-reopening.json")
        self.assertEqual(reopening["payload"]["assumption"], "libc 2.36")
        self.assertEqual(self.record("0004-example.json")["plan"]["reopened_by"],
                         self.assay("show", "3", "--json").json()["record_sha256"])
        self.assertIn("libc 2.36", self.read("DECISIONS.md"))
        self.assertEnds(self.assay("verify"), OK)

    def test_takes_a_record_too(self):
        self.assertEnds(self.reopen(which="2"), OK)

    def test_names_a_file_or_record_that_is_not_there(self):
        self.assertFails(self.reopen(which="exmaple.toml"), ERROR, "exmaple.toml", "No such file")
        self.assertFails(self.reopen(which="9"), ERROR, 'no record "9"')

    def test_only_an_assumption_of_the_experiment_will_do(self):
        self.assertFails(self.reopen("libc 2.35"), REFUSED, "no assumption", 'did you mean "libc 2.36"')
        self.assertFails(self.assay("reopen", "example.toml", "--assumption", "libc 2.36"), ERROR, "--why")

    def test_one_assumption_changes_once(self):
        self.reopen()
        self.spend()
        self.assertFails(self.reopen(), REFUSED, "given up in 0003-reopening")
        self.assertEnds(self.reopen("two CPUs"), OK)

    def test_what_is_no_dead_end_is_not_reopened(self):
        self.reopen()
        self.assertFails(self.reopen(), REFUSED, "nothing to reopen")
        self.spend(1)
        self.assertFails(self.reopen(), REFUSED, "1 of its 2 attempts")

    def test_an_experiment_without_assumptions_stays_a_dead_end(self):
        self.simulated(shift="6%", name="worse.toml")
        self.edit("worse.toml", '["true"]', '["true", "x"]')
        self.assertEnds(self.assay("run", "worse.toml"), WORSE)
        self.assertFails(self.reopen(which="worse.toml"), REFUSED, "names no assumptions")


TARGET = '[[target]]\nworkload = "work"\nmetric = "wall"\nat_most = "{}"\n'


RACE = """
[experiment]
id = "jobs"
hypothesis = "More jobs at once are faster"
[variable]
kind = "level"
name = "jobs"
levels = [1, 5, 9]
[[workload]]
name = "work"
command = ["sleep", "0.0{jobs}"]
[[metric]]
name = "wall"
role = "primary"
margin = "3%"
[[metric]]
name = "cpu"
role = "guard"
margin = "30%"
[[target]]
workload = "work"
metric = "wall"
at_most = "15 ms"
[[target]]
workload = "work"
metric = "cpu"
at_most = "15 ms"
[protocol]
seed = "1"
"""


class TargetsOfARace(LabTest):
    def test_are_held_against_the_first_level_where_that_wins(self):
        self.write("jobs.toml", RACE)
        ended = self.assay("run", "jobs.toml", "--json")
        self.assertEnds(ended, WORSE)
        self.assertEqual(ended.json()["workloads"], [])  # nothing was measured afresh
        wall, cpu = self.assay("status", "--json").json()["targets"]
        self.assertGreater(wall["measured"], 0.01)  # that of "sleep 0.01"
        self.assertLess(wall["measured"], 0.05)
        self.assertLess(cpu["measured"], wall["measured"])
        self.assertEqual(wall["measured_in"], "0001-jobs")

    def test_are_told_by_the_run_that_measured_them(self):
        more = TARGET.format("1 s") + "[protocol]\nblocks = 6\n"
        self.write("nap.toml", experiment_text('command = ["sleep", "0.02"]', more))
        ended = self.assay("run", "nap.toml")
        self.assertRegex(ended.out, r"(?m)^target work/warm/wall/median: at most 1\.00 s; .* in 0001-example, local: met$")

    def test_that_are_missed_pass_a_strict_status_which_says_so(self):
        more = TARGET.format("1 ms") + "[protocol]\nblocks = 6\nattempts = 1\n"
        self.write("nap.toml", experiment_text('command = ["sleep", "0.02"]', more))
        self.assertEnds(self.assay("status", "--strict"), OK)
        self.assertNotIn("strict: ", self.assay("status", "--strict").out)
        self.assay("run", "nap.toml")
        strict = self.assay("status", "--strict")
        self.assertEnds(strict, OK)
        self.assertIn("\nstrict: nothing fails; a target is missed, which is work left and no exception", strict.out)


SIMULATED_RACE = """
[experiment]
id = "jobs"
hypothesis = "More jobs at once are faster"
[variable]
kind = "level"
name = "jobs"
levels = [1, 2, 4]
[[workload]]
name = "work"
command = ["true", "{jobs}"]
[[metric]]
name = "wall"
role = "primary"
margin = "10%"
[protocol]
seed = "11"
max_blocks = 20
[simulated]
shifts = ["40%", "70%"]
"""


class RaceThatTheFirstLevelWins(LabTest):
    """Its verdict is about the levels that lost; what a reader has to know is that none is better."""

    NO_BETTER = "no better level found"

    def setUp(self):
        super().setUp()
        self.write("jobs.toml", SIMULATED_RACE)
        ended = self.assay("run", "jobs.toml", "--engine", "simulated")
        self.assertEnds(ended, WORSE)
        self.assertIn(f"overall: {self.NO_BETTER} -> keep jobs=1\n", ended.out)

    def test_is_worded_so_by_every_list(self):
        for words in (["log"], ["log", "--dead-ends"], ["status"], ["tried", "jobs.toml"]):
            text = self.assay(*words).out
            self.assertIn(self.NO_BETTER, text)
            self.assertNotIn("regressed", text)
        self.assertIn(f": {self.NO_BETTER} -> discard, attempt 1 of 3\n", self.assay("status").out)

    def test_keeps_the_columns_of_the_log(self):
        self.simulated(shift="6%", protocol="max_blocks = 30\n", name="other.toml")
        self.assertEnds(self.assay("run", "other.toml"), WORSE)
        other, race = self.assay("log").out.splitlines()
        self.assertEqual(race.index("discard"), other.index("discard"))

    def test_is_worded_so_when_it_is_refused(self):
        self.assertFails(self.assay("run", "jobs.toml", "--engine", "simulated"), REFUSED,
                         f"says {self.NO_BETTER} -> discard; see assay show 1")

    def test_is_worded_so_in_the_documents(self):
        text = self.read("DECISIONS.md")
        self.assertIn(f"## 0001 jobs: {self.NO_BETTER} \u2192 discard\n", text)
        self.assertIn(f"- verdict: {self.NO_BETTER}\n- decision: discard\n", text)
        self.assertNotIn("regressed", text)
        self.assertEnds(self.assay("verify"), OK)

    def test_has_its_verdict_for_programs(self):
        record, = self.assay("log", "--json").json()["records"]
        self.assertEqual((record["verdict"], record["decision"], record["reason"]), ("regressed", "discard", "worse"))
        self.assertEqual(len(self.assay("log", "--decision", "discard").out.splitlines()), 1)

    def test_is_told_apart_by_an_index_of_another_version_too(self):
        index = sqlite3.connect(self.path(".assay/index.db"))
        with index:
            index.execute("UPDATE file SET summary = replace(summary, '\"no_better_level\":true,', '')")
        index.close()
        self.assertIn(self.NO_BETTER, self.assay("log").out)


class Targets(LabTest):
    def setUp(self):
        super().setUp()
        self.state("90 ms")
        self.assertEnds(self.assay("run", "example.toml"), INCONCLUSIVE)

    def state(self, limit):
        self.inconclusive(attempts=5)
        self.edit("example.toml", "[protocol]", (TARGET.format(limit) if limit else "") + "[protocol]")

    def relax(self, *words):
        return self.assay("relax", "example.toml", "wall", *words, "--why", "slow node")

    def targets(self):
        return self.assay("status", "--json").json()["targets"]

    def test_a_looser_target_is_refused_until_somebody_relaxes_it(self):
        self.state("120 ms")
        self.assertFails(self.assay("run", "example.toml"), REFUSED, "work/warm/wall/median", "90.0 ms", "120 ms",
                         "0001-example", "assay relax")
        self.assertEnds(self.relax("--to", "120 ms", "--until", "2999-01-01"), OK)
        self.assertEnds(self.assay("run", "example.toml"), INCONCLUSIVE)
        self.assertEnds(self.assay("verify"), OK)

    def test_a_target_that_is_gone_is_loosest_of_all(self):
        self.state("")
        self.assertFails(self.assay("run", "example.toml"), REFUSED, "gone")
        self.assertEnds(self.relax("--to", "none", "--until", "2999-01-01"), OK)
        self.assertEnds(self.assay("run", "example.toml"), INCONCLUSIVE)

    def test_a_tighter_target_is_welcome_and_counts_from_then_on(self):
        self.state("80 ms")
        self.assertEnds(self.assay("run", "example.toml"), INCONCLUSIVE)
        self.state("90 ms")
        self.assertFails(self.assay("run", "example.toml"), REFUSED, "80.0 ms", "0002-example")

    def test_stays_in_status_until_it_is_restored(self):
        self.relax("--to", "120 ms", "--until", "2999-01-01")
        [target] = self.targets()
        self.assertEqual((target["limit"], target["in_force"]), (0.09, 0.12))
        self.assertEqual((target["relaxed"]["actor"], target["relaxed"]["why"]), ("tester", "slow node"))
        strict = self.assay("status", "--strict")
        self.assertEnds(strict, WORSE)
        self.assertIn("\nstrict: target work/warm/wall/median is relaxed in 0002-relaxation\n", strict.out)
        self.assertIn("RELAXED to at most 120 ms until 2999-01-01", self.assay("status").out)
        self.assertEnds(self.relax("--restore"), OK)
        self.assertIsNone(self.targets()[0]["relaxed"])
        self.assertIn("standing: restored in 0003-restoration", self.read("DECISIONS.md"))
        self.assertEnds(self.assay("verify"), OK)

    def test_the_old_limit_is_in_force_when_its_day_is_past(self):
        self.relax("--to", "120 ms", "--until", "2999-01-01")
        path = ".assay/records/0002-relaxation.json"
        self.write(path, self.read(path).replace("2999-01-01", "2000-01-01"))
        [target] = self.targets()
        self.assertEqual((target["in_force"], target["relaxed"]["overdue"]), (0.09, True))
        self.state("120 ms")
        self.assertFails(self.assay("run", "example.toml"), REFUSED, "90.0 ms")

    def test_shows_what_was_measured_last(self):
        self.experiment('command = ["sleep", "0.01"]', TARGET.format("9 ms") + '[protocol]\nseed = "1"\nmax_blocks = 6\n')
        self.assay("run", "example.toml")
        [target] = self.targets()
        self.assertEqual((target["measured_in"], target["met"]), ("0002-example", False))
        self.assertGreater(target["measured"], 0.01)

    def test_are_not_met_by_a_simulation(self):
        self.state("150 ms")
        self.write("example.toml", self.read("example.toml").replace('command = ["true"]', 'command = ["true", "x"]'))
        self.write("other.toml", self.read("example.toml").replace('metric = "wall"', 'metric = "cpu"'))
        self.assay("run", "other.toml", "--environment", "local")
        for target in self.targets():
            self.assertEqual((target["measured"], target["met"]), (None, None))
        self.assertNotIn("met", self.assay("status").out)

    def test_bad_words(self):
        self.assertFails(self.relax("--to", "80 ms", "--until", "2999-01-01"), ERROR, "not looser")
        self.assertFails(self.relax("--to", "120", "--until", "2999-01-01"), ERROR, "--to")
        self.assertFails(self.relax("--to", "120 ms", "--until", "2000-01-01"), ERROR, "--until", "past")
        self.assertFails(self.relax("--to", "120 ms", "--until", "soon"), ERROR, "not a date")
        self.assertFails(self.relax("--to", "120 ms"), ERROR, "--until")
        self.assertFails(self.relax("--restore"), REFUSED, "not relaxed")
        self.assertFails(self.assay("relax", "example.toml", "cpu", "--restore", "--why", "x"), ERROR,
                         "work/warm/wall/median")


class Simulated(LabTest):
    """What was simulated is called so, in whatever environment it was filed."""

    def test_is_marked_wherever_it_is_shown(self):
        self.simulated()
        ended = self.assay("run", "example.toml", "--environment", "local", "--json")
        self.assertTrue(ended.json()["simulated"])
        self.assertIn("example (simulated)", self.assay("log").out)
        self.assertIn("example in local (simulated): improved -> keep", self.assay("status").out)
        self.assertIn("local (simulated)", self.assay("show", "1").out)
        self.assertTrue(self.assay("log", "--json").json()["records"][0]["simulated"])
        self.assertTrue(self.assay("status", "--json").json()["kept"][0]["simulated"])
        self.assertTrue(self.assay("show", "1", "--json").json()["simulated"])

    def test_what_was_run_is_not(self):
        self.experiment('command = ["true"]', '[protocol]\nseed = "1"\nmax_blocks = 6\n')
        self.assay("run", "example.toml")
        self.assertNotIn("simulated", self.assay("log").out + self.assay("status").out + self.assay("show", "1").out)


class EnvironmentName(LabTest):
    def test_is_refused_where_two_could_look_alike(self):
        self.simulated()
        for command in ("run", "tried", "close", "reopen"):
            for name in ("", "local ", "local\nfoo", "a/b", "x" * 65):
                with self.subTest(command=command, name=name):
                    self.assertFails(self.assay(command, "example.toml", "--environment", name), ERROR,
                                     "--environment", "is no name of an environment: expected 1 to 64 letters, digits")
        self.assertEqual(self.records(), [])
        self.assertEnds(self.assay("run", "example.toml", "--environment", "CI_large-2.x"), OK)


class OnADiskThatIsOnlyRead(LabTest):
    """Somebody else's lab, or one on a medium that cannot be written."""

    def read_only(self, *words):
        mounting = f'mount --bind "{self.folder}" "{self.folder}" && mount -o remount,bind,ro "{self.folder}"'
        command = ["unshare", "-m", "sh", "-c", mounting + ' && cd "$0" && exec "$@"', self.folder, PROGRAM, *words]
        ended = subprocess.run(command, capture_output=True, text=True, env=self.environment, check=False)
        if "mount" in ended.stderr or "unshare" in ended.stderr:
            self.skipTest("file systems cannot be mounted here: " + ended.stderr)
        return Ended(ended.returncode, ended.stdout, ended.stderr)

    def test_everything_that_only_reads_works(self):
        self.inconclusive()
        self.spend(1)
        for words in (["log"], ["show", "1"], ["verify"], ["tried", "example.toml"]):
            with self.subTest(words):
                self.assertEnds(self.read_only(*words), OK)
        status = self.read_only("status")
        self.assertEnds(status, OK)
        self.assertIn("not known: this user may not write the lab's journal", status.out)
        self.assertTrue(self.read_only("status", "--json").json()["journal_closed"])
        self.assertFalse(self.assay("status", "--json").json()["journal_closed"])


class Oddities(LabTest):
    """What is no record, no lab, no experiment."""

    def test_verify_names_a_folder_that_is_not_there(self):
        missing = self.path("nosuchfolder")
        self.assertFails(self.assay("verify", missing), ERROR, f"{missing}: no such folder")

    def test_what_is_no_file_among_the_records_is_named(self):
        for make in (os.mkdir, os.mkfifo):
            with self.subTest(make=make):
                make(self.path(".assay/records/0001-x.json"))
                self.assertFails(self.assay("verify"), INVALID, "0001-x", "is no file")
                self.assertFails(self.assay("log"), ERROR, "0001-x.json is no file", "move it out")
                self.assertFails(self.assay("render"), ERROR, "0001-x.json is no file")
                (os.rmdir if make is os.mkdir else os.remove)(self.path(".assay/records/0001-x.json"))

    def test_an_attempt_cannot_be_answered(self):
        self.simulated()
        self.assay("run", "example.toml")
        close = ("decide", "--close", "1", "--choose", "yes", "--why", "x")
        self.assertFails(self.assay(*close), ERROR, "0001-example is an attempt, no question, and none is open")
        self.assay("decide", "--open", "Which?", "--option", "yes", "--option", "no", "--owner", "us")
        self.assertFails(self.assay(*close), ERROR,
                         "0001-example is an attempt, no question; open questions: 0002-question")

    def test_a_file_without_an_end_is_no_experiment(self):
        for command in ("check", "run", "tried"):
            self.assertFails(self.assay(command, "/dev/zero"), ERROR, "cannot read /dev/zero: it is a device, not a file")


class Status(LabTest):
    def names(self, key):
        return [entry["record_name"] for entry in self.assay("status", "--json").json()[key]]

    def test_tells_that_a_record_was_changed(self):
        self.inconclusive()
        self.spend(2)
        self.assertNotIn("NOT IN ORDER", self.assay("status").out)
        path = ".assay/records/0001-example.json"
        self.write(path, self.read(path).replace('"verdict":"inconclusive"', '"verdict":"improved"'))
        self.assertIn("NOT IN ORDER: 0001-example: the file was changed after it was written", self.assay("status").out)
        self.assertIn("0001-example: the file was changed", self.assay("status", "--json").json()["chain_flaw"])

    def test_an_empty_lab_is_in_order(self):
        self.assertEnds(self.assay("status", "--strict"), OK)
        for words, said in (([], "no records yet: assay run FILE"), (["--dead-ends"], "no dead ends"),
                            (["--decision", "keep"], "no record with the decision keep")):
            log = self.assay("log", *words)
            self.assertEnds(log, OK)
            self.assertEqual(log.out, "")
            self.assertIn(said, log.err)

    def test_sorts_hypotheses_by_what_may_be_done_with_them(self):
        self.inconclusive()
        self.spend(1)
        self.assertEqual((self.names("undecided"), self.names("dead_ends")), (["0001-example"], []))
        self.assertEnds(self.assay("status", "--strict"), WORSE)
        self.spend(1)
        self.assertEqual((self.names("undecided"), self.names("dead_ends")), ([], ["0002-example"]))
        self.assertEnds(self.assay("status", "--strict"), OK)

    def test_what_is_broken_may_be_mended_and_is_not_undecided(self):
        self.simulated(name="broken.toml")
        self.edit("broken.toml", "[simulated]", "[simulated]\nfailure_rate = 1")
        self.assertEnds(self.assay("run", "broken.toml"), INVALID)
        self.assertEqual((self.names("undecided"), self.names("discarded")), ([], ["0001-example"]))
        self.assertEnds(self.assay("status", "--strict"), OK)


class Questions(LabTest):
    def ask(self, *words):
        return self.assay("decide", "--open", "Which cache?", "--option", "local", "--option", "shared", "--owner",
                          "bob", *words)

    def test_is_open_until_it_is_closed(self):
        self.assertEnds(self.ask("--due", "2999-01-01"), OK)
        [question] = self.assay("status", "--json").json()["questions"]
        self.assertEqual((question["owner"], question["due"], question["overdue"]), ("bob", "2999-01-01", False))
        self.assertIn("standing: open", self.read("DECISIONS.md"))
        self.assertEnds(self.assay("status", "--strict"), OK)
        self.simulated()
        self.assay("run", "example.toml")
        self.assertEnds(self.assay("decide", "--close", "1", "--choose", "shared", "--evidence", "2", "--why",
                                   "faster"), OK)
        self.assertEqual(self.assay("status", "--json").json()["questions"], [])
        self.assertIn("standing: answered in 0003-answer", self.read("DECISIONS.md"))
        self.assertEqual(self.record("0003-answer.json")["payload"]["evidence"],
                         [self.assay("show", "2", "--json").json()["record_sha256"]])
        self.assertEnds(self.assay("verify"), OK)

    def test_is_pressing_when_its_day_is_past(self):
        self.ask("--due", "2999-01-01")
        path = ".assay/records/0001-question.json"
        self.write(path, self.read(path).replace("2999-01-01", "2000-01-01"))
        self.assertEnds(self.assay("status", "--strict"), WORSE)

    def test_bad_words(self):
        self.assertFails(self.assay("decide"), ERROR, "--open", "--close")
        self.assertFails(self.assay("decide", "--open", "Why?", "--option", "a", "--owner", "x"), ERROR, "two or more")
        self.assertFails(self.assay("decide", "--open", "Why?", "--option", "a", "--option", "b"), ERROR, "--owner")
        self.ask()
        self.assertFails(self.assay("decide", "--close", "1", "--choose", "shred", "--why", "x"), ERROR,
                         'did you mean "shared"')
        self.assertFails(self.assay("decide", "--close", "1", "--choose", "shared"), ERROR, "--why")
        self.assertEnds(self.assay("decide", "--close", "1", "--choose", "shared", "--why", "x"), OK)
        self.assertFails(self.assay("decide", "--close", "1", "--choose", "local", "--why", "x"), REFUSED, "0002-answer")


class Verification(LabTest):
    def setUp(self):
        super().setUp()
        for index in range(3):
            self.simulated(name=f"e{index}.toml", seed=index)
            self.edit(f"e{index}.toml", 'id = "example"', f'id = "e{index}"')
            self.edit(f"e{index}.toml", 'command = ["true"]', f'command = ["true", "{index}"]')
            self.assertEnds(self.assay("run", f"e{index}.toml"), OK)

    def verify_fails(self, *texts):
        self.assertFails(self.assay("verify"), INVALID, *texts)
        ended = self.assay("verify", "--json")
        self.assertEnds(ended, INVALID)
        self.assertFalse(ended.json()["verified"])

    def flip(self, name, at):
        with open(self.path(name), "r+b") as file:
            file.seek(at)
            byte = file.read(1)[0]
            file.seek(at)
            file.write(bytes([byte ^ 1]))

    def test_finds_nothing_in_a_sound_lab(self):
        ended = self.assay("verify", "--json")
        self.assertEnds(ended, OK)
        found = ended.json()
        self.assertEqual((found["records"], found["recomputed"], found["sections"]), (3, 3, 3))

    def test_needs_neither_journal_nor_index(self):
        for name in ("lab.db", "index.db"):
            os.remove(self.path(f".assay/{name}"))
        self.assertEnds(self.assay("verify"), OK)

    def test_names_the_record_of_any_flipped_byte(self):
        for name in ("0001-e0", "0002-e1", "0003-e2"):
            path = f".assay/records/{name}.json"
            size = os.path.getsize(self.path(path))
            for at in range(0, size, size // 40):
                self.flip(path, at)
                ended = self.assay("verify")
                self.assertEnds(ended, INVALID)
                self.assertIn(name, ended.err, f"byte {at}")
                self.flip(path, at)
        self.assertEnds(self.assay("verify"), OK)

    def test_names_a_newest_record_that_contradicts_its_opening(self):
        # Nobody names the newest record yet, so only its own opening can gainsay it once DECISIONS.md is rendered anew.
        path = ".assay/records/0003-e2.json"
        sound = self.read(path)

        def forge(key, change):
            record = json.loads(sound)
            change(record)
            self.write(path, json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False))
            self.assertEnds(self.assay("render"), OK)
            self.verify_fails("0003-e2", f"{key}: recorded", "but the attempt was opened with")

        forge("/actor", lambda record: record.update(actor="boss@example.org"))
        forge("/program_version", lambda record: record.update(program_version="0.0.1"))
        forge("/machine", lambda record: record["machine"].update(cpu_model="Imaginary 9000"))
        self.write(path, sound)
        self.assertEnds(self.assay("render"), OK)
        self.assertEnds(self.assay("verify"), OK)

    def test_names_a_deleted_record(self):
        for name in ("0001-e0", "0002-e1", "0003-e2"):
            path = self.path(f".assay/records/{name}.json")
            os.rename(path, self.path("away"))
            self.verify_fails(name, "gone")
            os.rename(self.path("away"), path)

    def test_names_a_deleted_record_where_the_document_is_gone_too(self):
        os.remove(self.path("DECISIONS.md"))
        os.remove(self.path(".assay/records/0002-e1.json"))
        self.verify_fails("0002", "gone")

    def test_names_an_edited_entry(self):
        text = self.read("DECISIONS.md")
        self.write("DECISIONS.md", text.replace("- decision: keep (improved)", "- decision: discard (worse)", 1))
        self.verify_fails("DECISIONS.md:", "0001-e0", "discard (worse)", "assay render")
        self.assertEnds(self.assay("render"), OK)
        self.assertEqual(self.read("DECISIONS.md"), text)

    def test_leaves_what_people_wrote_out_of_it(self):
        self.write("DECISIONS.md", self.read("DECISIONS.md").replace("# Decisions", "# Ours\n\nWords.\n") + "\nMore.\n")
        self.assertEnds(self.assay("verify"), OK)

    def test_names_a_heading_that_looks_like_an_entry(self):
        text = self.read("DECISIONS.md")
        self.write("DECISIONS.md", text + "\n## 0004 other: improved → keep\n\n- record: `0004-other.json`\n")
        self.verify_fails("DECISIONS.md:", "0004 other: improved → keep", "assay did not write it")
        begin, end = "<!-- assay:record 0001-e0 begin -->", "<!-- assay:record 0001-e0 end -->"
        hidden = text.replace(begin, "<div hidden>\n\n" + begin).replace(end, end + "\n\n</div>")
        self.write("DECISIONS.md", hidden + "\n## 0001 e0: worse -> discard\n")
        self.verify_fails("DECISIONS.md:", "0001 e0: worse -> discard")
        self.write("DECISIONS.md", text + "\n## 2030 plans: more\n\n```\n## 0004 other: improved → keep\n```\n")
        self.assertEnds(self.assay("verify"), OK)

    def test_recomputes_what_a_forger_made_consistent(self):
        name = ".assay/records/0003-e2.json"
        record = json.loads(self.read(name))
        record["result"]["workloads"][0]["metrics"][0]["effect"]["percent"] -= 0.001
        self.write(name, json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False))
        self.assertEnds(self.assay("render"), OK)
        self.verify_fails("0003-e2", "/result/workloads/0/metrics/0/effect/percent", "recorded", "computed")

    def test_recomputes_from_the_samples_alone(self):
        name = ".assay/records/0003-e2.json"
        record = json.loads(self.read(name))
        record["blocks"][0]["trials"][0]["values"][0] *= 2
        self.write(name, json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False))
        self.assertEnds(self.assay("render"), OK)
        self.verify_fails("0003-e2", "/result/")

    def test_the_order_of_trials_is_that_of_the_seed(self):
        name = ".assay/records/0003-e2.json"
        record = json.loads(self.read(name))
        record["blocks"][0]["trials"].reverse()
        self.write(name, json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False))
        self.assertEnds(self.assay("render"), OK)
        self.verify_fails("0003-e2", "/blocks/0/trials", "seed")

    def test_since_limits_what_is_computed_again_but_not_the_chain(self):
        self.assertEqual(self.assay("verify", "--since", "3", "--json").json()["recomputed"], 1)
        self.assertEqual(self.assay("verify", "--since", "2999-01-01", "--json").json()["recomputed"], 1)  # the head
        self.assertEqual(self.assay("verify", "--since", "2000-01-01", "--json").json()["recomputed"], 3)
        self.assertFails(self.assay("verify", "--since", "soon"), ERROR, "--since", "soon")
        self.assertFails(self.assay("verify", "--since", "99"), ERROR, "--since 99: the newest record is 3")
        self.flip(".assay/records/0001-e0.json", 500)
        self.assertEnds(self.assay("verify", "--since", "3"), INVALID)

    def test_attempts_cut_by_time_and_closed_ones_compute_the_same(self):
        self.simulated(shift="0%", noise="20%", pace="5 ms", protocol='max_time = "100 ms"', name="cut.toml")
        self.edit("cut.toml", 'command = ["true"]', 'command = ["true", "cut"]')
        result = self.assay("run", "cut.toml", "--json").json()
        self.assertEqual(result["stop"], "time")
        self.assertEnds(self.assay("verify"), OK)

    def test_recorded_comparisons_are_verified_too(self):
        self.assay("compare", "true", "true", "--record", "-M", "6")
        self.assertEqual(len(self.records()), 4)
        self.assertEnds(self.assay("verify"), OK)

    def test_takes_a_folder(self):
        ended = self.finish(self.start("verify", self.folder))
        self.assertEnds(ended, OK)
        self.assertFails(self.assay("verify", "/"), ERROR, "no lab")


class Signing(LabTest):
    def setUp(self):
        super().setUp()
        self.simulated()
        self.assertEnds(self.assay("run", "example.toml"), OK)
        self.assertEnds(self.assay("sign", "--new-key"), OK)

    def test_signs_beside_the_record_and_is_verified(self):
        before = self.read(".assay/records/0001-example.json")
        self.assertEnds(self.assay("sign", "1"), OK)
        self.assertEqual(self.read(".assay/records/0001-example.json"), before)
        self.assertEqual(self.assay("verify", "--json").json()["signatures"], 1)

    def test_the_secret_key_is_for_its_owner_alone(self):
        key = self.path(".config/assay/signing-key.json")
        self.assertEqual(os.stat(key).st_mode & 0o777, 0o600)
        os.chmod(key, 0o644)
        self.assertFails(self.assay("sign", "1"), ERROR, "chmod 600")

    def test_a_key_is_never_overwritten(self):
        self.assertFails(self.assay("sign", "--new-key"), ERROR, "holds a key already")

    def test_says_how_to_get_a_key(self):
        self.assertFails(self.assay("sign", "1", "--key", self.path("none")), ERROR, "assay sign --new-key")

    def signature_file(self):
        [name] = [name for name in os.listdir(self.path(".assay/records")) if name.endswith(".sig")]
        return ".assay/records/" + name

    def test_a_changed_signature_is_found(self):
        self.assay("sign", "1")
        name = self.signature_file()
        signature = json.loads(self.read(name))
        digits = signature["signature"]
        signature["signature"] = ("0" if digits[0] != "0" else "1") + digits[1:]
        self.write(name, json.dumps(signature))
        self.assertFails(self.assay("verify"), INVALID, ".sig", "not that of tester's key")

    def test_another_signer_s_name_is_found(self):
        self.assay("sign", "1")
        self.write(self.signature_file(), self.read(self.signature_file()).replace("tester", "someone"))
        self.assertFails(self.assay("verify"), INVALID, ".sig")

    def test_a_key_that_the_lab_does_not_know_is_found(self):
        self.assay("sign", "1")
        for name in os.listdir(self.path(".assay/keys")):
            os.remove(self.path(f".assay/keys/{name}"))
        self.assertFails(self.assay("verify"), INVALID, ".sig", ".assay/keys")

    def test_a_record_that_was_changed_after_it_was_signed_is_found(self):
        self.assay("sign", "1")
        name = ".assay/records/0001-example.json"
        self.write(name, self.read(name).replace('"actor":"tester"', '"actor":"nobody"'))
        self.assay("render")
        self.assertFails(self.assay("verify"), INVALID, ".sig", "gone or was changed")


class Openings(LabTest):
    def interrupted(self):
        """An attempt that was killed after some blocks."""
        self.simulated(shift="0%", pace="5 ms")
        process = self.start("run", "example.toml", "--engine", "simulated")
        wait_until(lambda: self.journalled_blocks() >= 2 or process.poll() is not None)
        process.kill()
        self.finish(process)

    def test_show_an_attempt_whose_journal_is_elsewhere_until_it_is_recorded(self):
        self.interrupted()
        self.assertNotIn("counts as spent", self.assay("status").out)
        os.rename(self.path(".assay/lab.db"), self.path("lab.db"))  # a clone has none
        for name in ("lab.db-wal", "lab.db-shm"):
            if os.path.exists(self.path(f".assay/{name}")):
                os.rename(self.path(f".assay/{name}"), self.path(name))
        self.assertIn("attempt 1 began in 0001-opening", self.assay("status").out)
        tried = self.assay("tried", "--engine", "simulated", "example.toml")
        self.assertEqual(tried.code, REFUSED)
        self.assertIn("attempt 1 began in 0001-opening", tried.out)
        self.assertIn("opening", self.assay("log").out)
        self.assertEnds(self.assay("verify"), OK)
        for name in ("lab.db", "lab.db-wal", "lab.db-shm"):
            if os.path.exists(self.path(name)):
                os.replace(self.path(name), self.path(f".assay/{name}"))
        self.assertEnds(self.assay("close", "example.toml", "--engine", "simulated"), OK)
        self.assertEqual(self.records(), ["0001-example.json"])
        self.assertNotIn("opening", self.assay("log").out)
        self.assertEnds(self.assay("verify"), OK)

    def test_that_were_deleted_are_missed(self):
        self.simulated()
        self.assertEnds(self.assay("run", "example.toml", "--engine", "simulated"), OK)
        shutil.rmtree(self.path(".assay/openings"))
        self.assertFails(self.assay("verify"), INVALID, "0001-example")

    def test_another_name_of_the_environment_does_not_lift_a_dead_end(self):
        self.simulated(shift="0%")
        self.assay("run", "example.toml", "--engine", "simulated")
        self.simulated(shift="-20%")
        result = self.assay("run", "example.toml", "--engine", "simulated", "--environment", "ci", "--json").json()
        self.assertEqual((result["decision"], result["reason"]), ("undecided", "near"))
        self.assertEqual(result["audit"]["neighbours"][0]["nearness"], "other-environment")
        self.assertEnds(self.assay("decide", "--accept", "2", "--why", "ci pins its CPUs"), OK)
        self.assertIn("1 kept", self.assay("status").out)
        self.assertFails(self.assay("decide", "--accept", "1", "--why", "x"), REFUSED, "0001-example says discard")
        self.assertFails(self.assay("decide", "--accept", "2"), ERROR, "--why")


class Merging(LabTest):
    """Two branches of one repository, merged by git itself."""

    def git(self, *words, check=True):
        ended = subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-c",
                                "init.defaultBranch=main", *words], cwd=self.folder, capture_output=True, text=True,
                               env={**self.environment, "GIT_CONFIG_NOSYSTEM": "1"})
        if check:
            self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)
        return ended

    def commit(self, message):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def setUp(self):
        CliTest.setUp(self)
        self.assertEnds(self.assay("init"), OK)
        os.remove(self.path("experiment.toml"))
        for name in ("base", "ours", "theirs"):
            self.simulated(name=f"{name}.toml")
            self.edit(f"{name}.toml", 'id = "example"', f'id = "{name}"')
            self.edit(f"{name}.toml", 'command = ["true"]', f'command = ["true", "{name}"]')
        self.assay("run", "base.toml")
        self.git("init", "-q")
        self.commit("base")

    def branch(self, name, *work):
        self.git("checkout", "-q", "-b", name, "main")
        for words in work:
            self.assertIn(self.assay(*words).code, (OK, WORSE, INCONCLUSIVE))
        self.commit(name)

    def merge(self):
        self.git("checkout", "-q", "main")
        self.git("merge", "-q", "--no-edit", "ours")
        return self.git("merge", "-q", "--no-edit", "theirs", check=False)

    def test_both_branches_records_are_kept_and_verify(self):
        self.branch("ours", ("run", "ours.toml"))
        self.branch("theirs", ("run", "theirs.toml"))
        self.assertEqual(self.merge().returncode, 0)
        self.assertEnds(self.assay("render"), OK)
        self.assertEnds(self.assay("verify"), OK)
        self.assertEqual(self.records(), ["0001-base.json", "0002-ours.json", "0002-theirs.json"])
        text = self.read("DECISIONS.md")
        for name in ("0001-base", "0002-ours", "0002-theirs"):
            self.assertEqual(text.count(f"<!-- assay:record {name} begin -->"), 1)
        self.assertNotIn("<<<<<<<", text)

    def test_the_next_record_joins_both(self):
        self.branch("ours", ("run", "ours.toml"))
        self.branch("theirs", ("run", "theirs.toml"))
        self.merge()
        self.assay("render")
        self.assay("decide", "--open", "Merged?", "--option", "yes", "--option", "no", "--owner", "us")
        self.assertEqual(len(self.record("0003-question.json")["parents"]), 2)
        self.assertEnds(self.assay("verify"), OK)
        os.remove(self.path(".assay/records/0002-theirs.json"))
        self.assertFails(self.assay("verify"), INVALID, "0002-theirs", "gone")

    def test_two_records_of_one_name_get_files_of_their_own(self):
        self.branch("ours", ("run", "ours.toml", "--environment", "local"))
        self.branch("theirs", ("run", "ours.toml", "--environment", "ci"))
        self.assertEqual(self.merge().returncode, 0)
        self.assertFails(self.assay("verify"), INVALID, "0002-ours", "assay render")
        self.assertEnds(self.assay("render"), OK)
        self.assertEnds(self.assay("verify"), OK)
        self.assertEqual(len(self.records()), 3)
        environments = {record["environment"] for record in self.assay("log", "--json").json()["records"]}
        self.assertEqual(environments, {"simulated", "local", "ci"})
        lines = self.assay("log").out.replace(" (simulated)", "").splitlines()  # in columns, also in a pipe
        self.assertEqual({line.split()[-2] for line in lines}, environments)
        self.assertEqual(len({line.rindex("  ") for line in lines}), 1, lines)
        self.commit("rendered")
        self.assertEnds(self.assay("verify"), OK)
        self.assertEqual(self.assay("tried", "ours.toml", "--environment", "ci", "--json").json()["attempts_spent"], 1)

    def test_so_do_two_records_in_conflict(self):
        os.remove(self.path(".assay/.gitattributes"))
        self.commit("no union")
        self.branch("ours", ("run", "ours.toml", "--environment", "local"))
        self.branch("theirs", ("run", "ours.toml", "--environment", "ci"))
        self.assertNotEqual(self.merge().returncode, 0)
        self.assertFails(self.assay("log"), ERROR, "0002-ours", "assay render")
        self.assertEnds(self.assay("render"), OK)
        self.assertEnds(self.assay("verify"), OK)
        self.assertEqual(len(self.records()), 3)

    def test_everybody_who_renders_gets_the_same(self):
        self.branch("ours", ("run", "ours.toml", "--environment", "local"))
        self.branch("theirs", ("run", "ours.toml", "--environment", "ci"))
        self.merge()
        self.assay("render")
        first = self.records()
        self.git("reset", "-q", "--hard")
        self.git("clean", "-qfd")
        self.assay("render")
        self.assertEqual(self.records(), first)

    def test_a_document_in_conflict_is_mended_and_people_s_words_stay(self):
        os.remove(self.path(".gitattributes"))
        self.write("DECISIONS.md", self.read("DECISIONS.md") + "\nWords of the base.\n")
        self.commit("no union")
        self.branch("ours", ("run", "ours.toml"))
        self.branch("theirs", ("run", "theirs.toml"))
        self.assertNotEqual(self.merge().returncode, 0)
        self.assertIn("<<<<<<<", self.read("DECISIONS.md"))
        self.assertFails(self.assay("verify"), INVALID, "DECISIONS.md", "assay render")
        self.assertEnds(self.assay("render"), OK)
        self.assertEnds(self.assay("verify"), OK)
        self.assertNotIn("<<<<<<<", self.read("DECISIONS.md"))
        self.assertIn("Words of the base.", self.read("DECISIONS.md"))

    def test_a_dead_end_of_one_branch_holds_on_the_other(self):
        self.branch("ours", ("run", "ours.toml"))
        self.branch("theirs", ("run", "theirs.toml"))
        self.merge()
        self.assay("render")
        for name in ("ours", "theirs"):
            self.assertFails(self.assay("run", f"{name}.toml"), REFUSED, f"0002-{name}")


class PagesOfALab(CliTest):
    def test_pages_are_drawn_while_an_attempt_is_open(self):
        self.make_lab()
        file = self.simulated(pace="30 ms", protocol="blocks = 60")
        self.assertEnds(self.assay("run", file, "--pause-after", "0.3 s"), INTERRUPTED)
        self.assertEnds(self.assay("render", "--html", "page.html"), OK)
        self.assertEnds(self.assay("render", "--site", "site"), OK)


if __name__ == "__main__":
    unittest.main()
