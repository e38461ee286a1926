import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPipeline, type LoadedPipeline } from '../../runtime/pipeline_file.js';
import { produce, produceStages, type Produced, type ProduceIo, type ProduceSettings } from '../../runtime/produce.js';
import { fieldsFor, partitionOf } from '../../runtime/produce_stage.js';
import { openSample } from '../../sources/index.js';
import type { TopicWanted } from '../../sources/kafka/topics.js';
import { parseSchema } from '../../sources/wire/avro/schema.js';
import { wireDecoder } from '../../sources/wire/decoder.js';
import { WIRE_KEY, WIRE_LIMITS, WIRE_POSITION } from '../../sources/wire/types.js';
import { fakeKafka, type FakeKafka } from '../support/fake_kafka.js';
import { problemOf } from '../support/problem_of.js';
import { scratch } from '../support/scratch.js';
import { basePipeline } from '../support/stage.js';

const dilepton = new URL('../../pipelines/dilepton.yaml', import.meta.url).pathname;
const lhe = new URL('../fixtures/lhe/powheg_v2.lhe', import.meta.url).pathname;
const folder = scratch();
const PARTITIONS = 4;
const [A, B] = ['generator:3000?seed=5&high_pt=0.3', 'generator:700?seed=6'];
const KEYED = [...WIRE_KEY, WIRE_POSITION];

let loaded: LoadedPipeline;
beforeAll(async () => {
  loaded = await loadPipeline(dilepton);
});

const newKafka = (): FakeKafka => fakeKafka({ t: PARTITIONS }, () => 1000);

interface Run {
  readonly produced: Produced;
  readonly made: readonly TopicWanted[];
}

async function run(
  kafka: FakeKafka,
  paths: readonly string[],
  settings: Partial<ProduceSettings> = {},
  io: Partial<ProduceIo> = {},
  pipeline = loaded,
): Promise<Run> {
  const made: TopicWanted[] = [];
  const produced = await produce(
    pipeline,
    await produceStages(pipeline, paths),
    { topic: 't', encoding: 'arrow', batch: 500, partitions: null, pace: null, again: false, ...settings },
    {
      log: kafka.log,
      writer: kafka.writer,
      makeTopic: (wanted) => Promise.resolve(void made.push(wanted)),
      stop: new AbortController().signal,
      ...io,
    },
  );
  return { produced, made };
}

/** Rows of the wanted columns in a partition, in the order of its log. */
async function rowsIn(kafka: FakeKafka, partition: number, names: readonly string[]): Promise<number[][]> {
  const schemas = kafka.records('t.schemas').map(({ value }) => parseSchema(value!.toString(), 'test'));
  const needed = names.map((name) => ({ name, type: 'double' as const }));
  const decoder = wireDecoder({ needed, schemas, limits: WIRE_LIMITS });
  const { batches, bad } = await decoder.decode(kafka.records('t', partition));
  expect(bad).toEqual([]);
  return batches.flatMap(({ length, columns }) =>
    Array.from({ length }, (_, i) => names.map((name) => columns.get(name)![i]!)),
  );
}

const everyPartition = async (kafka: FakeKafka, names: readonly string[]): Promise<number[][][]> =>
  Promise.all(Array.from({ length: PARTITIONS }, (_, p) => rowsIn(kafka, p, names)));

/** The same from the sample itself. */
async function rowsOf(path: string, names: readonly string[]): Promise<number[][]> {
  const { source } = await openSample(path);
  const rows: number[][] = [];
  for await (const { length, columns } of source.read(path, names, { batchEvents: 1000 }))
    for (let i = 0; i < length; i++) rows.push(names.map((name) => (columns.get(name) as Float64Array)[i]!));
  return rows;
}

const TRUTH = ['event', 'gen_l1_pt', 'gen_l1_eta', 'gen_l1_phi', 'gen_l2_pt', 'gen_l2_eta', 'gen_l2_phi', 'flavour'];

