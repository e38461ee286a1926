import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { check, resolveConfig } from 'prettier';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeState, encodeState } from '../operators/summaries/codec.js';
import type { Summary } from '../operators/summaries/summary.js';
import type { Report } from '../schemas/report.js';
import type { Source } from '../sources/source.js';
import { rowsOf, type Table } from './operators/summaries/rows.js';
import { blocksOf } from './support/markdown.js';
import { root, shell } from './support/shell.js';

/** The examples of CONTRIBUTING.md, which a copy of the rooms is given. */
const OPERATOR = 'operators/summaries/extremes.ts';
const SOURCE = 'sources/numbers/numbers.ts';
const PIPELINE = 'pipelines/example.yaml';
const ROOMS = ['operators', 'sources', 'schemas', 'runtime', 'kafka', 'sinks'];

const examples = blocksOf(readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')).filter(({ note }) => note !== '');
/** Inside of the project, so that its packages are found; git ignores out/. */
const copy = join(root, 'out', `contributing-test-${process.pid}`);

beforeAll(() => {
  for (const room of ROOMS) cpSync(join(root, room), join(copy, room), { recursive: true });
  for (const { note, text } of examples) {
    mkdirSync(dirname(join(copy, note)), { recursive: true });
    writeFileSync(join(copy, note), `${text}\n`);
  }
});
afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

test('there are three examples', () => {
  expect(examples.map(({ note }) => note)).toEqual([OPERATOR, SOURCE, PIPELINE]);
});

test.each(examples)('$note is formatted as the project is', async ({ note, text }) => {
  const config = await resolveConfig(join(root, note), { editorconfig: true });
  expect(await check(`${text}\n`, { ...config, filepath: note })).toBe(true);
});

test('the TypeScript passes the options of the project', () => {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: { compilerOptions: object };
  };
  const { options, errors } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  expect(errors).toEqual([]);
  const files = [OPERATOR, SOURCE].map((file) => join(copy, file));
  const program = ts.createProgram(files, { ...options, rootDir: root, noEmit: true });
  const found = ts.getPreEmitDiagnostics(program);
  expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
});

/** What an example exports under this name. */
async function load<T>(file: string, name: string): Promise<T> {
  const module = (await import(/* @vite-ignore */ join(copy, file))) as Record<string, unknown>;
  expect(module).toHaveProperty(name);
  return module[name] as T;
}

describe(OPERATOR, () => {
  interface State {
    low: Float64Array;
    high: Float64Array;
  }
  const config = { groups: 3 };
  let extremes: Summary<typeof config, State>;
  beforeAll(async () => {
    extremes = await load(OPERATOR, 'extremes');
  });

  function fill(table: Table, index?: readonly number[], state = extremes.create(config)): State {
    extremes.fill(state, rowsOf(table, index));
    return state;
  }
  function bytes(state: State): string {
    extremes.settle(state);
    return Buffer.from(encodeState(state)).toString('hex');
  }
  const indexes = (length: number): number[] => Array.from({ length }, (_, i) => i);

  const value = fc.oneof(fc.double(), fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 1, -1));
  const table = fc.array(fc.tuple(value, fc.nat(2)), { maxLength: 40 }).map((rows) => ({
    columns: [rows.map(([x]) => x)],
    group: rows.map(([, group]) => group),
  }));

  test('gives the least and the greatest value of each group', () => {
    const state = fill({ columns: [[3, -2, NaN, 7, -0, NaN]], group: [0, 0, 0, 0, 1, 2] });
    extremes.settle(state);
    expect(Array.from(state.low)).toEqual([-2, 0, Infinity]);
    expect(Array.from(state.high)).toEqual([7, 0, -Infinity]);
    expect(Array.from(fill({ columns: [[4, 5]] }).high)).toEqual([5, -Infinity, -Infinity]);
  });

  test('gives the same bits for any split and order', () => {
    const plan = fc.tuple(table, fc.infiniteStream(fc.nat(1000)), fc.integer({ min: 1, max: 4 }));
    fc.assert(
      fc.property(plan, ([table, stream, parts]) => {
        const next = (): number => (stream.next() as IteratorYieldResult<number>).value;
        const piles: number[][] = Array.from({ length: parts }, () => []);
        for (const i of indexes(table.group.length)) {
          const pile = piles[next() % parts]!;
          pile.splice(next() % (pile.length + 1), 0, i);
        }
        const states = piles.map((pile) => {
          const cut = next() % (pile.length + 1);
          return fill(table, pile.slice(cut), fill(table, pile.slice(0, cut)));
        });
        while (states.length > 1) {
          const [from] = states.splice(next() % states.length, 1);
          extremes.merge(states[next() % states.length]!, from!);
        }
        expect(bytes(states[0]!)).toBe(bytes(fill(table)));
      }),
    );
  });

  test('is neutral when empty, plain data, and settles once and for all', () => {
    fc.assert(
      fc.property(table, (table) => {
        const whole = bytes(fill(table));
        const [into, from] = [extremes.create(config), fill(table)];
        extremes.merge(into, from);
        extremes.merge(from, extremes.create(config));
        expect([bytes(into), bytes(from)]).toEqual([whole, whole]);
        expect(bytes(from)).toBe(whole);
        expect(bytes(structuredClone(fill(table)))).toBe(whole);
        expect(bytes(decodeState(encodeState(fill(table))) as State)).toBe(whole);
      }),
    );
    expect(() => {
      extremes.merge(extremes.create({ groups: 1 }), extremes.create({ groups: 2 }));
    }).toThrow('different configurations');
  });
});

