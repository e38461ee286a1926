import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { encodeState } from '../../operators/summaries/codec.js';
import { moments } from '../../operators/summaries/moments.js';
import { SPLITS } from '../../operators/split.js';
import { DELTA, SPLIT } from '../../runtime/observations.js';
import { responseBySplit, responseEntry, sortedRejections, stateHash } from '../../runtime/state_hash.js';
import { basePipeline } from '../support/stage.js';

const events = { read: 3, used: 1, rejected: { b: 1, a: 1 }, late: 0, duplicate: 0 };

test('is the SHA-256 of the content in CBOR, byte by byte', () => {
  // {"events": {"late": 0, "read": 3, "used": 1, "rejected": {"a": 1, "b": 1}, "duplicate": 0}, "response": null, "surveyed": {}},
  // keys sorted by their encoded bytes (RFC 8949 § 4.2.1).
  const bytes = Buffer.concat([
    Buffer.from([0xa3, 0x66]),
    Buffer.from('events'),
    Buffer.from([0xa5]),
    Buffer.from([0x64]),
    Buffer.from('late'),
    Buffer.from([0x00]),
    Buffer.from([0x64]),
    Buffer.from('read'),
    Buffer.from([0x03]),
    Buffer.from([0x64]),
    Buffer.from('used'),
    Buffer.from([0x01]),
    Buffer.from([0x68]),
    Buffer.from('rejected'),
    Buffer.from([0xa2, 0x61, 0x61, 0x01, 0x61, 0x62, 0x01]),
    Buffer.from([0x69]),
    Buffer.from('duplicate'),
    Buffer.from([0x00]),
    Buffer.from([0x68]),
    Buffer.from('response'),
    Buffer.from([0xf6]),
    Buffer.from([0x68]),
    Buffer.from('surveyed'),
    Buffer.from([0xa0]),
  ]);
  const state = { events, surveyed: {}, response: null };
  expect(Buffer.from(encodeState({ ...state, events: { ...events, rejected: { a: 1, b: 1 } } })).equals(bytes)).toBe(
    true,
  );
  expect(stateHash(state)).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test('does not know in which order events were rejected, but every count', () => {
  const of = (more: object) => stateHash({ events: { ...events, ...more }, surveyed: {}, response: null });
  expect(Object.keys(sortedRejections(events.rejected))).toEqual(['a', 'b']);
  expect(of({ rejected: { a: 1, b: 1 } })).toBe(of({}));
  const hashes = [
    of({}),
    of({ late: 1 }),
    of({ duplicate: 1 }),
    of({ read: 4 }),
    of({ used: 2 }),
    of({ rejected: {} }),
  ];
  expect(new Set(hashes).size).toBe(6);
});

test('the response by regime and split adds up to that by split', () => {
  const byRegime = { groups: 2 * SPLITS.length, weighted: false, wide: false };
  const [fine, coarse] = [moments.create(byRegime), moments.create({ ...byRegime, groups: SPLITS.length })];
  const x = Float64Array.from({ length: 100 }, (_, i) => Math.fround((i - 50) / 37));
  const fineGroup = Uint16Array.from(x, (_, i) => i % 6);
  const rows = { length: 100, columns: [x], weight: null };
  moments.fill(fine, { ...rows, group: fineGroup });
  moments.fill(coarse, { ...rows, group: fineGroup.map((g) => g % SPLITS.length) });
  moments.settle(fine);
  moments.settle(coarse);
  expect(responseBySplit(fine)).toEqual(coarse);
});

test('is weighted as the pipeline is', () => {
  const entry = (...overrides: string[]) => responseEntry(basePipeline(...overrides).pipeline);
  expect(entry()).toMatchObject({
    columns: [DELTA],
    group: SPLIT,
    weighted: true,
    config: { groups: 3, weighted: true },
  });
  expect(entry('weight=none')).toMatchObject({ weighted: false, config: { groups: 3, weighted: false } });
});