describe.each(['arrow', 'avro'] as const)('%s messages', (encoding) => {
  it('hold each event once, bit for bit, in its partition and in the order of the sample', async () => {
    const kafka = newKafka();
    const { produced } = await run(kafka, [A], { encoding });
    expect(produced).toMatchObject({ events: 3000, alreadyThere: 0, rejected: {}, complete: true });
    const partitions = await everyPartition(kafka, TRUTH);
    const all = await rowsOf(A, TRUTH);
    expect(partitions.flat().sort((a, b) => a[0]! - b[0]!)).toEqual(all);
    const words = new Uint32Array(2);
    const value = new Float64Array(words.buffer);
    partitions.forEach((rows, p) => {
      // 750 expected, with a standard deviation of 24.
      expect(Math.abs(rows.length - 750)).toBeLessThan(120);
      expect(rows.every(([event], i) => i === 0 || event! > rows[i - 1]![0]!)).toBe(true);
      for (const [event] of rows) {
        value[0] = event!;
        expect(partitionOf(words[0]!, words[1]!, PARTITIONS)).toBe(p);
      }
    });
    const sizes = Array.from({ length: PARTITIONS }, (_, p) => kafka.records('t', p).length);
    expect(sizes).toEqual(partitions.map(({ length }) => (encoding === 'avro' ? length : Math.ceil(length / 500))));
    expect(produced.messages).toBe(sizes.reduce((sum, n) => sum + n, 0));
    // The weight goes by the pipeline's name, which the column map gives; the key by no column of its own.
    await expect(rowsIn(kafka, 0, ['weight_pb'])).resolves.toHaveLength(partitions[0]!.length);
    const [first] = kafka.records('t', 0);
    const key = Buffer.alloc(8);
    key.writeDoubleLE(partitions[0]![0]![0]!);
    expect(first!.key).toEqual(encoding === 'avro' ? key : null);
  });

  it('bring key and number where the sample names events by their place; no reconstruction is sent', async () => {
    const kafka = newKafka();
    const { produced } = await run(kafka, [lhe], { encoding });
    expect(produced).toMatchObject({ events: 12, rejected: {} });
    const partitions = await everyPartition(kafka, ['gen_l1_pt', ...KEYED]);
    const pt = await rowsOf(lhe, ['gen_l1_pt']);
    const seen = partitions.flatMap((rows, p) =>
      rows.map(([x, lo, hi, position]) => {
        expect(partitionOf(lo!, hi!, PARTITIONS)).toBe(p);
        return [position, x];
      }),
    );
    expect(seen.sort((a, b) => a[0]! - b[0]!)).toEqual(pt.map(([x], i) => [i, x]));
    const names = encoding === 'avro' ? kafka.records('t.schemas')[0]!.value!.toString() : '';
    expect(names).not.toContain('reco_');
  });

  it('go on where a run was cut off, at any place and with any size of message', async () => {
    const [whole, once] = [newKafka(), newKafka()];
    await run(whole, [A, B], { encoding });
    await run(once, [A], { encoding });
    const expected = await everyPartition(whole, TRUTH);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: PARTITIONS, maxLength: PARTITIONS }),
        fc.constantFrom(100, 500, 4096),
        async (shares, batch) => {
          const kafka = newKafka();
          await run(kafka, [A, B], { encoding });
          let left = 0;
          shares.forEach((share, p) => {
            const records = kafka.records('t', p);
            records.splice(Math.floor(share * (records.length + 1)));
          });
          for (const rows of await everyPartition(kafka, TRUTH)) left += rows.length;
          const { produced } = await run(kafka, [A, B], { encoding, batch });
          expect(produced).toMatchObject({ events: 3700 - left, alreadyThere: left });
          expect(await everyPartition(kafka, TRUTH)).toEqual(expected);
        },
      ),
      { numRuns: encoding === 'avro' ? 5 : 15 },
    );
    const { produced } = await run(once, [A, B], { encoding });
    expect(produced).toMatchObject({ events: 700, alreadyThere: 3000 });
    expect(await everyPartition(once, TRUTH)).toEqual(expected);
  });
});