describe(SOURCE, () => {
  let numbers: Source;
  const file = join(copy, 'table.numbers');
  beforeAll(async () => {
    numbers = await load(SOURCE, 'numbers');
    writeFileSync(file, '1\n2.5\nno number\n\n-3e2\r\n4\nNaN\n6');
  });

  async function read(path: string, batchEvents: number) {
    const batches = [];
    for await (const { columns, ...batch } of numbers.read(path, ['x'], { batchEvents })) {
      const x = columns.get('x') as Float64Array;
      batches.push({ ...batch, positions: Array.from(batch.positions ?? []), x: Array.from(x) });
    }
    return batches;
  }

  test('offers its column', async () => {
    expect(await numbers.describe(file, {})).toEqual({ columns: [{ name: 'x', list: false }] });
  });

  test('reads good lines with their positions, in batches, and counts bad ones', async () => {
    const bad = (n: number) => ({ rejected: { 'not a number': n } });
    expect(await read(file, 2)).toEqual([
      { start: 0, length: 2, positions: [0, 1], x: [1, 2.5] },
      { start: 0, length: 2, positions: [4, 5], x: [-300, 4], ...bad(2) },
      { start: 0, length: 1, positions: [7], x: [6], ...bad(1) },
    ]);
    expect(await read(file, 100)).toEqual([
      { start: 0, length: 5, positions: [0, 1, 4, 5, 7], x: [1, 2.5, -300, 4, 6], ...bad(3) },
    ]);
  });

  test('goes on where it was after a pause, and ends early without complaint', async () => {
    for await (const { columns } of numbers.read(file, ['x'], { batchEvents: 1 })) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      if ((columns.get('x') as Float64Array)[0] === -300) break;
    }
  });

  test('says in one line that there is no file', async () => {
    // The copy has a class Problem of its own.
    const reading = read(join(copy, 'missing.numbers'), 2);
    await expect(reading).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/: no such file\b.*$/) as string,
    });
  });
});

describe(PIPELINE, () => {
  const run = (line: string) => shell(`node ${JSON.stringify(join(root, 'bin', 'regimewatch.js'))} ${line}`, copy);

  test('passes regimewatch check', async () => {
    const { code, stdout, stderr } = await run(`check ${PIPELINE}`);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain('pipeline example: ');
  });

  test('replays, and finds three regimes', async () => {
    const { code, stdout, stderr } = await run(`replay ${PIPELINE} generator:2000 --format json`);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as Report;
    expect(report.events).toMatchObject({ read: 2000, used: 2000 });
    expect(report.regimes?.map.map(({ id }) => id)).toEqual([0, 1, 2]);
    const all = report.response?.find(({ regime, split }) => regime === 'all' && split === 'all');
    // What the pipeline injects: no scale, a width of 0.02.
    expect(Math.abs(all!.bias.value!)).toBeLessThan(4 * all!.bias.error!);
    expect(Math.abs(all!.sigma68.value! - 0.02)).toBeLessThan(4 * all!.sigma68.error!);
  });
});
