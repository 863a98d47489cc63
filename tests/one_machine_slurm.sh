#!/bin/bash
# Runs a command beside a Slurm cluster that is this machine alone: one_machine_slurm.sh COMMAND...
# As root, without systemd. Exit code 77: the daemons cannot work here. The cluster ends with the
# command, and its files with it.
set -euo pipefail

for program in munged slurmctld slurmd sbatch; do
    command -v "$program" >/dev/null || { echo "no $program here" >&2; exit 77; }
done
((EUID == 0)) || { echo "the daemons start as root only" >&2; exit 77; }

folder=$(mktemp -d)
started=()
end() {
    for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf -- "$folder"
}
trap end EXIT

host=$(hostname -s)
controller=$((20000 + RANDOM % 10000)) # ports of its own
mkdir "$folder"/{munge,state,spool}
chmod 755 "$folder"
dd if=/dev/urandom of="$folder/munge/key" bs=1024 count=1 status=none
chmod 400 "$folder/munge/key"
chown -R munge "$folder/munge"
cat >"$folder/slurm.conf" <<CONF
ClusterName=one
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$controller
SlurmdPort=$((controller + 1))
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=1,bf_interval=1,batch_sched_delay=0,sched_min_interval=100000
ReturnToService=2
MailProg=/bin/true
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc)
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$folder/slurm.conf

setpriv --reuid munge --regid munge --clear-groups munged --foreground --key-file="$folder/munge/key" \
    --socket="$folder/munge/socket" --pid-file="$folder/munge/pid" --seed-file="$folder/munge/seed" \
    --log-file="$folder/munge/log" 2>/dev/null &
started+=($!)
for ((k = 0; k < 50; k++)); do [[ ! -S $folder/munge/socket ]] || break; sleep 0.1; done
slurmctld -D -c -L "$folder/slurmctld.log" 2>/dev/null &
started+=($!)
slurmd -D -c -N "$host" -L "$folder/slurmd.log" 2>/dev/null &
started+=($!)
for ((k = 0; k < 200; k++)); do
    [[ $(sinfo --noheader --format=%t 2>/dev/null) != idle ]] || break
    sleep 0.1
done
if [[ $(sinfo --noheader --format=%t 2>/dev/null) != idle ]]; then
    tail -n 5 "$folder"/*.log "$folder/munge/log" >&2 || true
    exit 77
fi
"$@"
