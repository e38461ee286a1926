"""What the peers in Python share: the workload, the columns, and the line that they print."""
import json, sys, time

import numpy as np


def workload():
    """The driver writes it beside the columns."""
    with open(f"{sys.argv[2]}/workload.json") as file:
        return json.load(file)


def columns_of(folder, events):
    return [np.fromfile(f"{folder}/{name}.f32", "<f4", events) for name in workload()["columns"]]


def line(chain, events, repetitions):
    """Runs chain() → (counts, sums) once, then `repetitions` times by the clock."""
    chain()
    seconds, processor = [], []
    for _ in range(repetitions):
        start, busy = time.perf_counter(), time.process_time()
        counts, sums = chain()
        seconds.append(time.perf_counter() - start)
        processor.append(time.process_time() - busy)
    plain = lambda tables: {name: np.asarray(x).tolist() for name, x in tables.items()}
    print(json.dumps({"events": events, "seconds": seconds, "processorSeconds": processor, "megabytes": peak_megabytes(),
                      "counts": plain(counts), "sums": plain(sums)}))


def peak_megabytes():
    try:
        with open("/proc/self/status") as file:
            return next(int(row.split()[1]) for row in file if row.startswith("VmHWM")) / 1024
    except OSError:
        return None
