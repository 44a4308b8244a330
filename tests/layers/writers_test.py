#!/usr/bin/python3
"""Every kind of output has one way out, which escapes what is foreign.

Who writes to the standard streams, begins a workflow command of GitHub, or writes HTML, JSON, XML, CSV or the text of
Go's benchmarks is listed here; a new place is refused until it is listed, and one that is gone until it is taken out.
Each writer of a kind uses that kind's escaping.

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
            "experiments/screen/challenging/challenge_options.cpp": None,  # asks, in words of this source
            "experiments/cli/main.cpp": None,
            "experiments/screen/progress.cpp": "printable",
            "experiments/console/output.cpp": "printable",
        }),
    "annotations": (r'"::(error|warning|notice|stop-commands|\{\})', {
        "experiments/cli/commands/measuring/command_gate.cpp": None,  # keeps foreign text from being a command
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
    "JSON": (r"(\.|->)dump\(", {
        "experiments/campaign/json_text.cpp": None,  # a file of results, which keeps what it holds
        "experiments/campaign/run_phases.cpp": None,  # the same, where it is made
        "experiments/definition/reading/condition.cpp": "printable",
        "experiments/definition/reading/json_selector.cpp": None,  # compares
        "experiments/definition/schema.cpp": None,  # only texts of this source
        "experiments/formats/field.cpp": None,  # a number
        "experiments/formats/json_difference.cpp": None,  # goes into messages, which print_remark makes printable
        "experiments/formats/json_schema.cpp": None,  # only texts of this source
        "experiments/formats/printed_json.cpp": "is_control",  # the way out for all others
        "experiments/interop/imports/packed_rows.cpp": None,  # stays in memory, beside the numbers that it describes
        "experiments/interop/imports/packed_table.cpp": None,  # the same
        "experiments/interop/readings.cpp": None,  # a file of figures that only assay reads
        "experiments/report/html/picture.cpp": "html_json",
        "experiments/trial/metrics/reading.cpp": None,  # a number
        "experiments/trial/metrics/span_formats.cpp": None,  # compares
    }),
    "XML": (r"\.save\(", {
        "experiments/interop/exports/junit_export.cpp": "xml_text",
        "experiments/trial/checks/reports/mutilated_report.cpp": None,  # what is left of a report, to be read again
    }),
    "CSV": (r"std::string \w*csv\w*\(", {
        "experiments/interop/exports/escapes.cpp": "in_one_line",
        "experiments/interop/exports/hyperfine_tables.cpp": "csv_field",
        "experiments/interop/exports/trials_export.cpp": "csv_field",
    }),
    "Go's benchmark text": (r'"Benchmark\{\}', {
        "experiments/interop/exports/go_export.cpp": "one_word",
    }),
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
