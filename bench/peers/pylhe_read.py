"""Reads an LHE file with pylhe and computes H_T of the charged leptons. Prints events, seconds, peak memory as JSON."""
import json, math, resource, sys, time

import pylhe

start, busy = time.perf_counter(), time.process_time()
n, total = 0, 0.0
for event in pylhe.LHEFile.fromfile(sys.argv[1]).events:
    total += sum(math.hypot(p.px, p.py) for p in event.particles if p.status == 1 and abs(p.id) in (11, 13, 15))
    n += 1
print(json.dumps({"events": n, "wallSeconds": time.perf_counter() - start, "cpuSeconds": time.process_time() - busy,
                  "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
