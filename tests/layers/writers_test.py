#!/usr/bin/python3
"""Every kind of output has one way out, which escapes what is foreign.

Who writes to the standard streams, begins a workflow command of GitHub, or writes HTML is listed here; a new place is
refused until it is listed, and one that is gone until it is taken out. Each writer of a kind uses that kind's escaping.

Usage: writers_test.py SOURCE
"""

import pathlib
import re
import sys

KINDS = {
    # kind: (what betrays a writer, the writers, what each of them must use)
    "standard streams": (
        r"std::(fputs|fwrite|printf|fprintf|puts|cout|cerr)\b|fmt::print\(|\bdprintf\(|::write\(STD",
        {
            "core/assert.cpp": None,  # a defect of ours: only texts of this source
            "core/host/terminal/pager.cpp": None,  # is given what is printed otherwise
            "core/host/process/signals.cpp": None,  # only texts of this source
            "core/host/span/main.cpp": None,  # assay-span, a program of its own without this library
            "core/host/span/run_span.cpp": None,
            "experiments/cli/challenge_options.cpp": None,  # asks, in words of this source
            "experiments/cli/main.cpp": None,
            "experiments/cli/output.cpp": "printable",
            "experiments/cli/progress.cpp": "printable",
        }),
    "annotations": (r'"::(error|warning|notice|stop-commands|\{\})', {
        "experiments/cli/commands/command_gate.cpp": None,  # keeps foreign text from being a command
        "experiments/report/exports/workflow_command.cpp": "percent_encoded",
    }),
    "HTML": (r"<(script|table|section|article|svg|h[1-6]|p|li|div)[ >]", {
        "experiments/report/html/articles.cpp": "html_text",
        "experiments/report/html/html_text.cpp": "printable",
        "experiments/report/html/lab_index.cpp": "html_text",
        "experiments/report/html/page.cpp": "html_",
        "experiments/report/html/picture.cpp": "html_",
    }),
    "Markdown tables": (r'"\| [^|"]*\{\}', {}),
}
MARKDOWN = re.compile(r"markdown_text|markdown_code|markdown_cell|code_cell|with_escaped_bars|table_text")


def sources(root):
    for top in ("core", "stats", "experiments"):
        for path in sorted((root / top).rglob("*.cpp")):
            text = re.sub(r"//[^\n]*", "", path.read_text())
            yield str(path.relative_to(root)), text


def main():
    root = pathlib.Path(sys.argv[1])
    faults = []
    found = {kind: set() for kind in KINDS}
    for name, text in sources(root):
        for kind, (sign, writers, escaping) in ((kind, (*rest, None)) for kind, rest in KINDS.items()):
            if not re.search(sign, text):
                continue
            found[kind].add(name)
            if kind == "Markdown tables":
                if not MARKDOWN.search(text):
                    faults.append(f"{name} writes a row of a table and escapes nothing (markdown_text)")
            elif name not in writers:
                faults.append(f"{name} writes to {kind}: use what the listed writers offer, or list it with its reason")
            elif writers[name] and writers[name] not in text:
                faults.append(f"{name} writes to {kind} without {writers[name]}")
    for kind, (_, writers) in KINDS.items():
        faults += [f"{name} is listed for {kind}, and writes none" for name in writers.keys() - found[kind]]
    print(*faults, sep="\n")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
