import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeState, decodeState } from '../../../operators/summaries/codec.js';
import {
  addSide,
  closeJoin,
  joinPlace,
  joinWindow,
  openJoin,
  rowsWaiting,
  windowsToJoin,
  type Join,
  type JoinedWindow,
  type JoinPlace,
  type Side,
  type SideRows,
} from '../../../runtime/live/late_truth.js';
import { joinReference, keyWords, wholeKey } from '../../support/join_reference.js';
import { problemOf } from '../../support/problem_of.js';
import { scratch } from '../../support/scratch.js';

const folder = scratch();
const columns = { reco: ['m_reco'], truth: ['m_truth'] };
const sides: readonly Side[] = ['reco', 'truth'];

interface Row {
  readonly window: number;
  readonly key: bigint;
  readonly value: number;
}
type Logs = Readonly<Record<Side, readonly Row[]>>;

const sideRows = (side: Side, rows: readonly Row[], first: number): SideRows => ({
  length: rows.length,
  window: Float64Array.from(rows, ({ window }) => window),
  keyLo: Uint32Array.from(rows, ({ key }) => keyWords(key)[0]),
  keyHi: Uint32Array.from(rows, ({ key }) => keyWords(key)[1]),
  position: Float64Array.from(rows, (_, i) => 65536 * (first + i)),
  columns: new Map([[`m_${side}`, Float64Array.from(rows, ({ value }) => value)]]),
});

const joinReady = (join: Join): JoinedWindow[] => windowsToJoin(join).map((window) => joinWindow(join, window));

/** Adds pieces of both logs by turns as `turns` tells (how many rows of which side), then the rest. */
function run(join: Join, logs: Logs, turns: readonly (readonly [Side, number])[], from = { reco: 0, truth: 0 }) {
  const next = { ...from };
  const late = { reco: 0, truth: 0 };
  const joined: JoinedWindow[] = [];
  const rest = sides.map((side) => [side, Infinity] as const);
  for (const [side, n] of [...turns, ...rest]) {
    const rows = logs[side].slice(next[side], next[side] + n);
    late[side] += addSide(join, side, sideRows(side, rows, next[side]), next[side]);
    next[side] += rows.length;
    joined.push(...joinReady(join));
  }
  return { joined, late, waiting: { reco: rowsWaiting(join, 'reco'), truth: rowsWaiting(join, 'truth') } };
}

describe.each([
  ['in memory', 2 ** 24],
  ['in a file', 0],
])('%s', (_, maxBytes) => {
  test('the same rows and counts as pandas.DataFrame.merge', () => {
    const { lateness, logs, windows, waiting } = joinReference();
    const rowsOf = (side: Side): Row[] =>
      logs[side].key.map((key, i) => ({
        key: BigInt(key),
        window: logs[side].window[i]!,
        value: logs[side].value[i]!,
      }));
    const join = openJoin({ columns, lateness, maxBytes, folder });
    const result = run(join, { reco: rowsOf('reco'), truth: rowsOf('truth') }, [['truth', 50], ['reco', 90]]); // prettier-ignore
    expect(
      result.joined.map(({ rows, counts }, i) => ({
        window: rows.window[0] ?? windows[i]!.window,
        key: [...rows.keyLo].map((lo, row) => String(wholeKey(lo, rows.keyHi[row]!))),
        m_reco: [...rows.columns.get('m_reco')!],
        m_truth: [...rows.columns.get('m_truth')!],
        counts,
      })),
    ).toEqual(windows);
    expect(result.waiting).toEqual(waiting);
    for (const side of sides) expect(result.late[side]).toBe(logs[side].late.filter((late) => late === 1).length);
    closeJoin(join);
  });
});

const row = fc.record({ window: fc.nat(14), key: fc.bigInt(0n, 6n), value: fc.integer({ min: -9, max: 9 }) });
/** Windows that rise on the whole. */
const log = fc
  .array(row, { maxLength: 80 })
  .map((rows) => rows.map((r, i) => ({ ...r, window: Math.floor(i / 4) + (r.window % 5), key: r.key })));
const logs: fc.Arbitrary<Logs> = fc.record({ reco: log, truth: log });
const turns = fc.array(fc.tuple(fc.constantFrom<Side>('reco', 'truth'), fc.integer({ min: 0, max: 30 })));
const bound = fc.constantFrom(0, 12_000, 10_000_000);

test('any interleaving, any chunks and any memory give the same bits', () => {
  fc.assert(
    fc.property(logs, turns, fc.nat(3), bound, (both, order, lateness, maxBytes) => {
      const plain = openJoin({ columns, lateness, maxBytes: 2 ** 24, folder });
      const expected = run(plain, both, []);
      const join = openJoin({ columns, lateness, maxBytes, folder });
      expect(run(join, both, order)).toEqual(expected);
      for (const side of sides) {
        const only = `${side}Only` as const;
        const duplicate = `${side}Duplicate` as const;
        const seen = expected.joined.reduce((n, { counts: c }) => n + c.matched + c[only] + c[duplicate], 0);
        expect(seen + expected.waiting[side] + expected.late[side]).toBe(both[side].length);
      }
      closeJoin(join);
      closeJoin(plain);
    }),
  );
});

