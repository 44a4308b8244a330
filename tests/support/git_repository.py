"""A git repository with a program that gets slower by a known amount from one commit to the next."""

import os
import subprocess

SOURCE = """
#include "work.h"

/* A chain of multiplications in a register. A counter in memory would take 1 or 5 cycles a turn by where the stack lies. */
int main(void) {
  unsigned long state = 1;
  for (unsigned long turn = 0; turn < MILLIONS * 400000UL; ++turn) state = state * 6364136223846793005UL + 1;
  return other(state == 0);
}
"""
OTHER = "#include \"work.h\"\nint other(int code) { return code; }\n"
MAKEFILE = """CFLAGS = -O1 -g
bench: work.o other.o
\t$(CC) $(CFLAGS) -o $@ work.o other.o
work.o other.o: work.h
"""


class Repository:
    """Lies in a folder of its own; commits have fixed dates and names."""

    def __init__(self, folder):
        self.folder = folder
        os.makedirs(folder)
        self.git("init", "--quiet", "--initial-branch=main")
        self.write("work.c", SOURCE)
        self.write("other.c", OTHER)
        self.write("Makefile", MAKEFILE)
        self.set_work(20)
        self.commit("fast")

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text, executable=False):
        os.makedirs(os.path.dirname(self.path(name)) or ".", exist_ok=True)
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        if executable:
            os.chmod(self.path(name), 0o755)

    def remove(self, name):
        os.unlink(self.path(name))

    def link(self, name, target):
        """Replaces what is there by a symbolic link."""
        self.remove(name)
        os.symlink(target, self.path(name))

    def set_work(self, millions):
        """How much the program does: its time is in proportion."""
        self.write("work.h", f"#define MILLIONS {millions}\nint other(int code);\n")

    def git(self, *words):
        environment = {
            "PATH": os.environ["PATH"], "HOME": self.folder, "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@example.org", "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z",
            "GIT_COMMITTER_NAME": "t", "GIT_COMMITTER_EMAIL": "t@example.org",
            "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z"}
        return subprocess.run(["git", *words], cwd=self.folder, env=environment, check=True, text=True,
                              stdout=subprocess.PIPE).stdout.strip()

    def commit(self, message):
        """Everything in the folder; returns the commit."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        return self.git("rev-parse", "HEAD")

    def snapshot(self):
        """What a measurement must leave alone: index, references, objects, and every file with its time."""
        files = {}
        for folder, folders, names in os.walk(self.folder):
            if ".assay" in folders:
                folders.remove(".assay")
            for name in names:
                path = os.path.join(folder, name)
                files[path] = (os.stat(path).st_mtime_ns, os.stat(path).st_ino, os.stat(path).st_size)
        return files
