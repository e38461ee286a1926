import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { killAll } from '../../bench/soak/child.js';
import { differences } from '../../bench/soak/differences.js';
import type { Scene, SoakOptions } from '../../bench/soak/options.js';
import { runSoak, type SoakResult } from '../../bench/soak/run_soak.js';
import { brokerOrSkip, startTestBroker } from '../support/broker.js';
import { scratch } from '../support/scratch.js';

/** The short form of `npm run soak`. */
const options: SoakOptions = {
  ...{ events: 60_000, seed: 7, workers: 3, partitions: 8, windowEvents: 2000, online: true, sessionS: 6 },
  gapMs: [1000, 3000],
  fates: {
    ...{ 'kill worker': 2, 'kill producer': 1, 'kill broker': 1 },
    ...{ 'stop worker': 1, join: 1, leave: 1, 'restart broker': 0 },
  },
};
const TIMEOUT_MS = 600_000;

describe.skipIf(!brokerOrSkip())('three workers of which five processes around them are killed', () => {
  const folder = scratch();
  const said: string[] = [];
  let scene: Scene;
  let result: SoakResult;

  beforeAll(async () => {
    const broker = await startTestBroker();
    scene = {
      ...{ options, broker, folder, topic: 'kill', group: 'kill', faults: [], slow: [] },
      connection: { brokers: [broker.bootstrap], clientId: 'test', tls: null, sasl: null },
      print: (line) => void said.push(line),
    };
    result = await runSoak(scene);
  }, TIMEOUT_MS);
  afterAll(killAll);

  test('leave the counts, hashes, window reports and dead letters that one worker leaves in peace', () => {
    expect(differences(result, options.events), story()).toEqual([]);
  });

  test('end by nothing else, and in good order where they are told to', () => {
    expect(scene.faults, story()).toEqual([]);
  });

  test('were read by several generations of the group, and events were late and twice', () => {
    const { events, windows } = result.stormy.summary;
    expect(windows).toBe(options.events / options.windowEvents);
    expect(result.generations).toBeGreaterThan(3);
    expect(result.claims).toBeGreaterThan(2 * (options.partitions + 1));
    expect(result.spoiled.poison).toBeGreaterThan(0);
    expect(events.read).toBe(events.used + events.late + events.duplicate);
    expect(events.read).toBeGreaterThan(options.events);
  });

  test('write no checkpoint behind a later owner’s claim that anybody goes on from', () => {
    expect(result.late.filter(({ inEffect }) => inEffect)).toEqual([]);
  });

  /** What happened, for whom it went wrong. */
  const story = (): string => {
    const errors = readdirSync(folder).filter((name) => name.endsWith('.err'));
    const ends = errors.map((name) => `${name}: ${readFileSync(join(folder, name), 'utf8').slice(-300)}`);
    return [...said, ...scene.faults, ...ends].join('\n');
  };
});
