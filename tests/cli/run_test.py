#!/usr/bin/python3
"""assay run and assay close: from an experiment file to a record."""

import contextlib
import json
import os
import shutil
import signal
import sqlite3
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import (ACT, ERROR, INCONCLUSIVE, INTERRUPTED, INVALID, OK, REFUSED, WORK, WORSE, CliTest,  # noqa: E402
                 read_until, wait_until)

BROAD = '[protocol]\nseed = "1"\nmax_blocks = 8\n'


class Run(CliTest):
    def setUp(self):
        super().setUp()
        self.make_lab()

    def run_file(self, *words, **options):
        return self.assay("run", "example.toml", *words, **options)

    def test_records_a_verdict(self):
        self.simulated()
        ended = self.run_file("--json")
        self.assertEnds(ended, OK)
        result = ended.json()
        self.assertEqual((result["verdict"], result["decision"], result["record"]), ("improved", "keep", "0001"))
        self.assertEqual(result["actor"], "tester")
        self.assertEqual(self.records(), ["0001-example.json"])
        self.assertIn("## 0001 example: improved", self.read("DECISIONS.md"))

    def test_gives_the_exit_code_of_the_verdict(self):
        for shift, code in (("6%", WORSE), ("0%", OK)):
            with self.subTest(shift=shift):
                self.simulated(shift=shift, name=f"example{shift}.toml")
                self.assertEnds(self.assay("run", f"example{shift}.toml", "--environment", f"e{code}"), code)
        self.simulated(shift="3%", protocol="max_blocks = 6", name="short.toml")
        self.assertEnds(self.assay("run", "short.toml", "--environment", "e3"), INCONCLUSIVE)

    def test_fails_on_what_is_asked(self):
        self.simulated(shift="6%")
        self.assertEnds(self.run_file("--fail-on", "none"), OK)

    def test_keeps_what_people_wrote_in_the_document(self):
        self.write("DECISIONS.md", "# Ours\n\nKept.\n")
        self.simulated()
        self.run_file()
        self.assertTrue(self.read("DECISIONS.md").startswith("# Ours\n\nKept.\n"))

    def test_keeps_simulations_apart_from_machines(self):
        self.simulated()
        self.assertEqual(self.run_file("--json").json()["environment"], "simulated")

    def test_runs_the_commands_unless_a_simulation_is_asked_for(self):
        self.experiment('command = ["touch", "ran"]', '[protocol]\nblocks = 6\n[simulated]\nshift = "-50%"\n')
        ended = self.run_file("--engine", "local", "--json", "--fail-on", "none")
        self.assertTrue(os.path.exists(self.path("ran")))
        self.assertEqual(ended.json()["environment"], "local")

    def test_says_that_trials_were_simulated(self):
        self.simulated()
        self.assertIn("simulated", self.run_file().out)
        self.assertIn("simulated trials", self.read("DECISIONS.md"))

    def test_refuses_a_cap_where_the_file_fixes_the_blocks(self):
        self.simulated(protocol="blocks = 12")
        self.assertFails(self.run_file("--max-blocks", "8"), ERROR, "blocks = 12", "--max-blocks", "8")
        self.assertEqual(self.records(), [])

    def test_finds_the_lab_above_the_file(self):
        os.mkdir(self.path("deep"))
        self.simulated(name="deep/example.toml")
        self.assertEnds(self.assay("run", "deep/example.toml"), OK)
        self.assertEqual(self.records(), ["0001-example.json"])

    def test_runs_several_files(self):
        self.simulated(name="one.toml")
        self.simulated(shift="6%", name="two.toml")
        ended = self.assay("run", "one.toml", "two.toml", "--json", "--environment", "x")
        # They state the same hypothesis: the second is refused, the first is there.
        self.assertEnds(ended, REFUSED)
        self.assertEqual([one["verdict"] for one in ended.json()["results"]], ["improved"])

    def test_goes_on_with_the_next_file_if_one_is_refused(self):
        self.simulated(name="one.toml")
        self.assertEnds(self.assay("run", "one.toml", "--environment", "x"), OK)
        self.write("two.toml", self.read("one.toml").replace('"FAST"', '"OTHER"'))
        ended = self.assay("run", "one.toml", "two.toml", "--json", "--environment", "x")
        self.assertEnds(ended, REFUSED)
        self.assertEqual([one["verdict"] for one in ended.json()["results"]], ["improved"])
        self.assertEqual([one["file"] for one in ended.json()["refused"]], ["one.toml"])
        self.assertIn("assay: ", ended.err)

    def test_sums_up_what_several_files_came_to(self):
        self.simulated(name="one.toml")
        self.simulated(name="two.toml")
        self.write("two.toml", self.read("one.toml").replace('"FAST"', '"OTHER"'))
        self.assertEnds(self.assay("run", "two.toml", "--environment", "x"), OK)
        ended = self.assay("run", "one.toml", "two.toml", "--environment", "x")
        self.assertEnds(ended, REFUSED)
        self.assertRegex(ended.out, r"(?m)^2 files\n  one.toml  keep +\d+ blocks  \d+-\S+\n  two.toml  refused  .*decided")
        quiet = self.assay("run", "one.toml", "two.toml", "--environment", "x", "--quiet")
        self.assertNotIn("2 files", quiet.out)

    def test_tells_programs_how_each_of_several_files_ended(self):
        self.simulated(name="one.toml")
        self.simulated(name="two.toml")
        self.write("two.toml", self.read("one.toml").replace('"FAST"', '"OTHER"'))
        files = self.assay("run", "one.toml", "two.toml", "--json", "--environment", "x").json()["files"]
        self.assertEqual([(file["file"], file["end"], file["decision"]) for file in files],
                         [("one.toml", "finished", "keep"), ("two.toml", "finished", "keep")])
        self.assertEqual(files[0]["record"] + ".json", self.records()[0])
        self.assertNotIn("node_hours", files[0])

    def test_refuses_words_that_need_a_cluster(self):
        self.simulated(name="one.toml")
        self.assertFails(self.assay("run", "--node-hours", "1", "one.toml"), ERROR, "--node-hours", "--engine slurm")
        self.assertFails(self.assay("run", "--priority", "one.toml=1", "one.toml"), ERROR, "--priority",
                         "one after the other")
        self.assertFails(self.assay("run", "--node-hours", "0", "one.toml"), ERROR, "--node-hours", "more than 0")

    def test_says_why_a_block_is_void(self):
        self.write("flaky.sh", "n=$(cat n 2>/dev/null || echo 0); echo $((n + 1)) > n; test $n -ne 5 || { echo no disk >&2; exit 3; }\n")
        self.experiment('command = ["true"]\nprepare = ["sh", "flaky.sh"]', '[protocol]\nblocks = 6\n')
        ended = self.run_file("--json", "--fail-on", "none")
        notes = " ".join(ended.json()["audit"]["notes"])
        self.assertRegex(notes, r"block \d of work is (void and run again|lost): \w+: .*exited 3: no disk")

    def test_reads_json_files_too(self):
        self.write("example.json", """{"experiment": {"id": "j", "hypothesis": "h"},
            "variable": {"kind": "env", "name": "FAST", "control": "a", "treatment": "b"},
            "workload": [{"name": "w", "command": ["true"]}],
            "metric": [{"name": "wall", "role": "primary", "margin": "3%"}],
            "simulated": {"shift": "-6%"}, "protocol": {"seed": "1"}}""")
        self.assertEnds(self.assay("run", "example.json"), OK)

    def test_measures_a_real_workload_with_metrics_checks_and_hooks(self):
        self.experiment(
            f'command = ["{WORK}", "write", "results.json", \'{{"speed": 7}}\']\n'
            f'prepare = ["{WORK}", "append", "log", "prepare"]\nresults = "results.json"',
            '[[metric]]\nname = "speed"\nfrom = "json:/speed"\nrole = "guard"\nmargin = "10%"\n'
            '[[check]]\nname = "same"\nkind = "same-output"\nfile = "results.json"\n'
            f'[[check]]\nname = "there"\nkind = "command"\ncommand = ["{WORK}", "exists", "results.json"]\n' + BROAD)
        result = self.run_file("--json", "--fail-on", "none").json()
        workload = result["workloads"][0]
        speed = [metric for metric in workload["metrics"] if metric["name"] == "speed"][0]
        self.assertEqual(speed["control"]["median"], 7)
        self.assertTrue(all(check["passed"] for check in workload["checks"]), result)
        self.assertEqual(len(self.read("log").split()), result["trials"] + 2)

    def test_never_keeps_a_treatment_that_skips_the_work(self):
        self.experiment(
            f'command = ["{WORK}", "write-where", "out", "page", "SLOW"]\nset = {{ SLOW = "1" }}',
            '[[check]]\nname = "same page"\nkind = "same-output"\nfile = "out"\n' + BROAD)
        text = self.read("example.toml").replace('name = "FAST"', 'name = "SLOW"')
        text = text.replace("control = { unset = true }", 'control = "1"').replace(
            'treatment = "1"', "treatment = { unset = true }").replace('set = { SLOW = "1" }', "")
        self.write("example.toml", text)
        ended = self.run_file("--json")
        self.assertEnds(ended, INVALID)
        result = ended.json()
        self.assertEqual(result["decision"], "discard")
        self.assertIn("out was not written by this trial", str(result["workloads"][0]["checks"]))

    def test_calls_it_confounded_where_a_declared_input_changes(self):
        self.write("data", "1")
        self.experiment(f'command = ["{WORK}", "append", "data", "more"]\ninputs = ["data"]', BROAD)
        ended = self.run_file("--json")
        self.assertEnds(ended, INVALID)
        result = ended.json()
        self.assertEqual((result["verdict"], result["stop"]), ("invalid", "audit"))
        self.assertIn("data changed during the attempt", result["audit"]["intruders"][0])

    def test_hides_secrets_from_the_record(self):
        self.experiment('command = ["true"]', BROAD)
        self.run_file(environment={"API_TOKEN": "hunter2"})
        self.assertNotIn("hunter2", self.read(".assay/records/0001-example.json"))
        with open(self.path(".assay/lab.db"), "rb") as journal:
            self.assertNotIn(b"hunter2", journal.read())

    def test_gives_trials_the_frozen_environment(self):
        self.experiment(f'command = ["{WORK}", "append-variable", "log", "COLOUR"]', BROAD)
        self.run_file(environment={"COLOUR": "blue"})
        self.assertEqual(set(self.read("log").split()), {"blue"})


