#!/bin/sh
# Takes 0.1 s, or 20 ms if FAST is 1, and reports about itself.
set -eu
nap() { if command -v assay-span >/dev/null; then assay-span doze -- sleep "$1"; else sleep "$1"; fi; }
if [ "${FAST-}" = 1 ]; then nap 0.02; else nap 0.1; fi
mkdir -p out
echo '<html>the page</html>' >out/page.html
echo "took $$ ms"
printf '{"ok": true, "n": 3, "seconds": [%s]}\n' "0.5, 0.25, 0.75" >out/results.json
printf '<testsuite name="s"><testcase name="loads"/><testcase name="saves"/></testsuite>\n' >out/junit.xml
printf 'ok 1 - loads\n' >out/report.tap
if [ "${DROP-}" = 1 ]; then echo 1..1 >>out/report.tap; else printf 'ok 2 - saves\n1..2\n' >>out/report.tap; fi
