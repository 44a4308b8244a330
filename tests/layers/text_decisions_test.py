#!/usr/bin/python3
"""No decision rests on how a text begins or ends.

Wherever core, stats and the rooms look at the first or last letters of a text, the file is listed here with what it
reads: a format that is not ours, a path, a name that a user wrote. A new place is refused until it is listed, and a file
that no longer looks is refused until it is taken out. core/host and core/text are left out: reading text is all they do.

Usage: text_decisions_test.py SOURCE
"""

import pathlib
import re
import sys

LOOKS = re.compile(r"\btake_prefix\(|starts_with\(|ends_with\(|\.rfind\([^()]*, 0\)|\.compare\(0,")

SYNTAX = "the syntax of values that people write"
PATH = "whether a path is absolute, or below a folder"
RESERVED = "names of environment variables that are reserved for assay, git or the dynamic linker"
RECORDED = "texts of records, whose bytes are fixed"
FILES = "names of files in a folder"
DOCUMENT = "markers and line endings of a document that people edit, too"
REPORT = "a test report of another tool"

ALLOWED = {
    "core/metric.cpp": SYNTAX,
    "core/record/trial_notes.cpp": RECORDED,
    "core/seed.cpp": SYNTAX,
    "core/target.cpp": SYNTAX,
    "core/units.cpp": "units of figures that tools print",
    "experiments/adversary/claimed_ratio.cpp": SYNTAX,
    "experiments/adversary/findings.cpp": "lines of git diff",
    "experiments/adversary/fresh_copy.cpp": PATH,
    "experiments/adversary/reports/claim_draft.cpp": "zeros at the end of a number",
    "experiments/adversary/reports/reading/entities.cpp": "entities of HTML",
    "experiments/adversary/reports/reading/plain_text.cpp": "signs of text that people wrote",
    "experiments/adversary/reviews/document_commands.cpp": "the prompt and the comments of a shell in a document",
    "experiments/campaign/change_proof.cpp": "modes of files that git prints",
    "experiments/campaign/command_text.cpp": "the syntax of scripts and configuration files",
    "experiments/campaign/gate/base_copy.cpp": "modes of files that git prints",
    "experiments/campaign/gate/commit_tree.cpp": PATH,
    "experiments/campaign/gate/rule_links.cpp": PATH,
    "experiments/campaign/level_text.cpp": "comments of scripts and configuration files",
    "experiments/campaign/setting_text.cpp": "the syntax of scripts and configuration files",
    "experiments/screen/compare_options.cpp": "words of the command line",
    "experiments/cli/commands/records/command_init.cpp": PATH,
    "experiments/cli/commands/records/command_reopen.cpp": FILES,
    "experiments/screen/emit.cpp": "words of the command line",
    "experiments/screen/noise_options.cpp": SYNTAX,
    "experiments/console/command_line.cpp": "words of the command line",
    "experiments/definition/document.cpp": FILES,
    "experiments/definition/mistakes/duet_mistakes.cpp": PATH,
    "experiments/definition/mistakes/side_by_side_mistakes.cpp": PATH,
    "experiments/definition/mistakes/name_mistakes.cpp": SYNTAX,
    "experiments/definition/mistakes/variable_mistakes.cpp": RESERVED,
    "experiments/definition/mistakes/workload_mistakes.cpp": RESERVED,
    "experiments/definition/options/command_parameters.cpp": "places of parameters in commands that people write",
    "experiments/definition/options/comparison_arms.cpp": "words of the command line",
    "experiments/definition/options/shell_hint.cpp": "words of the command line",
    "experiments/definition/reading/condition.cpp": SYNTAX,
    "experiments/definition/reading/json_selector.cpp": SYNTAX,
    "experiments/design/frozen_environment.cpp": RESERVED,
    "experiments/engine/harness_probe.cpp": "names of build files",
    "experiments/formats/plan/plain_paths.cpp": PATH,
    "experiments/interop/imports/go_import.cpp": REPORT,
    "experiments/interop/imports/hyperfine_import.cpp": REPORT,
    "experiments/interop/imports/jmh_import.cpp": REPORT,
    "experiments/interop/imports/perf_stat_import.cpp": REPORT,
    "experiments/interop/imports/perf_stat_text.cpp": REPORT,
    "experiments/interop/imports/text_lines.cpp": "line endings",
    "experiments/interop/csv_table.cpp": "values that are separated",
    "experiments/record/documents/document_lines.cpp": DOCUMENT,
    "experiments/record/documents/marked_sections.cpp": DOCUMENT,
    "experiments/record/documents/section_damage.cpp": DOCUMENT,
    "experiments/record/history/questions.cpp": "the article before a noun",
    "experiments/record/import.cpp": FILES,
    "experiments/record/record_files.cpp": FILES,
    "experiments/record/record_search.cpp": "the first digits of a hash that a user gives",
    "experiments/record/record_summary.cpp": DOCUMENT,
    "experiments/record/shared_files.cpp": DOCUMENT,
    "experiments/record/signing/signatures.cpp": FILES,
    "experiments/record/reviews/attribution_figures.cpp": "marks of a document that assay renders",
    "experiments/report/entries/challenge_text.cpp": RECORDED,
    "experiments/report/layout.cpp": "colours of a terminal",
    "experiments/trial/arm_setup.cpp": RESERVED,
    "experiments/trial/audit/difference.cpp": RESERVED,
    "experiments/trial/audit/fingerprint.cpp": PATH,
    "experiments/trial/audit/harness.cpp": PATH,
    "experiments/trial/audit/part.cpp": RECORDED,
    "experiments/trial/audit/program_parts.cpp": "the first line of a script",
    "experiments/trial/checks/busy_folders.cpp": PATH,
    "experiments/trial/checks/leak_watch.cpp": PATH,
    "experiments/trial/checks/reports/ctest_report.cpp": REPORT,
    "experiments/trial/checks/reports/mutilated_report.cpp": REPORT,
    "experiments/trial/checks/reports/tap_line.cpp": REPORT,
    "experiments/trial/checks/reports/tap_report.cpp": REPORT,
    "experiments/trial/checks/reports/test_inventory.cpp": REPORT,
    "experiments/trial/glob.cpp": FILES,
    "experiments/trial/metrics/number_text.cpp": "figures that tools print",
    "experiments/trial/metrics/results_document.cpp": "numbers that JSON does not have",
    "experiments/trial/text_lines.hpp": "line endings",
    "experiments/trial/sources/build_environment.cpp": RESERVED,
    "experiments/trial/text_lines.hpp": "line endings",
}


def files_that_look(root):
    for top in ("core", "stats", "experiments"):
        for path in (root / top).rglob("*.[ch]pp"):
            name = str(path.relative_to(root))
            if not name.startswith(("core/host/", "core/text/")) and LOOKS.search(path.read_text()):
                yield name


def main():
    looking = set(files_that_look(pathlib.Path(sys.argv[1])))
    for name in sorted(looking - ALLOWED.keys()):
        print(f"{name} looks at how a text begins or ends: make what it decides a type, or list it with its reason")
    for name in sorted(ALLOWED.keys() - looking):
        print(f"{name} is listed, but looks at no text")
    sys.exit(1 if looking ^ ALLOWED.keys() else 0)


if __name__ == "__main__":
    main()
