"""Alice keeps a lab in a git repository, and others have clones of it."""

import glob
import os
import subprocess

from cli import OK, PROGRAM, CliTest, Ended


class TwoActorsTest(CliTest):
    PATIENCE_SECONDS = 300  # for one call

    def setUp(self):
        super().setUp()
        del self.environment["ASSAY_ACTOR"]
        self.alice = self.path("alice")
        os.mkdir(self.alice)
        self.git("init", "--quiet", "--initial-branch=main")
        self.be("alice@example.org")
        os.makedirs(os.path.join(self.alice, ".assay", "records"))
        self.put(".assay/.gitignore", "lab.db*\nlab.lock\nindex.db*\nbuilds/\n")

    def git(self, *words, folder=None):
        done = subprocess.run(["git", *words], cwd=folder or self.alice, env=self.environment, check=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return done.stdout.strip()

    def be(self, email, folder=None):
        self.git("config", "user.email", email, folder=folder)
        self.git("config", "user.name", email.split("@")[0], folder=folder)

    def put(self, name, text, executable=False, folder=None):
        path = os.path.join(folder or self.alice, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        if executable:
            os.chmod(path, 0o755)

    def commit(self, message):
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def run_assay(self, *words, folder=None, **environment):
        done = subprocess.run([PROGRAM, *words], cwd=folder or self.alice, env={**self.environment, **environment},
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              timeout=self.PATIENCE_SECONDS, check=False)
        return Ended(done.returncode, done.stdout, done.stderr)

    def introduce(self):
        """Bob's public key is in the lab before anything is claimed."""
        self.assertEnds(self.run_assay("sign", "--new-key", "--actor", "bob@example.org"), OK)
        self.commit("Bob's key")

    def clone(self, name="bob", email="bob@example.org"):
        folder = self.path(name)
        self.git("clone", "--quiet", self.alice, folder)
        self.be(email, folder)
        return folder

    def challenge(self, which, code, *words, folder=None, **environment):
        answer = self.run_assay("challenge", which, "--yes", "--json", *words, folder=folder, **environment)
        self.assertEnds(answer, code)
        return answer.json()

    def records(self, folder):
        return sorted(glob.glob(os.path.join(folder, ".assay", "records", "*.json")))

    def text(self, folder, name):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            return file.read()
