#!/usr/bin/python3
"""assay run --engine slurm on a real cluster of four virtual nodes."""

import glob
import json
import os
import random
import shutil
import signal
import sys
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
sys.path.insert(0, HERE)
from cli import ERROR, INTERRUPTED, OK, CliTest, wait_until  # noqa: E402
from cluster import Cluster  # noqa: E402

TRIAL = os.path.join(HERE, "trial.py")


def experiment(trial_words="", more="", control="0.30", treatment="0.15", command=None):
    command = command or f'["/usr/bin/python3", "{TRIAL}", "{{pause}}", "marks"{trial_words}]'
    return f"""
[experiment]
id = "pause"
hypothesis = "A shorter pause makes it faster"
[variable]
kind = "argument"
name = "pause"
control = "{control}"
treatment = "{treatment}"
[[workload]]
name = "work"
command = {command}
timeout = "4 s"
[[metric]]
name = "wall"
role = "primary"
margin = "10%"
[protocol]
seed = "7"
{more}
"""


class SlurmTest(CliTest):
    nodes = 4
    extra = ""

    @classmethod
    def setUpClass(cls):
        cls.cluster = Cluster(cls.nodes, cls.extra)

    @classmethod
    def tearDownClass(cls):
        cls.cluster.stop()

    def setUp(self):
        super().setUp()
        self.environment["SLURM_CONF"] = self.cluster.conf
        self.make_lab()
        os.mkdir(self.path("marks"))

    def run_slurm(self, *words):
        return self.assay("run", "--engine", "slurm", "--poll", "0.3 s", "example.toml", *words)

    def start_slurm(self, *words):
        return self.start("run", "--engine", "slurm", "--poll", "0.3 s", "example.toml", *words)

    def spool(self):
        top = self.path(".assay/tmp/spools")
        folders = [name for name in os.listdir(top) if not name.endswith(".lock")] if os.path.isdir(top) else []
        return os.path.join(top, folders[0]) if folders else None

    def results(self):
        spool = self.spool()
        folder = spool and os.path.join(spool, "results")
        if not folder or not os.path.isdir(folder):
            return []
        return sorted(name for name in os.listdir(folder) if not name.startswith("."))

    def claims(self):
        spool = self.spool()
        folder = spool and os.path.join(spool, "claims")
        names = os.listdir(folder) if folder and os.path.isdir(folder) else []
        return [name for name in names if not name.startswith(".")]

    def the_record(self):
        (name,) = self.records()
        return self.record(name)

    def assertQueueEmpties(self):
        """But for tasks that have ended and that Slurm still cleans up after, which takes long if a node was away."""
        try:
            wait_until(lambda: set(self.cluster.call("squeue", "-h", "-r", "-o", "%T").split()) <= {"COMPLETING"}, 100)
        except AssertionError:
            self.fail("still in the queue:\n" + self.cluster.call("squeue", "-r", "-o", "%i %j %T %r %N"))

    def assertSound(self, record):
        """Each number has exactly one block that counts, nothing is left in the queue, and the record can be verified."""
        whole = [block["number"] for block in record["blocks"] if "broken_off" not in block]
        self.assertEqual(sorted(whole), list(range(1, len(whole) + 1)))
        self.assertQueueEmpties()
        self.assertEnds(self.assay("verify"), OK)