class Attempts(CliTest):
    def setUp(self):
        super().setUp()
        self.make_lab()

    def inconclusive(self, **options):
        self.simulated(shift="3%", protocol="max_blocks = 6\nattempts = 2", **options)

    def test_a_decided_hypothesis_is_not_run_again(self):
        self.simulated()
        self.assertEnds(self.assay("run", "example.toml"), OK)
        self.assertFails(self.assay("run", "example.toml"), REFUSED, "0001-example", "improved")

    def test_renaming_does_not_revive_it(self):
        self.simulated(shift="6%")
        self.assertEnds(self.assay("run", "example.toml"), WORSE)
        self.write("other.toml", self.read("example.toml").replace('id = "example"', 'id = "other"'))
        self.assertFails(self.assay("run", "other.toml"), REFUSED, "0001-example")

    def test_another_environment_is_another_matter(self):
        self.simulated()
        self.assertEnds(self.assay("run", "example.toml"), OK)
        self.assertEnds(self.assay("run", "example.toml", "--environment", "ci"), OK)

    def test_spent_attempts_make_a_dead_end(self):
        self.inconclusive()
        for attempt in (1, 2):
            ended = self.assay("run", "example.toml", "--json")
            self.assertEqual(ended.json()["attempt"], attempt)
        self.assertFails(self.assay("run", "example.toml"), REFUSED, "dead end", "2 attempts", "0002-example")

    def test_attempts_are_counted_from_the_records_alone(self):
        self.inconclusive()
        self.assay("run", "example.toml")
        os.remove(self.path(".assay/lab.db"))  # as in a fresh clone
        self.assertEqual(self.assay("run", "example.toml", "--json").json()["attempt"], 2)

    def test_deleting_a_record_does_not_give_its_attempt_back(self):
        self.inconclusive()
        self.assay("run", "example.toml")
        os.remove(self.path(".assay/records/0001-example.json"))
        self.assertEqual(self.assay("run", "example.toml", "--json").json()["attempt"], 2)

    def test_an_attempt_that_could_not_be_set_up_is_not_spent(self):
        self.experiment(f'command = ["true"]\nsetup = ["{WORK}", "fail", "1", "no"]', BROAD)
        self.assertFails(self.assay("run", "example.toml"), INVALID, "setup")
        self.experiment('command = ["true"]\nsetup = ["true"]', BROAD)
        self.assertEqual(self.assay("run", "example.toml", "--json").json()["attempt"], 1)


