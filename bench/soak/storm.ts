import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from './chance.js';
import type { Crew } from './crew.js';
import type { Fate, Scene } from './options.js';
import type { Producing } from './producing.js';
import type { Spoiler } from './spoil.js';
import type { EpochWatch } from './watch_epochs.js';

/** Beyond the session timeout, so that the group has surely given the worker up. */
const ZOMBIE_MS = [1500, 4000] as const;
/** Until another takes a killed worker's place. */
const BIRTH_MS = [200, 4000] as const;
const OUTAGE_MS = [500, 4000] as const;
const SPOIL_MS = 700;
const PATIENCE_MS = 45_000;

interface Actors {
  readonly crew: Crew;
  readonly producer: Producing;
  readonly spoiler: Spoiler;
  readonly epochs: EpochWatch;
}

/** All fates in an order that chance gives, while events are produced. */
export async function storm(scene: Scene, { crew, producer, spoiler, epochs }: Actors, chance: Chance): Promise<void> {
  const { options, broker, print } = scene;
  const from = performance.now();
  const say = (what: string): void => {
    print(`${((performance.now() - from) / 1000).toFixed(1).padStart(7)} s  ${what}`);
  };
  const after: Promise<void>[] = [];
  const later = (ms: number, work: () => Promise<void> | void): void => {
    after.push(pause(ms).then(work));
  };
  const birth = (): void => {
    later(chance.between(...BIRTH_MS), () => {
      say(`${crew.start().name} starts`);
    });
  };
  const strike: Record<Fate, () => Promise<void> | void> = {
    'kill worker': async () => {
      const victim = chance.pick(crew.living());
      say(`kill -9 ${victim.name}${crew.stopped.has(victim) ? ', which is stopped' : ''}`);
      await crew.kill(victim);
      birth();
    },
    'stop worker': () => {
      const victim = chance.pick(crew.awake());
      const ms = 1000 * options.sessionS + chance.between(...ZOMBIE_MS);
      say(`SIGSTOP ${victim.name} for ${(ms / 1000).toFixed(1)} s`);
      crew.stopped.add(victim);
      victim.signal('SIGSTOP');
      later(ms, () => {
        if (!victim.alive()) return;
        say(`SIGCONT ${victim.name}`);
        victim.signal('SIGCONT');
        crew.stopped.delete(victim);
      });
    },
    join: () => {
      say(`${crew.start().name} joins`);
    },
    leave: async () => {
      const victim = chance.pick(crew.awake());
      say(`SIGTERM ${victim.name}`);
      await crew.dismiss(victim);
      if (crew.living().length < options.workers) birth();
    },
    'kill producer': async () => {
      say('kill -9 the producer, and another goes on in the other encoding');
      await producer.kill();
      producer.start();
    },
    'restart broker': async () => {
      say('restart of the broker');
      await broker.restart();
      say('broker is back');
    },
    'kill broker': async () => {
      say('kill -9 the broker');
      await broker.kill();
      await pause(chance.between(...OUTAGE_MS));
      await broker.restart();
      say('broker is back');
    },
  };
  const ending = new AbortController();
  const over = (): boolean => ending.signal.aborted;
  const spoiling = (async () => {
    while (!over()) {
      await spoiler.spoil();
      await pause(SPOIL_MS);
    }
  })();
  const kinds = Object.entries(options.fates) as [Fate, number][];
  let [saved, closed] = [0, 0];
  for (const [number, fate] of chance.shuffle(kinds.flatMap(([kind, n]) => Array<Fate>(n).fill(kind))).entries()) {
    await pause(chance.between(...options.gapMs));
    // Now and then the group has to have come on since the last time: else nothing would ever be at stake.
    const limit = performance.now() + PATIENCE_MS;
    const idle = (): boolean =>
      crew.awake().length === 0 ||
      (number % 2 === 1 && epochs.saves() === saved) ||
      (number % 4 === 3 && epochs.keeperSaves() === closed);
    while (idle() && performance.now() < limit) await pause(50);
    saved = epochs.saves();
    if (number % 4 === 3) closed = epochs.keeperSaves();
    if (crew.awake().length === 0) say(`${crew.start().name} starts, as no other is awake`);
    await strike[fate]();
  }
  await Promise.all(after);
  ending.abort();
  await spoiling;
  say('the storm is over');
}
