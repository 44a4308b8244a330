#!/bin/sh
# Sorts with the given number of threads and reports the result as text and as JSON: report.sh THREADS
set -eu
start=$(date +%s%N)
lines=$(sort --numeric-sort --parallel="$1" numbers.txt | wc -l)
end=$(date +%s%N)
echo "$lines" >"$REPORT_NAME"
printf '{"lines": %d, "lines_per_second": %d}\n' "$lines" "$((lines * 1000000000 / (end - start)))" >report.json
