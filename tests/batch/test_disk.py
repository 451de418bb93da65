#!/usr/bin/env python3
"""A disk that is full, or will not take a file, leaves whole files and a batch that can go on."""

import os
import resource
import subprocess
import sys

from batchtest import (batch, check_whole, counts, main, outputs, strangers, tests_of, write_plan, write_plans)


def full_disk(folder):
    """A file system of two megabytes; None where it cannot be had."""
    disk = folder / "disk"
    disk.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], capture_output=True,
                          check=False)
    return disk if done.returncode == 0 else None


def test_a_full_disk_ends_the_batch_with_whole_files(folder):
    if os.geteuid() != 0:
        return "skipped: needs root for a small file system"
    disk = full_disk(folder)
    if disk is None:
        return "skipped: no file system can be mounted"
    try:
        write_plans(folder / "in", 12, rows=30)
        batch("-o", folder / "rätt", folder / "in")
        right = outputs(folder / "rätt")
        ballast = disk / "ballast"
        for room in range(0, 160_000, 16_000):
            ut = disk / f"ut-{room}"
            with ballast.open("wb") as file:
                free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
                file.write(b"x" * max(free - room, 0))
            done = batch("-o", ut, "-j", 2, folder / "in", code=3)
            assert "No space left" in done.err, done.err
            for name, digest in (outputs(ut) if ut.exists() else {}).items():
                assert right[name] == digest, name
            left = strangers(ut) if ut.exists() else []
            assert not [name for name in left if name.endswith(".tmp")], left
            ballast.unlink()
            done = batch("-o", ut, "-j", 2, folder / "in")
            assert sum(counts(done)[:2]) == 12
            check_whole(ut)
            assert outputs(ut) == right
            subprocess.run(["rm", "-r", ut], check=True)
    finally:
        subprocess.run(["umount", disk], check=True)
    return None


def test_a_limit_on_file_sizes_is_an_error(folder):
    """RLIMIT_FSIZE: no signal kills it, and nothing half stands."""
    write_plans(folder / "in", 4, rows=30)

    def limited(size):
        return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    for size in (0, 512, 8192):
        done = batch("-o", folder / "ut", folder / "in", code=3, preexec_fn=limited(size))
        assert "File too large" in done.err, done.err
        assert outputs(folder / "ut") == {} and strangers(folder / "ut") == []
    batch("-o", folder / "ut", folder / "in")
    check_whole(folder / "ut")


def test_a_folder_that_cannot_be_written_is_an_error(folder):
    if os.geteuid() == 0:
        return "skipped: nothing is closed to root"
    write_plan(folder / "a.yaml", "A")
    (folder / "ut").mkdir(mode=0o555)
    batch("-o", folder / "ut", folder / "a.yaml", code=3)
    return None


if __name__ == "__main__":
    main(tests_of(sys.modules[__name__]))