class Run(SlurmTest):
    def test_comes_to_the_same_decision_as_the_local_engine(self):
        self.write("example.toml", experiment())
        ended = self.run_slurm("--json")
        self.assertEnds(ended, OK)
        result = ended.json()
        self.assertEqual((result["verdict"], result["decision"], result["environment"]), ("improved", "keep", "slurm"))
        record = self.the_record()
        self.assertSound(record)
        nodes = {block["node"] for block in record["blocks"]}
        self.assertGreater(len(nodes), 1)
        self.assertEqual({node["name"] for node in record["result"]["audit"]["nodes"]}, nodes)
        self.assertEqual(record["plan"]["engine"], "slurm")
        self.assertIsNone(self.spool(), "what was shared with the nodes is removed with the record")
        local = self.assay("run", "example.toml", "--json")
        self.assertEnds(local, OK)
        self.assertEqual((local.json()["verdict"], local.json()["decision"]), ("improved", "keep"))

    def test_says_what_sbatch_refuses(self):
        self.write("example.toml", experiment())
        self.assertFails(self.run_slurm("--slurm-arg=--partition=moon"), ERROR, "sbatch refused the blocks", "partition",
                         "run the same command again")
        self.assertEqual(self.records(), [])
        self.assertEnds(self.run_slurm("--slurm-arg=--partition=main"), OK)

    def test_splits_generations_that_are_larger_than_an_array_may_be(self):
        # The cluster of these tests allows the indices 0 to 3.
        self.write("example.toml", experiment(control="0.1", treatment="0.11", more="blocks = 9"))
        self.assertEnds(self.run_slurm("--fail-on", "none"), OK)
        record = self.the_record()
        self.assertSound(record)
        self.assertEqual(len(record["blocks"]), 9)

    def test_keeps_hidden_values_in_a_file_that_only_its_owner_reads(self):
        self.environment["API_TOKEN"] = "hunter2hunter2hunter2"
        self.write("example.toml", experiment())
        process = self.start_slurm()
        wait_until(lambda: self.results())
        spool = self.spool()
        self.assertEqual(os.stat(os.path.join(spool, "values.json")).st_mode & 0o777, 0o600)
        with open(os.path.join(spool, "plan.json"), encoding="utf-8") as file:
            self.assertNotIn("hunter2", file.read())
        self.assertEnds(self.finish(process), OK)

    def test_stops_after_the_running_blocks_and_goes_on(self):
        self.write("example.toml", experiment())
        process = self.start_slurm()
        wait_until(lambda: self.results())
        process.send_signal(signal.SIGINT)
        stopped = self.finish(process)
        self.assertEnds(stopped, INTERRUPTED)
        self.assertIn("--engine slurm", stopped.err)
        wait_until(lambda: self.cluster.queue() == [])  # a job that has ended is listed a little longer
        self.assertEnds(self.run_slurm(), OK)
        record = self.the_record()
        self.assertSound(record)
        self.assertEqual([block for block in record["blocks"] if "broken_off" in block], [])

    def test_closing_ends_what_the_cluster_still_has(self):
        self.write("example.toml", experiment(control="3", treatment="2.9"))
        process = self.start_slurm()
        wait_until(lambda: "assay" in " ".join(self.cluster.queue()))
        process.kill()
        self.finish(process)
        self.assertEnds(self.assay("close", "--engine", "slurm", "example.toml"), OK)
        wait_until(lambda: self.cluster.queue() == [])
        self.assertIsNone(self.spool())

    def test_refuses_trials_that_write_into_the_folder_that_nodes_share(self):
        self.write("example.toml", experiment().replace('timeout =', 'results = "results.json"\ntimeout ='))
        self.assertFails(self.run_slurm(), ERROR, "results.json", "overwrite")
        self.assertFails(self.assay("aa", "--engine", "slurm", "example.toml"), ERROR, "assay run")


Run.extra = "MaxArraySize=5"


