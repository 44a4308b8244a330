"""What `assay --help` says."""

import re


def listed_commands(text):
    """The commands in all groups of the help."""
    names = re.findall(r"^  ([a-z]+) ", text.split("Exit codes:")[0], re.M)
    return [name for name in names if name != "help"]
