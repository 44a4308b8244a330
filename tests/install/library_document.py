#!/usr/bin/python3
"""Every block of C++ in a document comes from a file that is compiled: the one that the comment before it names.

Usage: library_document.py PROJECT DOCUMENT
"""

import re
import sys

project, document = sys.argv[1:]
with open(f"{project}/{document}", encoding="utf-8") as file:
    text = file.read()
blocks = re.findall(r"(?:<!-- (\S+) -->\n)?```cpp\n(.*?)```", text, re.DOTALL)
if not blocks:
    sys.exit(f"{document} has no block of C++")
for source, block in blocks:
    if not source:
        sys.exit(f"{document}: a block of C++ has no comment that names its file:\n{block}")
    with open(f"{project}/{source}", encoding="utf-8") as file:
        if block not in file.read():
            sys.exit(f"{document}: {source} does not hold this block:\n{block}")
