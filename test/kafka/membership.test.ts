import { describeGroupsV5, offsetFetchV8 } from '@platformatic/kafka';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Broker } from '../../docker/kafka/broker.js';
import { openClient } from '../../kafka/client.js';
import type { Problem } from '../../operators/problem.js';
import { joinGroup, type Assignment, type Membership, type MembershipOptions } from '../../runtime/live/membership.js';
import { ensureTopic } from '../../sources/kafka/topics.js';
import { brokerOrSkip, startTestBroker } from '../support/broker.js';
import { startKafkaProxy } from '../support/kafka_proxy.js';

const SESSION_MS = 2000;

/** A member and all that it was told. */
interface Member {
  readonly membership: Membership;
  readonly assigned: Assignment[];
  readonly told: string[];
  readonly clock: { ahead: number };
}

describe.skipIf(!brokerOrSkip())('joinGroup', () => {
  let broker: Broker;
  let group = 0;
  const members: Member[] = [];

  beforeAll(async () => {
    broker = await startTestBroker();
    const connection = { brokers: [broker.bootstrap], clientId: 'test', tls: null, sasl: null };
    for (const [topic, partitions] of [
      ['events', 4],
      ['truth', 4],
      ['summaries', 1],
    ] as const)
      await ensureTopic(connection, { topic, partitions });
  });
  afterEach(async () => {
    await Promise.all(members.splice(0).map(({ membership }) => membership.leave()));
    group++;
  });

  const join = (name: string, more: Partial<MembershipOptions> = {}, address = broker.bootstrap): Member => {
    const assigned: Assignment[] = [];
    const told: string[] = [];
    const clock = { ahead: 0 };
    const membership = joinGroup(
      { brokers: [address], clientId: name, tls: null, sasl: null },
      {
        ...{ group: `group-${group}`, topics: ['events', 'truth', 'summaries'] },
        ...{ sessionTimeoutMs: SESSION_MS, heartbeatMs: 100, clock: () => performance.now() + clock.ahead },
        onAssigned: (assignment) => {
          assigned.push(assignment);
          told.push('assigned');
        },
        onLost: (reason) => void told.push(reason),
        onFatal: (problem) => void told.push(problem.message),
        onRetry: () => void told.push('retry'),
        ...more,
      },
    );
    const member = { membership, assigned, told, clock };
    members.push(member);
    return member;
  };

  const partitionsOf = ({ assigned }: Member, topic: string, which: 'partitions' | 'kept' = 'partitions'): number[] =>
    (assigned.at(-1)?.[which] ?? []).filter(([name]) => name === topic).map(([, partition]) => partition);
  const generationOf = ({ assigned }: Member): number => assigned.at(-1)?.generation ?? 0;
  /** Until the members are in one generation, and each has so many of the events' partitions. */
  const shared = (some: readonly Member[], counts: readonly number[]): Promise<void> =>
    expect
      .poll(
        () => [
          some.map((member) => partitionsOf(member, 'events').length),
          new Set(some.map(generationOf)).size,
          some.every(({ membership }) => membership.lease()),
        ],
        { timeout: 30_000 },
      )
      .toEqual([counts, 1, true]);

  it('shares partitions between two members, truth beside events, and says what was kept', async () => {
    const a = join('a');
    await shared([a], [4]);
    const first = partitionsOf(a, 'events');
    expect([first, partitionsOf(a, 'events', 'kept'), partitionsOf(a, 'summaries')]).toEqual([[0, 1, 2, 3], [], [0]]);
    const b = join('b');
    await shared([a, b], [2, 2]);
    expect([...partitionsOf(a, 'events'), ...partitionsOf(b, 'events')].sort()).toEqual([0, 1, 2, 3]);
    for (const each of [a, b]) expect(partitionsOf(each, 'truth')).toEqual(partitionsOf(each, 'events'));
    expect(partitionsOf(a, 'events', 'kept')).toEqual(partitionsOf(a, 'events'));
    expect([partitionsOf(a, 'summaries', 'kept'), partitionsOf(b, 'summaries')]).toEqual([[0], []]);
    expect(partitionsOf(b, 'events', 'kept')).toEqual([]);
    expect(a.told.filter((each) => each !== 'retry')).toEqual(['assigned', 'rebalance', 'assigned']);
    await a.membership.leave();
    expect(a.membership.lease()).toBe(false);
    const had = partitionsOf(b, 'events');
    await shared([b], [4]);
    expect(partitionsOf(b, 'events', 'kept')).toEqual(had);
    expect(partitionsOf(b, 'summaries')).toEqual([0]);
  });

  it("can be read by Kafka's own tools, with offsets that were committed", async () => {
    const a = join('a');
    await shared([a], [4]);
    await a.membership.commit([{ topic: 'events', partition: 2, offset: 5 }]);
    const client = openClient({ brokers: [broker.bootstrap], clientId: 'test', tls: null, sasl: null });
    const asked = {
      groupId: `group-${group}`,
      memberEpoch: -1,
      topics: [{ name: 'events', partitionIndexes: [2, 3] }],
    };
    const { groups } = await client.call(undefined, offsetFetchV8.api, [[asked], false]);
    const committed = groups[0]!.topics[0]!.partitions.map(({ committedOffset }) => committedOffset);
    expect(committed).toEqual([5n, -1n]);
    const { groups: described } = await client.call(undefined, describeGroupsV5.api, [[`group-${group}`], false]);
    client.close();
    expect(described[0]).toMatchObject({ groupState: 'Stable', protocolType: 'consumer', protocolData: 'regimewatch' });
  });

  it('gives the partitions of a member that vanished to the others', async () => {
    const proxy = await startKafkaProxy(broker.bootstrap, (_, frame) => frame);
    const a = join('a');
    const b = join('b', {}, proxy.address);
    await shared([a, b], [2, 2]);
    const had = partitionsOf(a, 'events');
    proxy.close();
    await shared([a], [4]);
    expect(partitionsOf(a, 'events', 'kept')).toEqual(had);
    expect(b.membership.lease()).toBe(false);
    expect(b.told.at(-1)).toBe('retry');
  });

  it('is sure of nothing after it was stopped for longer than the session, and comes back with nothing kept', async () => {
    const a = join('a');
    await shared([a], [4]);
    const generation = generationOf(a);
    // As SIGSTOP does: no timer fires, no answer is read, and the clock goes on.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * SESSION_MS);
    expect(a.membership.lease()).toBe(false);
    await expect.poll(() => generationOf(a), { timeout: 30_000 }).toBeGreaterThan(generation);
    expect(a.told.filter((each) => each !== 'retry')).toEqual(['assigned', 'expelled', 'assigned']);
    expect(a.assigned.at(-1)).toMatchObject({ kept: [] });
    expect(a.membership.lease()).toBe(true);
  });

  it('measures its lease by the clock it is given, less a fifth of the session', async () => {
    const a = join('a', { heartbeatMs: 1900 });
    await shared([a], [4]);
    a.clock.ahead = 0.8 * SESSION_MS;
    expect(a.membership.lease()).toBe(false);
    a.clock.ahead = 0;
    await expect.poll(() => a.membership.lease()).toBe(true);
  });

  it('waits with the rebalance for what is still to be saved', async () => {
    let saved: (() => void) | undefined;
    const saving = new Promise<void>((resolve) => {
      saved = resolve;
    });
    const leases: boolean[] = [];
    const a = join('a', {
      onLost: () => {
        leases.push(a.membership.lease());
        return saving;
      },
    });
    await shared([a], [4]);
    const b = join('b');
    await expect.poll(() => leases.length).toBe(1);
    expect([leases, b.assigned]).toEqual([[true], []]);
    saved!();
    await shared([a, b], [2, 2]);
  });

  it('keeps its share over a restart of the broker, with the lease down while there is none', async () => {
    const a = join('a', { sessionTimeoutMs: 20_000 });
    const b = join('b', { sessionTimeoutMs: 20_000 });
    await shared([a, b], [2, 2]);
    const generation = generationOf(a);
    await broker.kill();
    await expect.poll(() => [a, b].every(({ told }) => told.at(-1) === 'retry'), { timeout: 30_000 }).toBe(true);
    a.clock.ahead = 20_000;
    expect(a.membership.lease()).toBe(false);
    a.clock.ahead = 0;
    await broker.restart();
    await expect.poll(() => [a, b].every(({ membership }) => membership.lease()), { timeout: 60_000 }).toBe(true);
    await shared([a, b], [2, 2]);
    for (const each of [a, b])
      if (generationOf(each) === generation) expect(each.told.filter((word) => word === 'expelled')).toEqual([]);
  });

  it('ends with one line on what will not pass', async () => {
    const fatal = (more: Partial<MembershipOptions>): Promise<Problem> =>
      new Promise((onFatal) => join('a', { ...more, onFatal }));
    expect((await fatal({ topics: ['nowhere'] })).message).toBe(
      'topic nowhere: does not exist; make it first (regimewatch produce does), or mend the name',
    );
    expect((await fatal({ sessionTimeoutMs: 10 })).message).toMatch(
      /^group group-\d+: broker says INVALID_SESSION_TIMEOUT \(/,
    );
    const failing = fatal({
      onAssigned: () => {
        throw new TypeError('a mistake of ours');
      },
    });
    expect((await failing).message).toMatch(/^group group-\d+: a mistake of ours$/);
  });

  it('leaves while it is still looking for a broker', async () => {
    const a = join('a', {}, '127.0.0.1:1');
    await expect.poll(() => a.told.length).toBeGreaterThan(1);
    await a.membership.leave();
    const { length } = a.told;
    await a.membership.leave();
    expect(a.told.length).toBe(length);
  });
});
