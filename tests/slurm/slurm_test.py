#!/usr/bin/python3
"""assay run --engine slurm on a real cluster of four virtual nodes."""

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
        self.assertEqual(self.cluster.queue(), [])
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

        def claims():
            spool = self.spool()
            folder = spool and os.path.join(spool, "claims")
            return os.listdir(folder) if folder and os.path.isdir(folder) else []
        wait_until(claims, 60)
        self.cluster.call("scancel", "-u", "root")
        self.assertEnds(self.finish(process), OK)
        record = self.the_record()
        self.assertSound(record)
        lost = [block for block in record["blocks"] if "broken_off" in block]
        self.assertGreater(len(lost), 0)
        self.assertTrue(all(block["node"] for block in lost))
        self.assertIn("was lost on", " ".join(record["result"]["audit"]["notes"]))

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
