#!/usr/bin/python3
"""States with proof: cold and warm starts that were not so do not count."""

import json
import mmap
import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "support"))
from cli import ERROR, INVALID, OK, PROGRAM, WORK, CliTest  # noqa: E402

OLD_KERNEL = os.environ["ASSAY_OLD_KERNEL"]
SIZE = 4 << 20
COLD = '[state.cold]\nevict = ["data/**"]\n'
PROTOCOL = '[protocol]\nseed = "1"\nblocks = 6\n'


def file_system(path):
    return subprocess.run(["stat", "-f", "-c", "%T", path], capture_output=True, text=True, check=True).stdout.strip()


class States(CliTest):
    def setUp(self):
        super().setUp()
        if file_system(self.folder) in ("tmpfs", "ramfs"):
            self.skipTest(f"{self.folder} is on tmpfs, whose files are always in memory")
        self.make_lab()
        os.mkdir(self.path("data"))
        self.make_data("data/store")

    def make_data(self, name):
        with open(self.path(name), "wb") as file:
            file.write(os.urandom(SIZE))
            file.flush()
            os.fsync(file.fileno())

    def states(self, states, workload="", state=COLD, command='["cat", "data/store"]'):
        names = ", ".join(f'"{name}"' for name in states)
        return self.experiment(f"command = {command}\nstates = [{names}]\n{workload}", state + PROTOCOL)

    def run_file(self, **options):
        return self.assay("run", "example.toml", "--json", "--fail-on", "invalid", **options)

    def blocks(self):
        return json.loads(self.read(".assay/records/0001-example.json"))["blocks"]

    def notes(self, cell=0):
        return [note for block in self.blocks() if block["cell"] == cell
                for trial in block["trials"] for note in trial.get("notes", [])]

    def assertUnproven(self, ended, *texts):
        self.assertEnds(ended, INVALID)
        self.assertEqual(ended.json()["workloads"][0]["verdict_reason"], "surroundings", ended.out)
        outcomes = [trial["outcome"] for block in self.blocks() for trial in block["trials"]]
        unproven = [outcome for outcome in outcomes if outcome["kind"] == "state-unproven"]
        self.assertTrue(unproven, outcomes)
        for text in texts:
            self.assertIn(text, unproven[0]["detail"])


class Cold(States):
    def test_cold_and_warm_are_proven_and_judged_each_by_itself(self):
        self.states(["cold", "warm"])
        ended = self.run_file()
        self.assertEnds(ended, OK)
        self.assertEqual([cell["state"] for cell in ended.json()["workloads"]], ["cold", "warm"])
        for note in self.notes(cell=0):
            self.assertRegex(note, r"state cold: 0 B of 4.19 MB in memory before, 4\.\d+ MB fetched")

    def test_a_file_that_another_process_has_mapped_is_not_cold(self):
        self.states(["cold"])
        with open(self.path("data/store"), "rb") as file:
            with mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as mapping:
                self.assertEqual(len(mapping[:]), SIZE)
                ended = self.run_file()
        self.assertUnproven(ended, "stay in memory", "data/store", f"mapped by pid {os.getpid()}")

    def test_a_trial_that_is_served_from_elsewhere_is_not_cold(self):
        self.make_data("copy")
        self.states(["cold"], command='["cat", "copy"]')
        self.assertUnproven(self.run_file(), "B of the 4.19 MB that evict names, less than 5 %: it was served from elsewhere",
                            'reads = "0%"')

    def test_it_counts_where_less_reading_is_what_is_meant(self):
        self.states(["cold"], command='["true"]', state=COLD + 'reads = "0%"\n')
        self.assertEnds(self.run_file(), OK)

    def test_files_that_are_not_there_are_not_cold(self):
        self.states(["cold"], state='[state.cold]\nevict = ["nothing/**"]\n')
        self.assertUnproven(self.run_file(), 'evict "nothing/**": no file matches')

    def test_both_arms_shares_of_void_blocks_are_shown(self):
        # Only treatment reads a copy.
        self.make_data("copy")
        self.experiment('shell = "cat ${FAST:+copy} ${FAST-data/store}"\nstates = ["cold"]', COLD + PROTOCOL)
        self.write("example.toml", self.read("example.toml").replace('treatment = "1"', 'treatment = "copy"'))
        ended = self.assay("run", "example.toml")
        self.assertEnds(ended, INVALID)
        self.assertRegex(ended.out.replace("\n", " "), r"in\s+0\s+trials\s+of\s+control\s+and\s+1\d\s+of\s+treatment")

    def test_a_trial_that_fails_is_not_forgiven_for_its_state(self):
        self.states(["cold"], command='["false"]')
        ended = self.run_file()
        self.assertEqual(ended.json()["verdict_reason"], "unmeasured")

    def test_a_start_that_nothing_proves_may_not_be_called_cold(self):
        self.states(["cold"], state='[state.cold]\nwarmup = 0\n')
        self.assertFails(self.run_file(), ERROR, "nothing would prove that a start is cold", "evict")