class Seeds(CliTest):
    def setUp(self):
        super().setUp()
        self.make_lab()

    def seeds_of_a_run(self):
        self.experiment('command = ["true"]', '[protocol]\nseed = "7"\nblocks = 6\n')
        self.assay("run", "example.toml")
        plan = self.record("0001-example.json")["plan"]
        self.assertEnds(self.assay("verify"), OK)
        return plan["stated_seed"], plan["seed"], plan["seed_entropy"]

    def test_what_a_file_states_does_not_tell_the_order(self):
        stated, seed, entropy = self.seeds_of_a_run()
        self.assertEqual(stated, "0x0000000000000007")
        self.assertEqual(len(entropy), 64)
        self.assertNotEqual(seed, stated)
        for folder in ("records", "openings"):
            shutil.rmtree(self.path(f".assay/{folder}"))
        for name in os.listdir(self.path(".assay")):
            if name.startswith("lab.db") or name.startswith("index.db"):
                os.remove(self.path(f".assay/{name}"))
        os.remove(self.path("DECISIONS.md"))
        os.makedirs(self.path(".assay/records"))
        self.assertNotEqual(self.seeds_of_a_run()[1], seed)


class BadInput(CliTest):
    def test_no_lab(self):
        self.simulated()
        self.assertFails(self.assay("run", "example.toml"), ERROR, "no lab", "assay init")

    def test_no_file(self):
        self.assertFails(self.assay("run", "nothing.toml"), ERROR, "nothing.toml")

    def test_a_mistake_in_the_second_file_is_told_before_the_first_is_run(self):
        self.make_lab()
        self.simulated(name="good.toml")
        self.write("bad.toml", "[experiment\n")
        self.assertFails(self.assay("run", "good.toml", "bad.toml"), ERROR, "bad.toml:1")
        self.assertEqual(self.records(), [])

    def test_arms_that_are_the_same(self):
        self.make_lab()
        self.experiment('command = ["true"]')
        self.write("example.toml", self.read("example.toml").replace("control = { unset = true }", 'control = "1"'))
        self.assertFails(self.assay("run", "example.toml"), ERROR, "example.toml")

    def test_a_missing_program(self):
        self.make_lab()
        self.experiment('command = ["./nothing"]')
        self.assertFails(self.assay("run", "example.toml"), ERROR, "nothing", "control")

    def test_an_input_pattern_that_matches_nothing(self):
        self.make_lab()
        self.experiment('command = ["true"]\ninputs = ["data/**"]')
        self.assertFails(self.assay("run", "example.toml"), ERROR, "data/**")

    def test_a_journal_from_a_newer_version(self):
        self.make_lab()
        self.simulated()
        self.assay("run", "example.toml")
        journal = sqlite3.connect(self.path(".assay/lab.db"))
        journal.execute("PRAGMA user_version = 1000")
        journal.close()
        self.assertFails(self.assay("run", "example.toml"), ERROR, "newer")

    def test_a_file_that_changed_under_an_interrupted_attempt(self):
        self.make_lab()
        self.simulated(pace="50 ms")
        process = self.start("run", "example.toml")
        read_until(process.stderr, "block")
        process.terminate()
        self.assertEqual(self.finish(process).code, INTERRUPTED)
        self.simulated(pace="50 ms", protocol="kappa = 0")
        self.assertFails(self.assay("run", "example.toml"), ERROR, "changed", "assay close example.toml")
        ended = self.assay("close", "example.toml", "--json")
        self.assertEnds(ended, OK)
        self.assertEqual((ended.json()["verdict"], ended.json()["stop"]), ("inconclusive", "interrupted"))
        self.assertEqual(self.records(), ["0001-example.json"])

    def interrupted(self):
        """An attempt that was stopped between its first block and its first look, and what it said."""
        self.make_lab()
        self.simulated(pace="200 ms", protocol="min_blocks = 100")
        process = self.start("run", "example.toml")
        wait_until(lambda: self.journalled_blocks() > 0)
        process.terminate()
        return self.finish(process)

    def test_an_interrupted_attempt_has_no_verdict_and_is_not_called_noisy(self):
        ended = self.interrupted()
        self.assertEqual(ended.code, INTERRUPTED)
        self.assertRegex(ended.out, r"^interrupted after \d+ of at most 200 blocks; no verdict yet \(the first look is "
                                    r"at 100\)\n")
        for word in ("undecided", "noisy", "no block gave", "closed"):
            self.assertNotIn(word, ended.out)
        self.assertIn("the attempt is open", ended.err)
        planned = self.assay("plan", "example.toml")
        self.assertEnds(planned, OK)
        self.assertRegex(planned.out, r"^run would go on with attempt 1, \d+ blocks? so far\n")
        closed = self.assay("close", "example.toml")
        self.assertRegex(closed.out, r"^closed after \d+ of at most 200 blocks, before a verdict\n")
        self.assertRegex(self.read("DECISIONS.md"),
                         r"- result: closed after \d+ of at most 200 blocks, before a verdict\n")
        self.assertEnds(self.assay("verify"), OK)
        self.assertRegex(self.assay("plan", "example.toml").out, r"\nattempt +2 of 3,")

    def test_a_plan_says_that_a_run_would_refuse(self):
        self.make_lab()
        self.simulated(shift="-40%")
        self.assertEnds(self.assay("run", "example.toml"), OK)
        planned = self.assay("plan", "example.toml")
        self.assertEnds(planned, OK)
        self.assertTrue(planned.out.startswith("run would refuse: example is decided: record 0001-example"),
                        planned.out)
        self.assertEqual(self.assay("plan", "example.toml", "--json").json()["run"]["does"], "refuses")

    def test_closing_what_is_not_open(self):
        self.make_lab()
        self.simulated()
        self.assertFails(self.assay("close", "example.toml"), ERROR, "open")



