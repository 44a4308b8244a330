#!/bin/sh
# Runs a command as on a small CI runner: one CPU, of which it gets a part. A control group limits that part to 60 % if
# this user may write one. Otherwise the command is nicer than a neighbour on the same CPU, which leaves it a third.
#   in-ci.sh COMMAND...
# GROUPS_AT is the folder of the control groups (default: /sys/fs/cgroup).
set -eu
group=${GROUPS_AT:-/sys/fs/cgroup}/assay-example-$$
cpu=$(taskset -cp $$ | sed 's/.*: *//; s/[-,].*//') # the first one that this process may use
nicer=
if [ -f "${group%/*}/cgroup.controllers" ] && mkdir "$group" 2>/dev/null &&
  echo "60000 100000" 2>/dev/null >"$group/cpu.max"; then
  echo $$ >"$group/cgroup.procs"
  trap 'echo $$ >"${group%/*}/cgroup.procs"; rmdir "$group"' EXIT
else
  if [ -d "$group" ]; then rmdir "$group"; fi
  taskset -c "$cpu" sh -c 'while :; do :; done' &
  neighbour=$!
  trap 'kill "$neighbour"' EXIT
  nicer="nice -n 3"
fi
CI=true $nicer taskset -c "$cpu" "$@"
