#!/bin/sh
# Prints every figure of the benches; usage: tests/bench/run.sh BIN_FOLDER
set -eu
here=$(dirname "$0")
echo "== one trial"
/usr/bin/python3 "$here/trial_cost.py" "$1"
for bench in "$1"/*_bench; do
  echo "== $(basename "$bench")"
  "$bench"
done
echo "== noise beside a bursty neighbour, in duets"
/usr/bin/python3 "$here/duet_noise.py" "$1"
echo "== many records"
/usr/bin/python3 "$here/many_records.py" "$1"
echo "== other tools' files, reports, and the beginning"
/usr/bin/python3 "$here/exchange.py" "$1"
echo "== resampling, against SciPy and R"
/usr/bin/python3 "$here/resampling_scipy.py" "$1"
if [ "$(id -u)" = 0 ]; then
  echo "== a cluster of virtual nodes"
  /usr/bin/python3 "$here/slurm_scaling.py" "$1/assay"
fi
