#!/bin/sh
# Runs a command as on a small CI runner: one CPU, which a neighbour shares. A CPU quota by control group is used where
# this user may write one; else the neighbour takes its half by being there.
#   in-ci.sh COMMAND...
set -eu
group=/sys/fs/cgroup/assay-example-$$
if [ -f /sys/fs/cgroup/cgroup.controllers ] && mkdir "$group" 2>/dev/null &&
  echo "60000 100000" 2>/dev/null >"$group/cpu.max"; then
  echo $$ >"$group/cgroup.procs"
  trap 'echo $$ >/sys/fs/cgroup/cgroup.procs; rmdir "$group"' EXIT
else
  if [ -d "$group" ]; then rmdir "$group"; fi
  taskset -c 0 sh -c 'while :; do :; done' &
  neighbour=$!
  trap 'kill "$neighbour"' EXIT
fi
CI=true taskset -c 0 "$@"
