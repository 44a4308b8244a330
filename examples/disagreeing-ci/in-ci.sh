#!/bin/sh
# Runs a command as on a small CI runner: one CPU, of which it gets a part. A control group limits that part to 60 % if
# this user may write one, of version 2 or 1. Otherwise the command is nicer than a neighbour on the same CPU, which
# leaves it a third.
#   in-ci.sh COMMAND...
# GROUPS_AT is the folder of the control groups (default: /sys/fs/cgroup).
set -eu
groups=${GROUPS_AT:-/sys/fs/cgroup}
cpu=$(taskset -cp $$ | sed 's/.*: *//; s/[-,].*//') # the first one that this process may use

limit() { # limit GROUP: true if the group takes the limit
  if [ -f "$1/cpu.max" ]; then
    echo "60000 100000" >"$1/cpu.max"
  elif [ -f "$1/cpu.cfs_quota_us" ]; then
    echo 100000 >"$1/cpu.cfs_period_us" && echo 60000 >"$1/cpu.cfs_quota_us"
  else
    return 1
  fi
}
group=
for parent in "$groups" "$groups/cpu" "$groups/cpu,cpuacct"; do
  candidate=$parent/assay-example-$$
  if [ -n "$group" ] || ! mkdir "$candidate" 2>/dev/null; then continue; fi
  if limit "$candidate" 2>/dev/null && echo $$ 2>/dev/null >"$candidate/cgroup.procs"; then
    group=$candidate
    trap 'echo $$ >"${group%/*}/cgroup.procs"; rmdir "$group"' EXIT
  else
    rmdir "$candidate"
  fi
done

nicer=
if [ -z "$group" ]; then
  taskset -c "$cpu" sh -c 'while :; do :; done' &
  neighbour=$!
  trap 'kill "$neighbour"' EXIT
  nicer="nice -n 3"
fi
CI=true $nicer taskset -c "$cpu" "$@"