class Queue(SlurmTest):
    """Several experiments at the same time."""

    FILES = ("one.toml", "two.toml")

    def setUp(self):
        super().setUp()
        for number, name in enumerate(self.FILES):
            self.write(name, experiment(control=f"0.4{number}", treatment=f"0.1{number}", more="blocks = 12")
                       .replace('id = "pause"', f'id = "{name[:3]}"'))

    def words(self, *words):
        return ("run", "--engine", "slurm", "--poll", "0.3 s", "--fail-on", "none", *words)

    def run_queue(self, *words):
        return self.assay(*self.words(*words))

    def start_queue(self, *words):
        return self.start(*self.words(*words))

    def spools(self):
        top = self.path(".assay/tmp/spools")
        return [os.path.join(top, name) for name in os.listdir(top)
                if not name.endswith(".lock")] if os.path.isdir(top) else []

    def with_results(self):
        """How many experiments have a result."""
        folders = [os.path.join(spool, "results") for spool in self.spools()]
        return sum(any(not name.startswith(".") for name in os.listdir(folder))
                   for folder in folders if os.path.isdir(folder))

    def starts(self):
        """The experiments in the order in which their blocks began."""
        blocks = [(block["started_ns"], record["plan"]["id"])
                  for record in map(self.record, self.records()) for block in record["blocks"]]
        return [experiment for _, experiment in sorted(blocks)]

    def assertAllDecided(self, blocks=(12, 12)):
        self.assertEqual(len(self.records()), len(self.FILES))
        whole = {}
        for record in map(self.record, self.records()):
            self.assertSound(record)
            whole[record["plan"]["id"]] = len([block for block in record["blocks"] if "broken_off" not in block])
        self.assertEqual(whole, {name[:3]: count for name, count in zip(self.FILES, blocks)})

    def test_interleaves_experiments_and_sums_up_what_they_came_to(self):
        self.write("one.toml", self.read("one.toml").replace("blocks = 12", "blocks = 24"))
        ended = self.run_queue(*self.FILES)
        self.assertEnds(ended, OK)
        self.assertAllDecided(blocks=(24, 12))
        # Whoever is ready first begins. From then on, with as much left of one as of the other, they take turns.
        starts = self.starts()
        beside = starts[starts.index("two"):len(starts) - starts[::-1].index("two")]
        self.assertGreaterEqual(beside.count("one"), 3, starts)
        self.assertRegex(ended.out, r"(?m)^2 files, 0\.0\d+ node-hours$")
        for name in self.FILES:
            self.assertRegex(ended.out, rf"(?m)^  {name}  keep +\d+ blocks  0\.0\d+ node-hours +000\d-{name[:3]}$")
        self.assertEqual(self.spools(), [])

    def test_runs_the_blocks_of_a_higher_priority_first(self):
        self.assertEnds(self.run_queue("--priority", "two.toml=1", *self.FILES), OK)
        self.assertAllDecided()
        first_half = self.starts()[:12]
        self.assertGreaterEqual(first_half.count("two"), 10, first_half)

    def test_stops_when_the_node_hours_are_spent_and_goes_on_with_more(self):
        ended = self.run_queue("--node-hours", "0.003", "--json", *self.FILES)
        self.assertEnds(ended, INTERRUPTED)
        files = ended.json()["files"]
        self.assertEqual([(file["file"], file["end"]) for file in files], [(name, "node-hours") for name in self.FILES])
        self.assertIn("the node-hours are spent; the attempt stays open", files[0]["message"])
        self.assertIn("go on with: assay run --engine slurm one.toml two.toml", ended.err)
        self.assertTrue(all(0 < file["blocks"] < 12 for file in files), files)
        self.assertGreater(sum(file["node_hours"] for file in files), 0.0015)
        self.assertEqual(self.records(), [])
        self.assertQueueEmpties()
        self.assertEnds(self.run_queue(*self.FILES), OK)
        self.assertAllDecided()

    def test_one_experiment_has_a_budget_too(self):
        ended = self.run_queue("--node-hours", "0.0005", "one.toml")
        self.assertEnds(ended, INTERRUPTED)
        self.assertIn("the node-hours are spent; go on with: assay run --engine slurm one.toml", ended.err)
        self.assertEnds(self.run_queue("--node-hours", "1", "one.toml"), OK)
        self.assertEqual(len(self.records()), 1)

    def test_a_file_that_is_refused_or_fails_does_not_keep_others_from_running(self):
        self.assertEnds(self.run_queue("one.toml"), OK)
        self.write("three.toml", experiment(control="0.4").replace('timeout =', 'setup = ["false"]\ntimeout ='))
        ended = self.run_queue("--json", "three.toml", *self.FILES)
        self.assertEqual(ended.code, 4, ended.err)
        result = ended.json()
        self.assertEqual([file["end"] for file in result["files"]], ["failed", "refused", "finished"])
        self.assertIn("setup", result["files"][0]["message"])
        self.assertEqual([file["file"] for file in result["refused"]], ["one.toml"])
        self.assertEqual([one["verdict"] for one in result["results"]], ["invalid", "improved"])
        self.assertAllDecided()

    def test_files_that_ask_the_same_run_one_after_the_other(self):
        self.write("two.toml", self.read("one.toml"))
        ended = self.run_queue("--json", *self.FILES)
        self.assertEqual(ended.code, 5, ended.err)
        self.assertEqual([file["end"] for file in ended.json()["files"]], ["finished", "refused"])

    def interrupt(self, number):
        process = self.start_queue(*self.FILES)
        wait_until(lambda: self.with_results() == 2, 60)
        process.send_signal(number)
        stopped = self.finish(process)
        self.assertEnds(stopped, INTERRUPTED)
        self.assertIn("interrupted, the attempts are open; go on with: assay run --engine slurm one.toml two.toml",
                      stopped.err)
        self.assertEqual(self.records(), [])

    def test_ctrl_c_lets_running_blocks_of_all_end_and_the_same_command_goes_on(self):
        self.interrupt(signal.SIGINT)
        wait_until(lambda: self.cluster.queue() == [])
        self.assertEnds(self.run_queue(*self.FILES), OK)
        self.assertAllDecided()
        for name in self.records():
            self.assertFalse(any("broken_off" in block for block in self.record(name)["blocks"]))

    def test_being_ended_leaves_all_to_the_cluster_and_the_same_command_takes_the_results_in(self):
        self.interrupt(signal.SIGTERM)
        self.assertEnds(self.run_queue(*self.FILES), OK)
        self.assertAllDecided()

    def test_says_which_words_need_a_cluster(self):
        self.assertFails(self.assay("run", "--node-hours", "1", "one.toml"), ERROR, "--node-hours", "--engine slurm")
        self.assertFails(self.assay("run", "--priority", "one.toml=1", "one.toml"), ERROR, "--priority", "--engine slurm")
        self.assertFails(self.run_queue("--priority", "tow.toml=1", *self.FILES), ERROR, "tow.toml", "none of the FILEs")
        self.assertFails(self.run_queue("--priority", "one.toml=high", *self.FILES), ERROR, "FILE=NUMBER")


