#!/bin/bash
# down.sh FOLDER: ends the cluster that up.sh brought up there, and removes the folder.
set -u
folder=$(realpath -m "$1")
export SLURM_CONF="$folder/etc/slurm.conf"
[ -f "$SLURM_CONF" ] || exit 0

# A process is the cluster's only if its command line names the folder. (A zombie has none: kill -0 would succeed.)
is_ours() { [ -n "$1" ] && { tr '\0' ' ' <"/proc/$1/cmdline" | grep -qF -- "$folder/"; } 2>/dev/null; }

stop() {  # FILE with a process id
  local pid
  pid=$(cat "$1" 2>/dev/null) || return 0
  is_ours "$pid" || return 0
  kill -TERM "$pid" 2>/dev/null || return 0
  for ((try = 0; try < 100; ++try)); do
    is_ours "$pid" || return 0
    sleep 0.1
  done
  kill -KILL "$pid" 2>/dev/null
}

# Jobs first: what runs them outlives the daemon of its node.
if timeout 15 squeue -h >/dev/null 2>&1; then
  scancel -u "$(id -un)" >/dev/null 2>&1
  for ((try = 0; try < 50; ++try)); do
    [ -z "$(squeue -h 2>/dev/null)" ] && break
    sleep 0.2
  done
fi
for file in "$folder"/run/slurmd.*.pid "$folder/run/slurmctld.pid" "$folder/run/munged.pid"; do stop "$file"; done
rm -rf -- "$folder"