class Kernels(States):
    """The same proof wherever the program runs."""

    def prove_cold(self, **options):
        self.states(["cold"])
        ended = self.run_file(**options)
        self.assertEnds(ended, OK)
        self.assertRegex(self.notes()[0], r"state cold: 0 B of 4.19 MB in memory before")
        return ended

    def test_on_a_kernel_without_cachestat(self):
        self.states(["cold"])
        ended = self.finish(subprocess.Popen(
            [OLD_KERNEL, PROGRAM, "run", "example.toml", "--json", "--fail-on", "invalid"], cwd=self.folder,
            env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
        self.assertEnds(ended, OK)
        self.assertRegex(self.notes()[0], r"state cold: 0 B of 4.19 MB in memory before")

    def as_nobody(self):
        if os.geteuid() != 0:
            self.skipTest("only root can become another user; as any other user, every test here is one without rights")
        nobody = 65534
        try:
            subprocess.run([PROGRAM, "--version"], user=nobody, group=nobody, extra_groups=[], capture_output=True)
        except PermissionError:
            self.skipTest("the build lies where other users may not look")
        for folder, _, files in os.walk(self.folder):
            os.chown(folder, nobody, nobody)
            for file in files:
                os.chown(os.path.join(folder, file), nobody, nobody)
        os.chown(self.environment["ASSAY_LOCK_DIR"], nobody, nobody)
        return {"user": nobody, "group": nobody, "extra_groups": []}

    def test_as_a_user_without_rights(self):
        self.states(["cold"])
        ended = self.run_file(**self.as_nobody())
        self.assertEnds(ended, OK)
        self.assertRegex(self.notes()[0], r"state cold: 0 B of 4.19 MB in memory before")

    def test_files_of_another_user_without_cachestat_are_said_to_be_unprovable(self):
        self.states(["cold"])
        user = self.as_nobody()
        os.chown(self.path("data/store"), 0, 0)
        os.chmod(self.path("data/store"), 0o644)
        ended = self.finish(subprocess.Popen(
            [OLD_KERNEL, PROGRAM, "run", "example.toml", "--json", "--fail-on", "invalid"], cwd=self.folder,
            env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            **user))
        self.assertEnds(ended, OK)
        self.assertIn("belongs to another user", " ".join(ended.json()["audit"]["notes"]))

    def test_files_on_tmpfs_are_said_to_be_unprovable(self):
        if file_system("/dev/shm") != "tmpfs" or not os.access("/dev/shm", os.W_OK):
            self.skipTest("/dev/shm is no tmpfs that this user may write")
        with tempfile.NamedTemporaryFile(dir="/dev/shm") as file:
            file.write(b"x" * SIZE)
            file.flush()
            self.states(["cold"], command=f'["cat", "{file.name}"]', state=f'[state.cold]\nevict = ["{file.name}"]\n')
            ended = self.run_file()
        self.assertEnds(ended, OK)
        self.assertIn("is on tmpfs", " ".join(ended.json()["audit"]["notes"]))

    def test_in_a_chroot_on_overlayfs(self):
        if os.geteuid() != 0:
            self.skipTest("only root may mount an overlay and change the root")
        root = self.path("root")
        for name in ("upper", "work", "root"):
            os.mkdir(self.path(name))
        self.states(["cold", "warm"])
        mounting = f"mount -t overlay overlay -o lowerdir=/,upperdir={self.path('upper')},workdir={self.path('work')} {root}"
        inside = f"cd {self.folder} && {PROGRAM} run example.toml --json --fail-on invalid"
        tried = subprocess.run(["unshare", "-m", "sh", "-c", mounting], capture_output=True, text=True, check=False)
        if tried.returncode != 0:
            self.skipTest(f"this place lets nobody mount an overlay: {tried.stderr.strip()}")
        ended = subprocess.run(
            ["unshare", "-m", "sh", "-c",
             f"{mounting} && mount -t proc proc {root}/proc && mount --bind /dev {root}/dev && chroot {root} sh -c '{inside}'"],
            capture_output=True, text=True, env=self.environment, check=False)
        self.assertEqual(ended.returncode, OK, ended.stdout + ended.stderr)
        with open(os.path.join(self.path("upper"), self.folder[1:], ".assay/records/0001-example.json"),
                  encoding="utf-8") as record:
            self.assertIn("state cold: 0 B of 4.19 MB in memory before", record.read())


class Named(States):
    def test_a_state_has_hooks_of_its_own_around_every_trial(self):
        self.states(["seeded"], workload=f'prepare = ["{WORK}", "append", "log", "workload"]', command='["true"]',
                    state=f'[state.seeded]\nwarmup = 0\nprepare = ["{WORK}", "append", "log", "state"]\n'
                          f'conclude = ["{WORK}", "append", "log", "after"]\n')
        self.assertEnds(self.run_file(), OK)
        self.assertEqual(self.read("log").split(), ["workload", "state", "after"] * 12)

    def test_a_proof_that_fails_voids_the_block(self):
        self.states(["cold"], command='["true"]', state='[state.cold]\nprove = { shell = "echo full >&2; exit 1" }\n')
        self.assertUnproven(self.run_file(), "the proof of state cold exited 1: full")

    def test_a_proof_that_holds_is_enough(self):
        self.states(["cold"], command='["true"]', state='[state.cold]\nprove = { command = ["true"] }\n')
        self.assertEnds(self.run_file(), OK)

    def test_a_proof_that_hangs_is_ended(self):
        self.states(["cold"], workload='timeout = "100 ms"', command='["true"]',
                    state='[state.cold]\nwarmup = 0\nprove = { command = ["sleep", "100"] }\n')
        self.assertUnproven(self.run_file(), "the proof of state cold timed out after 100 ms")

    def test_a_hook_of_a_state_that_fails_voids_the_block(self):
        self.states(["seeded"], command='["true"]', state='[state.seeded]\nwarmup = 0\nprepare = ["false"]\n')
        ended = self.run_file()
        self.assertEnds(ended, INVALID)
        self.assertEqual(self.blocks()[0]["trials"][0]["outcome"]["hook"], "prepare of state seeded")


class Warm(States):
    def test_declared_files_are_in_memory(self):
        # A hook puts the input out of memory before every trial: only a repeated warm-up brings it back, and never stays.
        self.states(["warm"], workload='inputs = ["data/**"]\nprepare = ["dd", "of=data/store", "oflag=nocache", '
                                       '"conv=notrunc,fdatasync", "count=0", "status=none"]', state="")
        self.assertUnproven(self.run_file(), "0 B of the 4.19 MB of declared files are in memory, less than 95 %")

    def test_what_the_workload_never_reads_need_not_be(self):
        self.make_data("data/other")
        self.states(["cold", "warm"])
        ended = self.run_file()
        self.assertEnds(ended, OK)
        # Each cold block puts out of memory what its trials do not bring back.
        self.assertIn("warm-ups repeated before it: 1", self.notes(cell=1))
        self.assertIn("leaves 50 % of the declared files in memory", " ".join(ended.json()["audit"]["notes"]))


if __name__ == "__main__":
    unittest.main()
