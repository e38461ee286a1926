import { readColumns } from './columns.js';
import type { Runner } from './measure.js';
import type { Peer } from './peers.js';
import { plainLoop } from './plain_loop.js';
import type { Filled } from './result.js';

/** Those of the peers that can run here, and why the others cannot. */
export function prepared(peers: readonly Peer[], folder: string) {
  const runners: Runner[] = [];
  const skipped: { peer: string; reason: string }[] = [];
  for (const peer of peers) {
    const found = peer.prepare(folder);
    if ('command' in found) runners.push({ ...peer, ...found });
    else skipped.push({ peer: peer.name, reason: found.missing });
  }
  return { runners, skipped };
}

/** The numbers to compare with, for each number of events that a peer takes. */
export function references(folder: string): (events: number) => Filled {
  const known = new Map<number, Filled>();
  return (events) => {
    const filled = known.get(events) ?? plainLoop(readColumns(folder, events), events);
    known.set(events, filled);
    return filled;
  };
}
