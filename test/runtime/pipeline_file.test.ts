import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { loadPipeline, parsePipeline } from '../../runtime/pipeline_file.js';
import { planPipeline } from '../../runtime/pipeline_plan.js';
import { problemOf } from '../support/problem_of.js';
import { scratch } from '../support/scratch.js';

const folder = new URL('../fixtures/pipelines/', import.meta.url);
const base = readFileSync(new URL('base.yaml', folder), 'utf8');

interface Wrong {
  readonly what: string;
  readonly find?: string;
  readonly put?: string;
  readonly set?: string;
  readonly message: string;
}
const wrong = parse(readFileSync(new URL('wrong.yaml', folder), 'utf8')) as Wrong[];

describe('a wrong pipeline is refused in one line, with its place and the nearest right name', () => {
  test.each(wrong)('$what', async ({ find = '', put = '', set, message }) => {
    expect(base).toContain(find);
    const problem = await problemOf(() => {
      const { pipeline, locate } = parsePipeline(
        base.replace(find, () => put),
        'p.yaml',
        set === undefined ? [] : [set],
      );
      planPipeline(pipeline, locate);
    });
    expect(problem.message).toBe(message);
    expect(problem.exitCode).toBe(2);
  });
});

describe('--set', () => {
  const set = (...overrides: string[]) => parsePipeline(base, 'p.yaml', overrides).pipeline;

  test('overrides an entry, at any depth, in a list, and the last one holds', () => {
    expect(set('regimes.count=6').regimes).toEqual({ count: 6, standardise: true, seed: 1 });
    expect(set('regimes.count=6', 'regimes.count=auto').regimes.count).toBe('auto');
    expect(set('context.H_T.bins.0=50').context.H_T?.bins).toEqual([50, 0, 400]);
    expect(set('context.H_T.bins=[50, 0, 100]').context.H_T?.bins).toEqual([50, 0, 100]);
    expect(set('objects.1.abs_eta=gen_eta2').objects?.[1]?.abs_eta).toBe('gen_eta2');
    expect(set('columns.more={ unit: mm }').columns.more).toEqual({ unit: 'mm', list: false });
    expect(set('define.more=gen_pt1 == 3').define.more).toBe('gen_pt1 == 3');
    expect(set('sources.lhe.columns.w=weight').sources.lhe?.columns).toEqual({ w: 'weight' });
  });

  test('none takes an entry away, also one that is not there', () => {
    expect(set('weight=none').weight).toBeUndefined();
    expect(set('spectrum=none')).toEqual(set());
    expect(set('objects.1=none').objects).toHaveLength(1);
  });

  test('changes the hash, unless it says what holds anyway', () => {
    const { hash } = parsePipeline(base, 'p.yaml');
    expect(parsePipeline(base, 'p.yaml', ['regimes.count=3']).hash).not.toBe(hash);
    expect(parsePipeline(base, 'p.yaml', ['regimes.count=2', 'regimes.seed=1']).hash).toBe(hash);
  });
});

test('comments, order of entries and spelling of numbers change nothing in the hash', () => {
  const lines = base.split('\n');
  const same = ['# a comment', ...lines.slice(1), lines[0]!].join('\n').replace('0.15', '1.5e-1');
  expect(parsePipeline(same, 'other.yaml').hash).toBe(parsePipeline(base, 'p.yaml').hash);
});

describe('a file that is no pipeline', () => {
  const aliases = ['a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]'];
  for (const [name, before] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf', 'hg']) {
    aliases.push(`${name!}: &${name!} [${Array(9).fill(`*${before!}`).join(', ')}]`);
  }
  const cases: [string, string | Buffer | null, RegExp][] = [
    ['missing', null, /missing\.yaml: no such file$/],
    ['empty', '', /empty\.yaml: is empty/],
    ['comment', '# nothing\n', /comment\.yaml: is empty/],
    ['number', '5', /number\.yaml: pipeline: expected entries \(name: value\), found a number$/],
    ['list', '- a\n- b', /list\.yaml: pipeline: expected entries \(name: value\), found a list$/],
    ['zeros', Buffer.alloc(100), /zeros\.yaml: is no text/],
    ['binary', Buffer.from([0x50, 0x41, 0x52, 0x31, 0xff, 0xfe, 0x80]), /binary\.yaml: is no text/],
    ['large', `# ${'x'.repeat(1_000_001)}`, /large\.yaml: 1000003 bytes, more than 1000000: not a pipeline$/],
    ['deep', '['.repeat(100_000), /deep\.yaml:1: entries are nested too deeply$/],
    ['aliases', aliases.join('\n'), /aliases\.yaml: Excessive alias count/],
  ];
  const files = scratch();
  test.each(cases)('%s', async (name, content, message) => {
    const file = join(files, `${name}.yaml`);
    if (content !== null) writeFileSync(file, content);
    const problem = await problemOf(() => loadPipeline(file));
    expect(problem.message).toMatch(message);
    expect(problem.exitCode).toBe(2);
  });

  test('a directory', async () => {
    mkdirSync(join(files, 'folder.yaml'));
    const problem = await problemOf(() => loadPipeline(join(files, 'folder.yaml')));
    expect(problem.message).toMatch(/folder\.yaml: is a directory$/);
  });
});
