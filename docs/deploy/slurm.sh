#!/bin/sh
# A batch as a Slurm job array: each task takes its part of the plans, by SLURM_ARRAY_TASK_ID.
#
#   job=$(sbatch --parsable --array=1-8 slurm.sh -o ut planer/)
#   sbatch --dependency=afterany:$job --wrap 'plansats batch --merge ut'
#
# A task that was cancelled or lost is submitted again alone (--array=3 would be a split of its own,
# so say which of how many): sbatch slurm.sh --shard 3/8 -o ut planer/
#SBATCH --job-name=plansats
#SBATCH --cpus-per-task=1
#SBATCH --output=plansats-%A-%a.log
exec "${PLANSATS:-plansats}" batch -j "${SLURM_CPUS_PER_TASK:-1}" "$@"
