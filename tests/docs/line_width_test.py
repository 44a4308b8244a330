#!/usr/bin/python3
"""Holds the lines of documents to 120 characters: line_width_test.py ROOT [--wrap].

Tables, code, headings, comments and lines that a link makes long are free. `--wrap` wraps the paragraphs that are wider."""

import pathlib
import re
import sys
import textwrap

WIDTH = 120
ITEM = re.compile(r"( *)([*-]|\d+\.) ")
FREE = re.compile(r"\s*(\||#|<!--|\[[^\]]*\]:)")


def documents(root):
    """The documents that people write; those of labs are rendered."""
    for folder in (".", "docs", "examples"):
        for path in sorted((root / folder).glob("*.md") if folder == "." else (root / folder).rglob("*.md")):
            if path.name not in ("DECISIONS.md", "REVIEW.md", "STATUS.md"):
                yield path


def blocks(lines):
    """The indices of the lines of each paragraph or list item, without code and tables."""
    block, in_code, in_comment = [], False, False
    for index, line in enumerate(lines):
        fence = line.lstrip().startswith("```")
        in_comment = in_comment or line.lstrip().startswith("<!--")
        if fence or in_code or in_comment or not line.strip() or FREE.match(line) or ITEM.match(line):
            yield block
            block = []
        in_code ^= fence
        if not (fence or in_code or in_comment or not line.strip() or FREE.match(line)):
            block.append(index)
        in_comment = in_comment and "-->" not in line
    yield block


def is_wide(line):
    return len(line) > WIDTH and " " in line.strip() and "](http" not in line


def wrapped(lines):
    item = ITEM.match(lines[0])
    first = item.group(0) if item else re.match(" *", lines[0]).group(0)
    return textwrap.wrap(" ".join(line.strip() for line in [lines[0][len(first):], *lines[1:]]), WIDTH,
                         initial_indent=first, subsequent_indent=" " * len(first), break_long_words=False,
                         break_on_hyphens=False)


def main():
    root = pathlib.Path(sys.argv[1])
    wide = []
    for path in documents(root):
        lines = path.read_text(encoding="utf-8").split("\n")
        found = [block for block in blocks(lines) if any(is_wide(lines[index]) for index in block)]
        wide += [f"{path}:{index + 1}" for block in found for index in block if is_wide(lines[index])]
        if "--wrap" in sys.argv and found:
            for block in reversed(found):
                lines[block[0]:block[-1] + 1] = wrapped([lines[index] for index in block])
            path.write_text("\n".join(lines), encoding="utf-8")
    if "--wrap" not in sys.argv and wide:
        sys.exit("wider than 120 characters: " + ", ".join(wide))


if __name__ == "__main__":
    main()