class Interrupted(CliTest):
    def test_samples_that_were_altered_meanwhile_are_no_measurements(self):
        self.make_lab()
        self.experiment('command = ["sleep", "0.05"]', "[protocol]\nmax_blocks = 12\n")
        process = self.start("run", "example.toml", "--json")
        wait_until(lambda: self.journalled_blocks() >= 3)
        process.send_signal(signal.SIGTERM)
        self.assertEnds(self.finish(process), INTERRUPTED)
        with contextlib.closing(sqlite3.connect(self.path(".assay/lab.db"))) as journal:
            for number, text in journal.execute("SELECT id, block_json FROM block").fetchall():
                block = json.loads(text)
                for trial in block["trials"]:
                    if trial["arm"] == 1:
                        trial["usage"]["wall_ns"] = trial["usage"]["wall_ns"] * 6 // 10
                        trial["values"] = [trial["usage"]["wall_ns"] / 1e9]
                journal.execute("UPDATE block SET block_json = ? WHERE id = ?",
                                (json.dumps(block, sort_keys=True, separators=(",", ":")), number))
            journal.commit()
        result = self.assay("run", "example.toml", "--json", "--fail-on", "none").json()
        self.assertEqual((result["verdict"], result["reason"]), ("invalid", "confounded"))
        self.assertIn("block 1 of the journal is not as it was written when it ended", result["audit"]["intruders"])


