import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, describe, expect, it } from 'vitest';
import { generatorSource } from '../../../sources/generator/generator.js';
import { writeSample } from '../../../sources/generator/write_sample.js';

const folder = mkdtempSync(join(tmpdir(), 'regimewatch-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const EVENTS = 6_000;
const source = generatorSource({ events: EVENTS, seed: 1, high_pt_fraction: 0.2 });
const names = source.describe().columns.map(({ name }) => name);

/** Every column as the formats store it: event as a double, the rest in single precision. */
const expected = new Map<string, number[]>();
for await (const batch of source.read(names, { batchEvents: EVENTS })) {
  for (const [name, column] of batch.columns) {
    const values = column as Float64Array;
    expected.set(
      name,
      Array.from(values, (value) => (name === 'event' ? value : Math.fround(value))),
    );
  }
}

async function write(name: string, batchEvents = 1_000): Promise<string> {
  const file = join(folder, name);
  await writeSample(file, source.read(names, { batchEvents }), names);
  return file;
}

/** Arrays of this length are compared by their bits: a failure prints one line. */
const sha = (values: Iterable<number>): string =>
  createHash('sha256')
    .update(new Uint8Array(Float64Array.from(values).buffer))
    .digest('hex');

async function query(sql: string): Promise<Record<string, unknown[]>> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const columns = (await connection.runAndReadAll(sql)).getColumnsObject();
  instance.closeSync();
  return columns;
}

function expectColumns(read: (name: string) => Iterable<number>): void {
  for (const [name, values] of expected) expect(sha(read(name)), name).toBe(sha(values));
}

describe('writeSample', () => {
  it('writes Arrow in single precision but for event', async () => {
    const table = tableFromIPC(readFileSync(await write('a.arrow')));
    expect(table.schema.fields.map(({ name, type }) => `${name} ${String(type)}`)).toEqual(
      names.map((name) => `${name} ${{ event: 'Float64', flavour: 'Int32' }[name] ?? 'Float32'}`),
    );
    expectColumns((name) => table.getChild(name)!.toArray() as Float64Array);
  });

  it('writes as many Arrow record batches as it takes', async () => {
    const many = generatorSource({ events: 70_000, seed: 1, high_pt_fraction: 0 }).read(['event'], {
      batchEvents: 999,
    });
    const file = join(folder, 'many.arrow');
    await writeSample(file, many, ['event']);
    const table = tableFromIPC(readFileSync(file));
    expect(table.batches.map((batch) => batch.numRows)).toEqual([65_536, 70_000 - 65_536]);
    expect(sha(table.getChild('event')!.toArray() as Float64Array)).toBe(
      sha(Array.from({ length: 70_000 }, (_, i) => i)),
    );
  });

  it('writes Parquet, in the order of the events', async () => {
    const columns = await query(
      `SELECT * FROM '${await write("a 'quoted' name.parquet")}'`.replace(/'(quoted)'/, "''$1''"),
    );
    expect(Object.keys(columns)).toEqual(names);
    expectColumns((name) => columns[name] as number[]);
  });

  it('writes CSV with the same values', async () => {
    const [header, ...lines] = readFileSync(await write('a.csv'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(header).toBe(names.join(','));
    const rows = lines.map((line) => line.split(',').map(Number));
    expectColumns((name) => rows.map((row) => row[names.indexOf(name)]!));
  });

  it('writes LHE events that conserve four-momentum, within the beams’ energy', async () => {
    const text = readFileSync(await write('a.lhe'), 'utf8');
    expect(gunzipSync(readFileSync(await write('a.lhe.gz'))).toString()).toBe(text);
    const events = text.split('<event>\n').slice(1);
    expect(events.length).toBe(EVENTS);
    expect(text.endsWith('</event>\n</LesHouchesEvents>\n')).toBe(true);
    for (let i = 0; i < EVENTS; i++) {
      const [head, ...lines] = events[i]!.split('\n');
      expect(head!.trim().split(/\s+/).map(Number)).toEqual(
        [6, 1, 1, 91.1876, 1 / 128, 0.118].map((x) => expect.closeTo(x, 8) as number),
      );
      const particles = lines.slice(0, 6).map((line) => line.trim().split(/\s+/).map(Number));
      const flavour = expected.get('flavour')![i]!;
      expect(particles.map(([pdg]) => pdg)).toEqual([2, -2, 23, -flavour, flavour, 21]);
      for (let p = 6; p < 10; p++) {
        const sum = (chosen: number[]): number => chosen.reduce((total, row) => total + particles[row]![p]!, 0);
        const energy = Math.abs(particles[0]![9]!) + Math.abs(particles[1]![9]!);
        expect(Math.abs(sum([0, 1]) - sum([2, 5])) / energy).toBeLessThan(1e-10);
        expect(Math.abs(sum([2]) - sum([3, 4])) / energy).toBeLessThan(1e-10);
      }
      for (const row of particles)
        expect(row[9]! ** 2 - row[6]! ** 2 - row[7]! ** 2 - row[8]! ** 2 - row[10]! ** 2).toBeLessThan(
          1e-9 * row[9]! ** 2,
        );
      expect(Math.max(particles[0]![9]!, particles[1]![9]!)).toBeLessThanOrEqual(7000);
      const [, , , l1] = particles as [number[], number[], number[], number[]];
      expect(Math.hypot(l1[6]!, l1[7]!)).toBeCloseTo(expected.get('gen_l1_pt')![i]!, 3);
      expect(Math.asinh(l1[8]! / Math.hypot(l1[6]!, l1[7]!))).toBeCloseTo(expected.get('gen_l1_eta')![i]!, 5);
    }
  });

  it('writes the same bytes however the events are batched', async () => {
    for (const ending of ['arrow', 'parquet', 'csv', 'lhe.gz']) {
      const [a, b] = [await write(`one.${ending}`, 333), await write(`two.${ending}`, 6_000)];
      expect(readFileSync(a).equals(readFileSync(b)), ending).toBe(true);
    }
  });

  it('writes files of no events', async () => {
    const none = generatorSource({ events: 0, seed: 1, high_pt_fraction: 0 });
    const write0 = async (ending: string): Promise<string> => {
      await writeSample(join(folder, `none.${ending}`), none.read(names, { batchEvents: 10 }), names);
      return join(folder, `none.${ending}`);
    };
    const table = tableFromIPC(readFileSync(await write0('arrow')));
    expect([table.numRows, table.numCols]).toEqual([0, names.length]);
    expect((await query(`SELECT count(*)::INTEGER AS n FROM '${await write0('parquet')}'`)).n).toEqual([0]);
    expect(readFileSync(await write0('csv'), 'utf8')).toBe(`${names.join(',')}\n`);
    expect(readFileSync(await write0('lhe'), 'utf8')).toMatch(/<\/init>\n<\/LesHouchesEvents>\n$/);
  });

  it('refuses an ending that it does not know, and leaves nothing behind when it fails', async () => {
    await expect(write('a.root')).rejects.toThrow(/a\.root: no format is written under this name; end it in \.arrow,/);
    const clean = join(folder, 'clean');
    mkdirSync(clean);
    for (const ending of ['arrow', 'parquet', 'csv', 'lhe']) {
      const failing = generatorSource({ events: 10, seed: 1, high_pt_fraction: 0 }).read(['event'], { batchEvents: 5 });
      const wanted = writeSample(join(clean, `x.${ending}`), failing, ['event', 'weight']);
      await expect(wanted, ending).rejects.toThrow(/column '\w+': not in the batch at event 0/);
      const lost = writeSample(join(folder, 'no such folder', `x.${ending}`), failing, ['event']);
      await expect(lost, ending).rejects.toThrow(/x\.\w+: cannot be written: /);
    }
    expect(readdirSync(clean)).toEqual([]);
    expect(existsSync(join(folder, 'no such folder'))).toBe(false);
  });
});