class Failures(SlurmTest):
    nodes = 2

    def test_a_setup_that_fails_on_the_nodes_ends_the_session_with_what_it_said(self):
        self.write("example.toml", experiment().replace('timeout =', 'setup = ["false"]\ntimeout ='))
        ended = self.run_slurm()
        self.assertEqual(ended.code, 4, ended.err)
        self.assertIn("setup", ended.err)
        self.assertEqual(self.records(), [])
        wait_until(lambda: self.cluster.queue() == [])

    def test_a_worker_that_cannot_start_ends_the_session_and_the_same_command_goes_on_once_that_is_mended(self):
        self.write("example.toml", experiment())
        ended = self.run_slurm("--slurm-arg=--output=/no/such/folder/%a.log")
        self.assertFails(ended, ERROR, "lost", "4 times before a trial", "run the same command again")
        self.assertEqual(self.records(), [])
        self.assertEnds(self.run_slurm(), OK)
        self.assertSound(self.the_record())

    def test_a_task_that_a_person_cancels_in_the_middle_is_a_lost_block(self):
        self.write("example.toml", experiment(control="2", treatment="1.9", more="blocks = 6"))
        process = self.start_slurm("--fail-on", "none")
        wait_until(lambda: self.claims(), 60)
        self.cluster.call("scancel", "-u", "root")
        self.assertEnds(self.finish(process), OK)
        record = self.the_record()
        self.assertSound(record)
        lost = [block for block in record["blocks"] if "broken_off" in block]
        self.assertGreater(len(lost), 0)
        self.assertTrue(all(block["node"] for block in lost))
        self.assertIn("was lost on", " ".join(record["result"]["audit"]["notes"]))

    def test_a_task_that_falls_silent_is_cancelled_and_its_block_is_lost(self):
        self.write("example.toml", experiment(control="1", treatment="0.9", more="blocks = 6")
                   .replace('timeout = "4 s"', 'timeout = "3 s"'))
        process = self.start_slurm("--fail-on", "none")
        wait_until(lambda: self.claims(), 60)
        claim = json.loads(self.read(os.path.join(self.spool(), "claims", self.claims()[0])))
        self.cluster.stop_worker(claim["node"])
        self.assertEnds(self.finish(process), OK)
        record = self.the_record()
        self.assertSound(record)
        lost = [block for block in record["blocks"] if "broken_off" in block]
        self.assertEqual([block["node"] for block in lost], [claim["node"]])
        self.assertIn("nothing was heard of it for too long", " ".join(record["result"]["audit"]["notes"]))

    def test_a_task_that_nobody_waits_for_any_more_takes_no_others_of_its_array_with_it(self):
        self.write("example.toml", experiment(control="1", treatment="0.9", more="blocks = 8"))
        process = self.start_slurm("--fail-on", "none")
        wait_until(lambda: self.results(), 60)
        # Another task hands in the last block, whose own task waits, as after a controller was restored.
        spool = self.spool()
        order = json.loads(self.read(os.path.join(spool, "generations", "g1.json")))["orders"][-1]
        result = json.loads(self.read(os.path.join(spool, "results", self.results()[0])))
        result["block"].update({key: order[key] for key in ("number", "rerun", "padding")})
        result["block"]["trials"].sort(key=lambda trial: order["arms"].index(trial["arm"]))
        self.write(os.path.join(spool, "results", f"c0-b8-r0.g1.{'0' * 16}.json"), json.dumps(result))
        generations = set()
        while process.poll() is None:
            generations.update(glob.glob(os.path.join(spool, "generations", "g*.json")))
            time.sleep(0.1)
        self.assertEnds(self.finish(process), OK)
        self.assertEqual({os.path.basename(path) for path in generations}, {"g1.json"})
        self.assertSound(self.the_record())

    def test_a_daemon_of_a_node_that_is_started_again_harms_no_block(self):
        self.write("example.toml", experiment(control="2", treatment="1.9", more="blocks = 6"))
        process = self.start_slurm("--fail-on", "none")
        wait_until(lambda: self.claims(), 60)
        for node in ("n1", "n2"):
            self.cluster.kill_daemon(node)
        time.sleep(1)
        for node in ("n1", "n2"):
            self.cluster.start_node(node)
        self.assertEnds(self.finish(process), OK)
        record = self.the_record()
        self.assertSound(record)
        self.assertEqual(len(record["blocks"]), 6, "none was lost or run twice")

    def test_takes_results_in_while_the_controller_is_down_and_goes_on_when_it_is_back(self):
        self.write("example.toml", experiment(control="4", treatment="3.9", more="blocks = 6"))
        process = self.start_slurm("--fail-on", "none")
        wait_until(lambda: self.claims(), 60)
        self.cluster.kill_controller()
        self.assertLess(len(self.results()), len(self.claims()), "trials are shorter than the controller takes to save")
        before = len(self.results())
        wait_until(lambda: len(self.results()) > before, 60)
        self.cluster.start_controller()
        self.assertEnds(self.finish(process), OK)
        self.assertSound(self.the_record())

    def test_lost_submissions_are_submitted_again(self):
        self.write("example.toml", experiment())
        process = self.start_slurm()
        wait_until(lambda: self.cluster.queue())
        # What is waiting is forgotten, as by a controller whose state is restored from before.
        self.cluster.call("scancel", "-u", "root", "--state=PENDING")
        self.assertEnds(self.finish(process), OK)
        self.assertSound(self.the_record())