class Vigilant(CliTest):
    """Trials that nothing announces, after the last block."""

    PROTOCOL = '[protocol]\nmax_blocks = 12\ndirection = "better"\nseed = "1"\n'

    def setUp(self):
        super().setUp()
        self.make_lab()

    def run_program(self, program, *words):
        self.write("work.py", "import os, time\n" + program)
        self.experiment('command = ["/usr/bin/python3", "work.py"]', self.PROTOCOL)
        return self.assay("run", "example.toml", "--json", *words)

    def test_a_program_that_works_only_where_nothing_announces_it_is_not_kept(self):
        # Far slower than any trial that counts, though the machine is busy.
        cheat = ("fast = 0.01 if 'ASSAY_ARM_DIR' in os.environ else 0.6\n"
                 "time.sleep(fast if 'FAST' in os.environ else 0.15)\n")
        result = self.run_program(cheat, "--vigilant").json()
        self.assertEqual((result["verdict"], result["decision"], result["reason"]),
                         ("improved", "undecided", "unannounced-trials"))
        self.assertEqual([len(arm["values"]) for arm in result["audit"]["unannounced"]], [3, 3])
        self.assertIn("in a place where nothing announces", " ".join(self.read("DECISIONS.md").split()))
        self.assertEnds(self.assay("verify"), OK)
        # Asking for less than that afterwards needs a reason.
        self.assertFails(self.assay("run", "example.toml"), REFUSED, "--allow vigilance")

    def test_an_honest_improvement_is_kept(self):
        result = self.run_program("time.sleep(0.02 if 'FAST' in os.environ else 0.15)\n", "--vigilant").json()
        self.assertEqual((result["decision"], result["reason"]), ("keep", "improved"))
        self.assertEqual([len(arm["values"]) for arm in result["audit"]["unannounced"]], [3, 3])

    def test_a_check_that_is_lenient_with_treatment_is_found_before_the_first_block(self):
        self.write("work.sh", '#!/bin/sh\ntest "$FAST" = 1 || sleep 0.1\necho right > out.txt\n')
        self.write("check.sh", '#!/bin/sh\ntest "$FAST" = 1 || grep -q right out.txt\n')
        for script in ("work.sh", "check.sh"):
            os.chmod(self.path(script), 0o755)
        self.experiment('command = ["./work.sh"]\nprepare = ["rm", "-f", "out.txt"]',
                        '[[check]]\nname = "right"\nkind = "command"\ncommand = ["./check.sh"]\n' + self.PROTOCOL)
        result = self.assay("run", "example.toml", "--json", "--vigilant").json()
        self.assertEqual((result["verdict"], result["reason"]), ("invalid", "confounded"))
        self.assertEqual(result["workloads"][0]["blocks"], 0)
        self.assertRegex(" ".join(result["audit"]["intruders"]),
                         "an arm broken on purpose .*null command in the environment of .*check right failed")

    def test_a_check_that_nothing_can_fail_is_noted(self):
        self.experiment("shell = \"test -n \\\"$FAST\\\" || sleep 0.1\"",
                        '[[check]]\nname = "idle"\nkind = "command"\ncommand = ["true"]\n' + self.PROTOCOL)
        result = self.assay("run", "example.toml", "--json", "--vigilant").json()
        self.assertEqual(result["decision"], "keep", result["audit"])
        self.assertRegex(" ".join(result["audit"]["notes"]), "check idle of .* lets an arm pass that was broken on purpose")

    def test_isolation_is_challenged_again_before_a_drawn_block(self):
        # It keeps to itself in its first five runs, which are those of the warm-up and of the first challenge, and again
        # before the last one.
        self.write("work.py", """import os, time
time.sleep(0.02 if "FAST" in os.environ else 0.1)
if "FAST" in os.environ:
    open("runs", "a").write("x")
    if 5 < os.path.getsize("runs") < 20:
        print(open("left").read() if os.path.exists("left") else "")
        open("left", "w").write(str(os.getpid()))
print("right")
""")
        self.experiment('command = ["/usr/bin/python3", "work.py"]',
                        '[[check]]\nname = "alone"\nkind = "isolation"\n' + self.PROTOCOL)
        result = self.assay("run", "example.toml", "--json", "--vigilant", "--fail-on", "none").json()
        self.assertNotEqual(result["decision"], "keep", result)
        self.assertFalse([check for check in result["workloads"][0]["checks"] if check["name"] == "alone"][0]["passed"])

    def test_an_arm_that_needs_what_assay_sets_is_not_tried(self):
        needs = "open(os.environ['ASSAY_ARM_DIR'] + '/x', 'w').close()\ntime.sleep(0.02 if 'FAST' in os.environ else 0.15)\n"
        result = self.run_program(needs, "--vigilant").json()
        self.assertEqual((result["decision"], result["reason"]), ("keep", "improved"))
        self.assertEqual([(arm["values"], arm["not_tried"][:8]) for arm in result["audit"]["unannounced"]],
                         [([], "exited 1"), ([], "exited 1")])

    def test_nothing_more_is_run_unless_it_is_asked_for(self):
        result = self.run_program("time.sleep(0.02 if 'FAST' in os.environ else 0.15)\n").json()
        self.assertNotIn("unannounced", result["audit"])


if __name__ == "__main__":
    unittest.main()