test('a join that stopped anywhere goes on from its place with the same bits', () => {
  fc.assert(
    fc.property(logs, turns, turns, fc.nat(3), (both, before, after, lateness) => {
      const options = { columns, lateness, maxBytes: 2 ** 24, folder };
      const whole = openJoin(options);
      const expected = run(whole, both, []);
      const first = openJoin(options);
      const next = { reco: 0, truth: 0 };
      const joined: JoinedWindow[] = [];
      for (const [side, n] of before) {
        const rows = both[side].slice(next[side], next[side] + n);
        addSide(first, side, sideRows(side, rows, next[side]), next[side]);
        next[side] += rows.length;
        joined.push(...joinReady(first));
      }
      const place = decodeState(encodeState(joinPlace(first, next))) as JoinPlace;
      for (const side of sides) expect(place[side].offset).toBeLessThanOrEqual(next[side]);
      const second = openJoin({ ...options, place });
      const rest = run(second, both, after, { reco: place.reco.offset, truth: place.truth.offset });
      expect([...joined, ...rest.joined]).toEqual(expected.joined);
      expect(rest.waiting).toEqual(expected.waiting);
      expect(second.floors).toEqual(whole.floors);
      for (const join of [whole, first, second]) closeJoin(join);
    }),
  );
});

const at = (window: number, key: bigint, value = 0): Row => ({ window, key, value });

test('a window waits for both sides, whichever is behind', () => {
  const join = openJoin({ columns, lateness: 0, maxBytes: 2 ** 20, folder });
  const add = (side: Side, rows: readonly Row[], offset: number): number =>
    addSide(join, side, sideRows(side, rows, offset), offset);
  expect(add('reco', [at(1, 5n, 91), at(2, 6n), at(3, 7n)], 0)).toBe(0);
  expect(windowsToJoin(join)).toEqual([]);
  expect(joinPlace(join, { reco: 3, truth: 0 }).reco.offset).toBe(0);
  expect(add('truth', [at(1, 5n, 90)], 0)).toBe(0);
  expect(windowsToJoin(join)).toEqual([]);
  expect([rowsWaiting(join, 'reco'), rowsWaiting(join, 'truth')]).toEqual([3, 1]);
  expect(add('truth', [at(3, 7n)], 1)).toBe(0);
  expect(windowsToJoin(join)).toEqual([1, 2]);
  expect(joinWindow(join, 1).counts.matched).toBe(1);
  expect(joinWindow(join, 2).counts).toMatchObject({ matched: 0, recoOnly: 1, truthOnly: 0 });
  expect(add('reco', [at(1, 8n)], 3)).toBe(1);
  expect([rowsWaiting(join, 'reco'), rowsWaiting(join, 'truth')]).toEqual([1, 1]);
  closeJoin(join);
});

test('keeps the listed columns; one that rows do not have is NaN', () => {
  const listed = { reco: ['m_reco', 'absent'], truth: ['m_truth'] };
  const join = openJoin({ columns: listed, lateness: 0, maxBytes: 2 ** 20, folder });
  const rows = sideRows('reco', [at(1, 5n, 91), at(2, 5n)], 0);
  addSide(join, 'reco', { ...rows, columns: new Map([...rows.columns, ['other', rows.window]]) }, 0);
  addSide(join, 'truth', sideRows('truth', [at(1, 5n, 90), at(2, 5n)], 0), 0);
  expect(joinWindow(join, 1).rows.columns).toEqual(
    new Map([
      ['m_reco', Float64Array.of(91)],
      ['absent', Float64Array.of(NaN)],
      ['m_truth', Float64Array.of(90)],
    ]),
  );
  closeJoin(join);
});

test('a column of both sides, and a window out of turn, are refused', async () => {
  const options = { lateness: 0, maxBytes: 0, folder };
  const twice = await problemOf(() => openJoin({ ...options, columns: { reco: ['x', 'y'], truth: ['y'] } }));
  expect(twice.message).toBe("column 'y': both reconstruction and truth bring it; name it apart, or list it once");
  expect(twice.exitCode).toBe(2);
  const join = openJoin({ ...options, columns });
  for (const side of sides) addSide(join, side, sideRows(side, [at(1, 0n), at(2, 0n), at(3, 0n)], 0), 0);
  for (const window of [2, 3, 7])
    expect((await problemOf(() => joinWindow(join, window))).message).toMatch(/^window \d: not the next to join/);
  closeJoin(join);
});
