#!/usr/bin/python3
"""The index docs/README.md names every page below docs, and every page that it names is there: index_test.py ROOT."""

import pathlib
import re
import sys

LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")


def mistakes_in(docs):
    index = docs / "README.md"
    named = {(docs / link).resolve() for link in LINK.findall(index.read_text()) if "://" not in link}
    pages = {page.resolve() for page in docs.rglob("*.md")} - {index.resolve()}
    for page in sorted(pages - named):
        yield f"{page.relative_to(docs.resolve())}: docs/README.md does not name it"
    for page in sorted(named):
        if not page.exists():
            yield f"docs/README.md names {page}, which is not there"


def main():
    mistakes = list(mistakes_in(pathlib.Path(sys.argv[1]) / "docs"))
    print("\n".join(mistakes), end="\n" if mistakes else "")
    sys.exit(1 if mistakes else 0)


if __name__ == "__main__":
    main()
