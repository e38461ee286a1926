import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign, type GroupMember, type Shares } from '../../../runtime/live/assigner.js';

const TOPICS = ['events', 'truth', 'summaries'];
const COUNTS = new Map([
  ['events', 8],
  ['truth', 8],
  ['summaries', 1],
]);

const fresh = (id: string): GroupMember => ({ id, topics: TOPICS, generation: -1, owned: new Map() });
const after = (shares: Shares, generation: number): GroupMember[] =>
  [...shares].map(([id, owned]) => ({ id, topics: TOPICS, generation, owned }));
const moves = (before: Shares, now: Shares, topic: string): number =>
  [...now].flatMap(([id, owned]) =>
    (owned.get(topic) ?? []).filter((partition) => before.get(id)?.get(topic)?.includes(partition) !== true),
  ).length;

describe('assign', () => {
  it('gives one member everything', () => {
    expect(assign([fresh('a')], COUNTS)).toEqual(
      new Map([
        [
          'a',
          new Map([
            ['events', [0, 1, 2, 3, 4, 5, 6, 7]],
            ['truth', [0, 1, 2, 3, 4, 5, 6, 7]],
            ['summaries', [0]],
          ]),
        ],
      ]),
    );
  });

  it('moves as few partitions as balance allows when members come and go', () => {
    const two = assign([fresh('a'), fresh('b')], COUNTS);
    expect(two.get('a')?.get('events')).toEqual([0, 1, 2, 3]);
    const three = assign([...after(two, 1), fresh('c')], COUNTS);
    expect([...three.values()].map((owned) => owned.get('events')!.length)).toEqual([3, 3, 2]);
    expect(moves(two, three, 'events')).toBe(2);
    const without = assign(
      after(three, 2).filter(({ id }) => id !== 'a'),
      COUNTS,
    );
    expect([...without.values()].map((owned) => owned.get('events')!.length)).toEqual([4, 4]);
    expect(moves(three, without, 'events')).toBe(3);
  });

  it('leaves the summaries where they are while their keeper lives', () => {
    const two = assign([fresh('a'), fresh('b')], COUNTS);
    const keeper = [...two].find(([, owned]) => owned.has('summaries'))![0];
    const more = assign([...after(two, 1), fresh('0'), fresh('c')], COUNTS);
    expect(more.get(keeper)?.get('summaries')).toEqual([0]);
  });

  it('believes no claim of an older generation', () => {
    const stale: GroupMember = { ...fresh('a'), generation: 3, owned: new Map([['events', [6, 7]]]) };
    const current: GroupMember = { ...fresh('b'), generation: 4, owned: new Map([['events', [6, 7]]]) };
    const shares = assign([stale, current], COUNTS);
    expect(shares.get('b')?.get('events')).toEqual(expect.arrayContaining([6, 7]));
  });

  it('shares each partition once, evenly, truth beside events, whatever members say and in whatever order', () => {
    const member = fc.record({
      id: fc.string({ minLength: 1, maxLength: 4 }),
      topics: fc.constant(TOPICS),
      generation: fc.integer({ min: -1, max: 2 }),
      owned: fc.array(fc.nat(20), { maxLength: 9 }).map(
        (owned) =>
          new Map([
            ['events', owned],
            ['truth', owned],
          ]),
      ),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(member, { selector: ({ id }) => id, minLength: 1, maxLength: 11 }),
        fc.integer({ min: 1, max: 16 }),
        (members, count) => {
          const counts = new Map(COUNTS).set('events', count).set('truth', count);
          const shares = assign(members, counts);
          expect(assign([...members].reverse(), counts)).toEqual(shares);
          const all = [...shares.values()].map((owned) => owned.get('events') ?? []);
          expect(all.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
          const sizes = all.map((each) => each.length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
          for (const owned of shares.values()) expect(owned.get('truth')).toEqual(owned.get('events'));
          expect([...shares.values()].filter((owned) => owned.has('summaries')).length).toBe(1);
        },
      ),
    );
  });
});