class Chaos(SlurmTest):
    def chaos(self, seed):
        drawn = random.Random(seed)
        self.write("example.toml", experiment(trial_words=', "fails=5", "dies=7"', more="blocks = 12"))
        process = self.start_slurm("--fail-on", "none")
        wait_until(lambda: self.results(), 60)
        duplicate = self.results()[0]
        content = json.loads(self.read(os.path.join(self.spool(), "results", duplicate)))
        for trial in content["block"]["trials"]:
            trial["usage"]["wall_ns"] = 1  # a duplicate that would look splendid
        block, generation, _, _ = duplicate.split(".")
        steps = [lambda: self.cluster.kill_node("n2"), self.restart_controller, process.kill,
                 lambda: self.write(os.path.join(self.spool(), "results", f"{block}.{generation}.{'f' * 16}.json"),
                                    json.dumps(content))]
        drawn.shuffle(steps)
        for step in steps:
            time.sleep(drawn.uniform(0, 0.7))
            step()
        self.finish(process)
        self.cluster.start_node("n2")
        ended = self.run_slurm("--fail-on", "none", "--json")
        self.assertEnds(ended, OK)
        record = self.the_record()
        self.assertSound(record)
        whole = [block for block in record["blocks"] if "broken_off" not in block]
        self.assertEqual(len(whole), 12)
        self.assertNotIn(1, [trial["usage"]["wall_ns"] for block in whole for trial in block["trials"]])
        failed = {block["number"] for block in whole if any(t["outcome"]["kind"] == "exited" for t in block["trials"])}
        self.assertEqual(failed, {5})
        died = [block for block in record["blocks"] if "broken_off" in block and block["number"] == 7]
        self.assertEqual(len(died), 1)
        self.assertGreaterEqual(record["result"]["lost_blocks"], 1)

    def restart_controller(self):
        self.cluster.kill_controller()
        time.sleep(0.5)
        self.cluster.start_controller()

    def test_ends_with_one_result_of_each_block_whatever_breaks_1(self):
        self.chaos(1)

    def test_ends_with_one_result_of_each_block_whatever_breaks_2(self):
        self.chaos(2)

    def test_ends_with_one_result_of_each_block_whatever_breaks_3(self):
        self.chaos(3)


if __name__ == "__main__":
    if os.geteuid() != 0:
        print("the daemons of the nodes need root", file=sys.stderr)
        sys.exit(77)
    unittest.main()
