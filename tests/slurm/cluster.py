"""A real Slurm cluster of virtual nodes on this host, and what can happen to it."""

import os
import shutil
import signal
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def _read(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def processes():
    """Process id, parent and environment of every process that may be looked at."""
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        status = _read(f"/proc/{name}/stat").rpartition(b")")[2].split()
        if len(status) > 1:
            yield int(name), int(status[1]), _read(f"/proc/{name}/environ").split(b"\0")


class Cluster:
    def __init__(self, nodes, extra=""):
        self.folder = tempfile.mkdtemp(prefix="assay-slurm-")
        shutil.rmtree(self.folder)  # up.sh makes it
        self.conf = os.path.join(self.folder, "etc", "slurm.conf")
        self.environment = {**os.environ, "SLURM_CONF": self.conf}
        subprocess.run([f"{HERE}/up.sh", self.folder, str(nodes)], check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, "SLURM_EXTRA": extra})

    def stop(self):
        subprocess.run([f"{HERE}/down.sh", self.folder], check=True)

    def call(self, *words):
        return subprocess.run(words, env=self.environment, check=True, stdout=subprocess.PIPE, text=True,
                              timeout=60).stdout

    def queue(self):
        """The names of all jobs that have not ended."""
        return self.call("squeue", "-h", "-r", "-o", "%j").split()

    def _pid(self, name):
        with open(os.path.join(self.folder, "run", name + ".pid"), encoding="ascii") as file:
            return int(file.read())

    def kill_controller(self):
        """As if its host failed, after it had written which tasks run.

        A controller that lost them gives their ids to other tasks, and then drains the nodes where the lost ones still
        run, for good: nothing that is submitted can help there.
        """
        self._save_what_runs()
        os.kill(self._pid("slurmctld"), signal.SIGKILL)

    def _save_what_runs(self):
        """The start of a task is no reason for Slurm to write its state; a change that somebody asks for is one."""
        running = self.call("squeue", "-h", "-t", "R", "-o", "%A").split()
        asked = time.time()
        for task in running:
            subprocess.run(["scontrol", "update", f"JobId={task}", "Comment=runs"], env=self.environment, check=False)
        while running and time.time() < asked + 10 and not self._saved_since(asked):
            time.sleep(0.05)

    def _saved_since(self, moment):
        try:
            return os.stat(os.path.join(self.folder, "state", "job_state")).st_mtime > moment
        except OSError:
            return False

    def start_controller(self):
        self._start("slurmctld", "-f", self.conf)

    def kill_node(self, node):
        """As if its power failed: its daemon, what runs its jobs, and the jobs."""
        os.kill(self._pid(f"slurmd.{node}"), signal.SIGKILL)
        wanted = {f"SLURMD_NODENAME={node}".encode(), f"SLURM_CONF={self.conf}".encode()}
        everything = list(processes())
        ours = {pid for pid, _, environment in everything if wanted <= set(environment)}
        parents = {parent for pid, parent, _ in everything if pid in ours}
        for pid in ours | {parent for parent in parents if b"slurmstepd" in _read(f"/proc/{parent}/cmdline")}:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def stop_worker(self, node):
        """What runs a block there stands still, as on a node whose disk does not answer."""
        wanted = {f"SLURMD_NODENAME={node}".encode(), f"SLURM_CONF={self.conf}".encode()}
        for pid, _, environment in processes():
            if wanted <= set(environment) and b"worker" in _read(f"/proc/{pid}/cmdline").split(b"\0"):
                os.kill(pid, signal.SIGSTOP)

    def kill_daemon(self, node):
        """Only the node's daemon: what runs there goes on."""
        os.kill(self._pid(f"slurmd.{node}"), signal.SIGKILL)

    def start_node(self, node):
        self._start("slurmd", "-N", node, "-f", self.conf)

    def _start(self, *words):
        with open(os.path.join(self.folder, "log", "start.log"), "ab") as log:
            subprocess.run(words, check=True, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
