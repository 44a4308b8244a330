#!/usr/bin/python3
"""docs/errors.md lists every message with which assay refuses something, as the sources write them.

Usage: errors_document.py PROJECT [--update]     compares the list with the sources, or writes it anew
"""

import os
import re
import sys
import textwrap

BEGIN, END = "<!-- errors: begin -->\n", "<!-- errors: end -->\n"
# What each folder's messages are about. A folder of the sources that has messages and no line here fails the test.
TITLES = {
    "core": "Numbers, units, dates and words",
    "core/host": "Files, processes, git and the machine",
    "stats": "Statistics",
    "experiments/definition": "Experiment files, and options of a comparison",
    "experiments/formats": "JSON that assay reads",
    "experiments/design": "Freezing a plan",
    "experiments/decide": "From blocks to a verdict",
    "experiments/planning": "Planning and simulation",
    "experiments/trial": "One trial: hooks, states, checks, metrics, builds",
    "experiments/engine": "Where blocks run, Slurm among them",
    "experiments/session": "The loop of an attempt",
    "experiments/record": "The lab and its records",
    "experiments/attempt": "Starting, resuming and filing an attempt",
    "experiments/campaign": "Baselines, the gate, adoption and what is measured again",
    "experiments/adversary": "Claims and challenges",
    "experiments/interop": "Files of other tools, CSV and exports",
    "experiments/report": "Reports",
    "experiments/console": "The command line in general",
    "experiments/screen": "Options of commands, and what several of them show",
    "experiments/cli": "Single commands",
}
LITERAL = r'R"\((?:.|\n)*?\)"|"(?:[^"\\\n]|\\.)*"'
# Functions that put their text into an Error, beside the constructors of Error and of the classes made of it.
THROWERS = ("fail", "error_in", "refuse", "refuse_import", "refused", "mistakes.push_back", "mistakes.emplace_back")


def without_comments(text):
    return re.sub(rf"({LITERAL}|'(?:[^'\\]|\\.)')|//[^\n]*|/\*.*?\*/", lambda found: found.group(1) or " ", text,
                  flags=re.DOTALL)


def arguments_at(text, begin):
    """What stands between the parenthesis at `begin` and the one that closes it."""
    depth = 0
    for token in re.finditer(rf"{LITERAL}|'(?:[^'\\]|\\.)'|[()]", text[begin:]):
        depth += {"(": 1, ")": -1}.get(token.group(), 0)
        if depth == 0:
            return text[begin + 1:begin + token.start()]
    return ""


def spelled(literal):
    if literal.startswith("R"):
        return literal[3:-2]
    return literal[1:-1].replace('\\"', '"').replace("\\n", " ").replace("\\\\", "\\")


def messages_of(arguments):
    """The texts of three words or more in the arguments, with "..." for what is filled in."""
    found = []
    for run in re.finditer(rf"(?:{LITERAL})(?:\s*(?:{LITERAL}))*", arguments):
        text = "".join(spelled(literal) for literal in re.findall(LITERAL, run.group()))
        if re.match(r"\s*[,;:)]", text):  # the end of another sentence, which is listed as far as it is fixed
            continue
        if "fmt::format(" in arguments:
            text = re.sub(r"(?<!\{)(?:\{\{\})?\{[^{}]*\}(?!\})", "...", text).replace("{{", "{").replace("}}", "}")
        text = re.sub(r"\s+", " ", text).strip(" :;,")
        if len(text.split()) >= 3:
            found.append(text)
    longest = max((len(text.split()) for text in found), default=0)
    return [text for text in found if len(text.split()) >= min(5, longest)]


def errors_of(project):
    """Folder -> {message: the exit code of its kind}."""
    files = []
    for top in ("core", "stats", "experiments"):
        for folder, _, names in sorted(os.walk(os.path.join(project, top))):
            files += [os.path.join(folder, name) for name in sorted(names) if name.endswith((".cpp", ".hpp"))]
    texts = {}
    for path in files:
        with open(path, encoding="utf-8") as file:
            texts[os.path.relpath(path, project)] = without_comments(file.read())
    classes = {"Error"}
    for text in texts.values():
        classes |= set(re.findall(r"class (\w+)(?: final)? : public (?:\w+::)*Error\b", text))
    calls = re.compile(r"(?<![\w.])(?:" + "|".join(classes) + r")\(|\b(?:" + "|".join(map(re.escape, THROWERS)) + r")\(")
    errors = {}
    for path, text in texts.items():
        parts = path.split("/")
        folder = "/".join(parts[:2]) if parts[0] == "experiments" or parts[:2] == ["core", "host"] else parts[0]
        for call in calls.finditer(text):
            arguments = arguments_at(text, call.end() - 1)
            code = 5 if "ErrorKind::refused" in arguments else 4 if "ErrorKind::invalid" in arguments else 1
            for message in messages_of(arguments):
                errors.setdefault(folder, {}).setdefault(message, code)
    return errors


def listed(errors):
    lines = []
    for folder, title in TITLES.items():
        if folder not in errors:
            continue
        lines += [f"### {title}", ""]
        for message, code in sorted(errors[folder].items(), key=lambda item: item[0].lower()):
            fence = "``" if "`" in message else "`"
            pad = " " if message.startswith("`") or message.endswith("`") else ""
            text = fence + pad + message + pad + fence + (f" (exit code {code})" if code != 1 else "")
            lines += textwrap.wrap(text, 118, initial_indent="* ", subsequent_indent="  ", break_long_words=False,
                                   break_on_hyphens=False)
        lines.append("")
    return "\n".join(lines)


def main():
    project = sys.argv[1]
    errors = errors_of(project)
    if unknown := sorted(set(errors) - set(TITLES)):
        sys.exit(f"errors_document.py has no title for {', '.join(unknown)}")
    path = os.path.join(project, "docs/errors.md")
    with open(path, encoding="utf-8") as file:
        document = file.read()
    before, rest = document.split(BEGIN)
    old, after = rest.split(END)
    new = "\n" + listed(errors)
    if "--update" in sys.argv:
        with open(path, "w", encoding="utf-8") as file:
            file.write(before + BEGIN + new + END + after)
        return
    if sum(map(len, errors.values())) < 500:
        sys.exit("fewer than 500 messages were found: the sources are read wrongly")
    if old == new:
        return
    missing = [line for line in new.splitlines() if line not in old.splitlines()]
    gone = [line for line in old.splitlines() if line not in new.splitlines()]
    sys.exit("docs/errors.md does not list the messages of the sources; write it anew with\n"
             "  python3 tests/docs/errors_document.py . --update\n" + "\n".join(
                 [f"+ {line}" for line in missing[:20]] + [f"- {line}" for line in gone[:20]]))


if __name__ == "__main__":
    main()