describe('a second run', () => {
  it('sends nothing, all with --again, and does not take for sent what another order of samples left out', async () => {
    const kafka = newKafka();
    await run(kafka, [A]);
    expect((await run(kafka, [A])).produced).toMatchObject({ events: 0, messages: 0, alreadyThere: 3000 });
    expect((await run(kafka, [A], { again: true })).produced).toMatchObject({ events: 3000, alreadyThere: 0 });
    expect((await run(kafka, [B, A])).produced).toMatchObject({ events: 700, alreadyThere: 3000 });
  });

  it('is refused where the events would go to other partitions', async () => {
    const kafka = newKafka();
    await run(kafka, [A]);
    const wider = fakeKafka({ t: 5 }, () => 1000);
    for (let p = 0; p < PARTITIONS; p++) wider.records('t', p).push(...kafka.records('t', p));
    const said = `topic t: holds events of ${A} by another identity, or was given more partitions since`;
    expect((await problemOf(() => run(wider, [A]))).message).toContain(said);
    const byPlace = await loadPipeline(dilepton, ['identity=position']);
    const problem = await problemOf(() => run(kafka, [A], {}, {}, byPlace));
    expect([problem.exitCode, problem.message]).toEqual([2, expect.stringContaining(said)]);
  });

  it('after a signal goes on at the next event', async () => {
    const kafka = newKafka();
    const stop = new AbortController();
    const onSent = (): void => {
      stop.abort();
    };
    const { produced } = await run(kafka, [A, B], { pace: 9000 }, { stop: stop.signal, onSent });
    expect(produced).toMatchObject({ events: 900, complete: false });
    expect((await everyPartition(kafka, ['event'])).flat()).toHaveLength(900);
    expect((await run(kafka, [A, B])).produced).toMatchObject({ events: 2800, alreadyThere: 900, complete: true });
  });
});

describe('the topic', () => {
  it('is made if it is not there, and so is the one of the schemas, with what Kafka is to keep', async () => {
    const kafka = newKafka();
    const { made } = await run(kafka, [B], { encoding: 'avro', partitions: PARTITIONS });
    expect(made).toEqual([
      { topic: 't', partitions: PARTITIONS, config: { 'max.message.bytes': String(2 ** 24 + 2 ** 16) } },
      { topic: 't.schemas', partitions: 1, config: { 'cleanup.policy': 'compact' } },
    ]);
    expect((await run(newKafka(), [B])).made).toEqual([]);
  });

  it('has messages of Confluent framing where a registry keeps the schema', async () => {
    const kafka = newKafka();
    const subjects: string[] = [];
    const registry = { register: (subject: string) => Promise.resolve(subjects.push(subject) + 41) };
    await run(kafka, [B], { encoding: 'avro' }, { registry });
    expect(subjects).toEqual(['t-value']);
    expect(kafka.records('t', 0)[0]!.value!.toString('hex', 0, 5)).toBe('000000002a');
    expect(kafka.records('t.schemas')).toEqual([]);
  });
});

describe('fields', () => {
  const column = { f: new Float32Array(1), i: new Int16Array(1), d: new Float64Array(1), u: new Uint32Array(1) };

  it('have the narrowest type that holds the column', () => {
    const fields = fieldsFor([], new Map(Object.entries(column)));
    expect(fields.map(({ name, type }) => `${name} ${type}`)).toEqual(['f float', 'i int', 'd double', 'u double']);
    expect(fieldsFor(fields, new Map(Object.entries(column)))).toBe(fields);
  });

  it('become doubles, for good, where a column comes in another type', () => {
    const first = fieldsFor([], new Map(Object.entries(column)));
    const second = fieldsFor(first, new Map(Object.entries({ ...column, i: column.d })));
    expect(second.map(({ type }) => type)).toEqual(['float', 'double', 'double', 'double']);
    expect(fieldsFor(second, new Map(Object.entries(column)))).toBe(second);
  });
});

describe('what cannot be sent', () => {
  it('a list', async () => {
    const lists = basePipeline('columns.reco_pt1={"list":true}', 'define.sum_reco=sum(reco_pt1)');
    const names = ['event', 'gen_pt1', 'gen_pt2', 'gen_eta1', 'gen_eta2', 'w'];
    const event = { ...Object.fromEntries(names.map((name) => [name, 1])), reco_pt1: [1, 2] };
    const file = join(folder, 'a.jsonl');
    writeFileSync(file, `${JSON.stringify(event)}\n`);
    const problem = await problemOf(() => produceStages(lists, [file]));
    expect([problem.exitCode, problem.message]).toEqual([2, expect.stringContaining('columns.reco_pt1: is a list')]);
  });

  it('the same sample twice', async () => {
    const problem = await problemOf(() => produceStages(loaded, [A, B, A]));
    expect(problem.message).toBe(`samples ${A} and ${A}: hold the same bytes; give each once`);
  });

  it('a range of a log without brokers', async () => {
    const problem = await problemOf(() => produceStages(loaded, ['kafka:t?partition=0&from=0&to=9']));
    expect(problem.message).toContain('no brokers are known: give --brokers');
  });
});
