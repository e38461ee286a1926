import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Admin } from '@platformatic/kafka';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Broker } from '../../docker/kafka/broker.js';
import { clientOptions } from '../../docker/kafka/client_options.js';
import { follows } from '../../sinks/history/links.js';
import { openHistory } from '../../sinks/history/open_history.js';
import type { PageStatus, StoredWindow } from '../../schemas/page.js';
import { ensureTopic } from '../../sources/kafka/topics.js';
import { brokerOrSkip, startTestBroker } from '../support/broker.js';
import { parseExposition } from '../support/exposition.js';
import { start } from '../support/program.js';
import { scratch } from '../support/scratch.js';
import { until } from '../support/scraping.js';

const PIPELINE = 'pipelines/dilepton.yaml';
const SETTINGS = ['weight=none', 'correction=none', 'window={ events: 300, lateness: 1 }'].flatMap((one) => [
  '--set',
  one,
]);
/** Of 300 events; the last two are open. */
const WINDOWS = 20;
const folder = scratch();

interface Worker {
  readonly child: ChildProcess;
  readonly url: string;
  readonly history: string;
}

describe.runIf(brokerOrSkip())('two workers and one that joins, the keeper killed while windows close', () => {
  let broker: Broker;
  const running: ChildProcess[] = [];
  const events = (): string[] => ['--topic', 'events', '--brokers', broker.bootstrap, ...SETTINGS];
  const produce = (): ChildProcess => {
    const sample = `generator:${300 * (WINDOWS + 2)}?seed=3`;
    const child = start('produce', PIPELINE, sample, '--encoding', 'avro', '--pace', '2000', ...events());
    running.push(child);
    for (const stream of [child.stdout, child.stderr]) stream.resume();
    return child;
  };
  const joined = async (name: string, keeps = true): Promise<Worker> => {
    const history = join(folder, `${name}.duckdb`);
    // Without a checkpoint of its state the next keeper closes again what was closed.
    const session = ['--session', '6', '--checkpoint', '60'];
    const kept = ['--group', 'g', '--serve', '0', ...(keeps ? ['--history', history] : [])];
    const child = start('live', PIPELINE, ...kept, ...session, ...events());
    running.push(child);
    child.stdout.resume();
    let lines = '';
    child.stderr.on('data', (chunk: Buffer) => (lines += chunk.toString()));
    const url = (): string | undefined => /serving (http\S+) and/.exec(lines)?.[1];
    await until('it serves', () => url() !== undefined);
    return { child, url: url()!, history };
  };
  const get = async <T>({ url }: Worker, path: string): Promise<T> => (await (await fetch(url + path)).json()) as T;
  const windowsOf = (worker: Worker): Promise<StoredWindow[]> => get(worker, 'api/windows?from=0');
  const keeps = async (worker: Worker): Promise<boolean> =>
    (await get<{ keeper: unknown } | null>(worker, 'status.json'))?.keeper !== null;

  beforeAll(async () => {
    broker = await startTestBroker();
    const connection = { brokers: [broker.bootstrap], clientId: 'test', tls: null, sasl: null };
    await ensureTopic(connection, { topic: 'events', partitions: 3 });
    // With the retention that somebody may set; the broker deletes nothing of a topic that is compacted alone.
    await ensureTopic(connection, {
      topic: 'g.windows',
      partitions: 1,
      config: { 'cleanup.policy': 'compact,delete' },
    });
  });
  afterAll(() => {
    for (const child of running) child.kill('SIGKILL');
  });

  let windows: StoredWindow[] = [];

  test('every history and every page has each window once, the same', async () => {
    const workers = [await joined('a'), await joined('b')];
    await until('both have their share', async () => {
      const ready = await Promise.all(workers.map(async ({ url }) => (await fetch(`${url}readyz`)).ok));
      return ready.every(Boolean);
    });
    const producer = produce();
    const read = async (): Promise<number> => {
      const pages = await Promise.all(
        workers.map((worker) => get<{ events: { used: number } }>(worker, 'status.json')),
      );
      return pages.reduce((sum, { events: { used } }) => sum + used, 0);
    };
    await until('a part is read', async () => (await read()) > 8 * 300);
    // However long the models take to learn, windows are left for who comes next.
    producer.kill('SIGSTOP');
    await until('windows close, and both pages have them', async () =>
      (await Promise.all(workers.map(windowsOf))).every((windows) => windows.length >= 4),
    );
    producer.kill('SIGCONT');
    const first = await keeps(workers[0]!);
    expect(await keeps(workers[1]!)).toBe(!first);
    const [killed, left] = (first ? workers : [...workers].reverse()) as [Worker, Worker];
    killed.child.kill('SIGKILL');
    await once(killed.child, 'exit');

    const all = [await joined(first ? 'a' : 'b'), left, await joined('c')];
    const whole = async (worker: Worker): Promise<boolean> => (await windowsOf(worker)).length >= WINDOWS;
    await until('every page has all windows', async () => (await Promise.all(all.map(whole))).every(Boolean));
    const [one, ...others] = await Promise.all(all.map(windowsOf));
    expect(one!.map(({ report }) => report.index)).toEqual([...Array(WINDOWS).keys()]);
    one!.slice(1).forEach(({ report }, i) => {
      expect(follows(one![i]!.report.chain, report)).toBe(true);
    });
    for (const other of others) expect(other).toEqual(one);
    expect(new Set(one!.map((window) => window.run)).size).toBe(2);

    const verdicts = await Promise.all(all.map((worker) => get<PageStatus>(worker, 'api/status')));
    for (const { verdict, why, windows } of verdicts)
      expect([verdict, why, windows]).toEqual([verdicts[0]!.verdict, verdicts[0]!.why, WINDOWS]);
    const told = await Promise.all(
      all.map(async ({ url }) => parseExposition(await (await fetch(`${url}metrics`)).text())),
    );
    for (const name of ['windows_total', 'window_number', 'regime_events_total']) {
      const series = (one: ReadonlyMap<string, number>) => [...one.keys()].some((key) => key.includes(`_${name}{`));
      expect(told.filter(series), name).toHaveLength(1);
    }

    windows = one!;
    const ended = all.map(({ child }) => once(child, 'exit'));
    for (const { child } of all) child.kill('SIGTERM');
    await Promise.all(ended);
    for (const { history } of all) {
      const store = await openHistory(history);
      expect(await store.windows('dilepton', 0, Infinity, Infinity)).toEqual(one);
      const [epoch, ...more] = await store.epochs('dilepton');
      expect([epoch!.windows, epoch!.gaps, more]).toEqual([WINDOWS, 0, []]);
      await store.close();
    }
  }, 240_000);

  test('of a topic that has lost windows a page has those that are left, and a history what it had', async () => {
    const admin = new Admin(clientOptions(broker, 'test'));
    await admin.deleteRecords({ topics: [{ name: 'g.windows', partitions: [{ partition: 0, offset: 12n }] }] });
    await admin.close();
    const [without, again] = [await joined('d', false), await joined('b')];
    for (const each of [without, again])
      await until(
        'it has read what there is',
        async () => (await windowsOf(each)).at(-1)?.report.index === WINDOWS - 1,
      );
    expect((await windowsOf(again)).slice(0, WINDOWS)).toEqual(windows);
    const chains = (some: readonly StoredWindow[]): string[] => some.map(({ report }) => report.chain);
    const left = chains(await windowsOf(without));
    expect(left).toEqual(chains(windows).slice(-left.length));
  }, 240_000);
});
