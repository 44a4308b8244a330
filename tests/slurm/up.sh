#!/bin/bash
# up.sh FOLDER NODES: brings up a Slurm cluster of virtual nodes on this host, without systemd, in a folder of its own.
# As root, with Debian's slurmctld, slurmd, slurm-client and munge (tests/support/install_packages.sh build tests).
# Prints the path of its slurm.conf, which Slurm's commands need as $SLURM_CONF. down.sh FOLDER ends it.
#   SLURM_PORT    first port: the controller's; node i has the one i above (default: a free range)
#   SLURM_EXTRA   further lines of slurm.conf
set -euo pipefail
folder=$(realpath -m "$1")
nodes=$2
host=$(hostname -s)

fail() { echo "up.sh: $*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || fail "the daemons of the nodes need root"
[ ! -e "$folder/etc/slurm.conf" ] || fail "$folder has a cluster already: end it with down.sh"
for program in slurmctld slurmd munged; do
  [ -x "/usr/sbin/$program" ] || fail "$program is missing: tests/support/install_packages.sh build tests"
done

free_ports() {  # COUNT: the first of so many ports in a row that nobody listens on
  /usr/bin/python3 - "$1" <<'EOF'
import random, socket, sys
count = int(sys.argv[1])
while True:
    first = random.randrange(20000, 30000)
    try:
        held = [socket.socket() for _ in range(count)]
        for place, one in enumerate(held):
            one.bind(("127.0.0.1", first + place))
        print(first)
        break
    except OSError:
        continue
EOF
}
port=${SLURM_PORT:-$(free_ports $((nodes + 1)))}

mkdir -p "$folder"/{etc,run,log,state,spool,munge}
chmod 755 "$folder" "$folder"/*
chmod 700 "$folder/state"

# A key and a socket of its own: /etc/munge and /run/munge stay as they are.
(umask 077; dd if=/dev/urandom of="$folder/munge/munge.key" bs=1 count=1024 status=none)
munged --key-file="$folder/munge/munge.key" --socket="$folder/munge/munge.socket" --pid-file="$folder/run/munged.pid" \
  --log-file="$folder/log/munged.log" --seed-file="$folder/munge/munged.seed" --num-threads=2

names="n[1-$nodes]"
ports="[$((port + 1))-$((port + nodes))]"
if [ "$nodes" = 1 ]; then
  names=n1
  ports=$((port + 1))
fi
cat >"$folder/etc/slurm.conf" <<EOF
ClusterName=assaytest
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge/munge.socket
CredType=cred/munge
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool/%n
SlurmctldPidFile=$folder/run/slurmctld.pid
SlurmdPidFile=$folder/run/slurmd.%n.pid
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/slurmd.%n.log
# Neither control groups nor a database.
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
# Lost nodes are noticed within seconds, and tasks start at once.
SlurmctldTimeout=10
SlurmdTimeout=10
KillWait=2
UnkillableStepTimeout=10
BatchStartTimeout=10
MessageTimeout=10
MinJobAge=600
ReturnToService=2
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
${SLURM_EXTRA:-}
NodeName=$names NodeHostname=$host NodeAddr=127.0.0.1 Port=$ports CPUs=$(nproc) RealMemory=1024 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
EOF
export SLURM_CONF="$folder/etc/slurm.conf"

# They become daemons by themselves, and write the files of their process ids.
slurmctld -f "$SLURM_CONF" </dev/null >>"$folder/log/start.log" 2>&1 || fail "slurmctld: see $folder/log"
for ((node = 1; node <= nodes; ++node)); do
  mkdir -p "$folder/spool/n$node"
  slurmd -N "n$node" -f "$SLURM_CONF" </dev/null >>"$folder/log/start.log" 2>&1 || fail "slurmd: see $folder/log"
done
for ((try = 0; try < 150; ++try)); do
  idle=$(sinfo -h -N -o '%N %t' 2>/dev/null | grep -c ' idle$' || true)
  if [ "$idle" = "$nodes" ]; then
    echo "$SLURM_CONF"
    exit 0
  fi
  sleep 0.2
done
fail "only ${idle:-0} of $nodes nodes are idle: see $folder/log"
