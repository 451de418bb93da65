#!/bin/sh
# A private Slurm of one node, for one test: its own key, sockets, ports and folders, all below
# FOLDER; nothing of the machine's own Slurm is read or touched.
#
#   cluster.sh start FOLDER PORT    begins; FOLDER/slurm.conf is then what SLURM_CONF should name
#   cluster.sh stop FOLDER          ends what start began
#
# Needs munged, slurmctld and slurmd (Debian: slurm-wlm, munge), and root, as slurmd does.
set -eu

command=$1
folder=$2

configure() {
    host=$(hostname -s)
    cat >"$folder/slurm.conf" <<END
ClusterName=plansats
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$1
SlurmdPort=$(($1 + 1))
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
MaxArraySize=1001
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
SlurmdParameters=config_overrides
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 RealMemory=512 State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP
END
    # without cgroups, which a container may not have
    printf 'CgroupAutomount=no\n' >"$folder/cgroup.conf"
}

start() {
    mkdir -p "$folder/state" "$folder/spool"
    configure "$1"
    head -c 1024 /dev/urandom >"$folder/munge.key"
    chmod 600 "$folder/munge.key"
    munged --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" \
        --pid-file="$folder/munged.pid" --log-file="$folder/munged.log" --seed-file="$folder/munge.seed"
    SLURM_CONF=$folder/slurm.conf
    export SLURM_CONF
    slurmctld -c
    slurmd
}

stop() {
    for name in slurmd slurmctld munged; do
        if [ -s "$folder/$name.pid" ]; then
            kill "$(cat "$folder/$name.pid")" 2>/dev/null || true
        fi
    done
}

case $command in
start) start "$3" ;;
stop) stop ;;
*) exit 2 ;;
esac
