import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, Figure } from '../../runtime/mcp/statement.js';
import type { Validated } from '../../runtime/mcp/validate.js';
import type { MadeFigure } from '../../runtime/mcp/make_figure.js';
import { appendAll, using } from '../support/history_file.js';
import { root, run } from '../support/program.js';
import { scratch } from '../support/scratch.js';
import { alertOf, windowsAfter } from '../support/windows.js';

const folder = scratch();
const history = join(folder, 'watch.duckdb');
const args = [
  'bin/regimewatch.js',
  'mcp',
  '--history',
  history,
  '--pipeline',
  'pipelines/dilepton.yaml',
  '--folder',
  folder,
];
const client = new Client({ name: 'test', version: '0' });

beforeAll(async () => {
  await using(history, async (one) => {
    await appendAll(
      one,
      windowsAfter(null, 0, 29, (index) => (index < 20 ? {} : { core: -0.012, verdict: 'bad' })),
    );
    await one.setReference('dilepton', { epoch: 1, from: 0, to: 9 });
    await one.putAlert(alertOf('a', { name: 'HighBias', firedWindow: 30, runbook: 'docs/runbooks/HighBias.md' }));
    await one.putAlert(alertOf('b', { name: 'RegimeMix', state: 'resolved', activeAt: 500, resolvedAt: 800 }));
  });
  await run('replay', 'pipelines/dilepton.yaml', 'generator:20000', '--out', join(folder, 'out'));
  await client.connect(new StdioClientTransport({ command: process.execPath, args, cwd: root }));
});
afterAll(() => client.close());

interface Told<T> {
  readonly text: string;
  readonly mistake: boolean;
  readonly structured: T;
  readonly kinds: readonly string[];
}

async function call<T>(name: string, given: Record<string, unknown> = {}): Promise<Told<T>> {
  const { content, structuredContent, isError } = await client.callTool({ name, arguments: given });
  const parts = content as { type: string; text?: string }[];
  return {
    text: parts[0]?.text ?? '',
    mistake: isError === true,
    structured: structuredContent as T,
    kinds: parts.map(({ type }) => type),
  };
}
const answer = (name: string, given?: Record<string, unknown>): Promise<Told<Answer>> => call<Answer>(name, given);
const named = ({ statements }: Answer, name: string): Figure | undefined =>
  statements.flatMap(({ figures }) => figures).find((figure) => figure.name === name);

test('the tools say of themselves that they only read', async () => {
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual([
    ...['summarise_alarms', 'compare_windows', 'explain_regime', 'next_checks'],
    ...['validate_pipeline', 'validate_schema', 'make_figure'],
  ]);
  for (const { annotations, outputSchema, description } of tools) {
    expect(annotations?.readOnlyHint).toBe(true);
    expect(outputSchema?.type).toBe('object');
    expect(description).toBeTruthy();
  }
});

describe('summarise_alarms', () => {
  test('says each with its numbers, and where they are from', async () => {
    const { text, structured } = await answer('summarise_alarms');
    expect(text).toMatch(/HighBias \(page\) firing since window 30/);
    expect(text).toMatch(/RegimeMix \(page\) resolved/);
    expect(named(structured, 'value of the alert')).toMatchObject({ value: -0.012, limit: 0.005 });
    expect(named(structured, 'raw core')).toMatchObject({
      value: -0.012,
      error: 0.03 / Math.sqrt(1000),
      n: 1000,
      regime: 1,
    });
    expect(structured.provenance).toMatchObject({
      pipeline: 'dilepton',
      pipelineHash: 'a'.repeat(64),
      windows: '1@29:29',
    });
    for (const { figures } of structured.statements) expect(figures.length).toBeGreaterThan(0);
  });

  test('of those that fire, and of so many', async () => {
    expect((await answer('summarise_alarms', { firing: true })).text).not.toMatch(/RegimeMix/);
    expect((await answer('summarise_alarms', { most: 1 })).text).not.toMatch(/RegimeMix/);
  });
});

test('compare_windows: what differs, by how much, how sure; against the reference by default', async () => {
  const { structured, text } = await answer('compare_windows', { b: '-10:' });
  expect(text).toMatch(/raw core in high H_T went from 0\.00000 ± 0\.00030 to −0\.01200 ± 0\.00030: −\d+\.\d sigma/);
  expect(named(structured, 'difference')).toMatchObject({ regime: 1 });
  expect((structured as Answer & { comparison: { tests: number } }).comparison.tests).toBeGreaterThan(10);
  expect((await answer('compare_windows', { a: '0:9', b: '10:19' })).text).toMatch(/^0 of \d+ quantities and 0 of/);
});

test('explain_regime: by number or label, with its place from a report', async () => {
  const { text, structured } = await answer('explain_regime', { regime: 'HIGH h_t' });
  expect(text).toMatch(/Its verdict is bad since window 30: high H_T: bias -0\.012/);
  expect(text).toMatch(/centroid is not in the history/);
  expect(named(structured, 'windows with this verdict')).toMatchObject({ value: 10 });
  const placed = await answer('explain_regime', { regime: 1, report: join(folder, 'out', 'report.json') });
  expect(named(placed.structured, 'centroid H_T')?.value).toBeGreaterThan(0);
  expect(placed.text).toMatch(/may be another regime/);
  expect(await answer('explain_regime', { regime: 7 })).toMatchObject({
    ...{ mistake: true, text: 'regime 7: not in window 39; there are 0 (low H_T), 1 (high H_T)' },
  });
});

test('next_checks: the steps of the runbook, each with numbers', async () => {
  const { structured, text } = await answer('next_checks');
  expect(text).toMatch(/^HighBias \(page\) firing/);
  expect(structured.statements.length).toBeGreaterThan(3);
  const runbook = readFileSync(join(root, 'docs/runbooks/HighBias.md'), 'utf8').replace(/\s+/g, ' ');
  for (const { text: step, figures } of structured.statements.slice(1)) {
    const [, words = ''] = /^.*? \d+: (.*?)(?: \(in effect: [^)]*\))?$/.exec(step) ?? [];
    expect(runbook).toContain(words);
    expect(figures.length).toBeGreaterThan(0);
  }
  expect((await answer('next_checks', { alert: 'Nonsense' })).text).toBe(
    'alert Nonsense: not in the history; it has HighBias, RegimeMix',
  );
});

describe('validate', () => {
  test('a pipeline: that of the server, a text with a mistake and its line', async () => {
    const good = await call<Validated>('validate_pipeline');
    expect(good.structured).toMatchObject({ valid: true, errors: [] });
    expect(good.structured.plan).toMatch(/dilepton/);
    const text = readFileSync(join(root, 'pipelines/dilepton.yaml'), 'utf8').replace('\nresponse:', '\nrespnse:');
    const bad = await call<Validated>('validate_pipeline', { text });
    expect(bad.structured.valid).toBe(false);
    expect(bad.text).toMatch(/^text:\d+: .*respnse.*did you mean/);
  });

  test('a report, a window report, an Avro schema of events', async () => {
    const path = join(folder, 'out', 'report.json');
    expect((await call<Validated>('validate_schema', { schema: 'report', path })).structured).toEqual({
      valid: true,
      errors: [],
    });
    const report = { ...(JSON.parse(readFileSync(path, 'utf8')) as object), events: 1 };
    const bad = await call<Validated>('validate_schema', { schema: 'report', text: JSON.stringify(report) });
    expect(bad.structured.errors).toEqual([expect.stringMatching(/^events: /)]);
    const window = JSON.stringify(windowsAfter(null, 0, 0)[0]!.report);
    expect((await call<Validated>('validate_schema', { schema: 'window-report', text: window })).text).toBe('valid');
    const avsc = readFileSync(join(root, 'schemas/dilepton.event.avsc'), 'utf8');
    expect((await call<Validated>('validate_schema', { schema: 'event', text: avsc })).text).toBe('valid');
    const renamed = avsc.replace('"gen_l1_pt"', '"gen_l1_PT"');
    expect((await call<Validated>('validate_schema', { schema: 'event', text: renamed })).text).toMatch(
      /^field gen_l1_pt: missing/,
    );
    expect((await call<Validated>('validate_schema', { schema: 'report', text: '{' })).text).toMatch(/no JSON/);
  });
});

describe('make_figure', () => {
  test.each([
    ['of a report', { name: 'regime_map', report: join(folder, 'out', 'report.json') }],
    ['of the history', { name: 'timeline', windows: '10:' }],
  ])('%s: SVG, its hash and where it is from; the same call gives the same bytes', async (_, asked) => {
    const [first, again] = [await call<MadeFigure>('make_figure', asked), await call<MadeFigure>('make_figure', asked)];
    expect(first.text).not.toMatch(/^figure/);
    expect(first).toEqual(again);
    const { svg, sha256, provenance } = first.structured;
    expect(svg).toMatch(/^<svg /);
    expect(createHash('sha256').update(svg).digest('hex')).toBe(sha256);
    expect(provenance.pipelineHash).toMatch(/^[0-9a-f]{64}$/);
    expect(provenance.regimewatch).toMatch(/^\d/);
    expect(provenance.samples?.[0]?.sha256 ?? provenance.chain).toMatch(/^[0-9a-f]{64}$/);
    expect(first.kinds).toEqual(['text', 'image']);
  });

  test('one that there is not: which there are', async () => {
    const { text, mistake } = await call('make_figure', { name: 'x', report: join(folder, 'out', 'report.json') });
    expect(mistake).toBe(true);
    expect(text).toMatch(/^figure x: the report has .*regime_map/);
  });
});

test('files elsewhere are not read', async () => {
  writeFileSync(join(folder, 'inside.json'), '{}');
  for (const path of ['/etc/passwd', 'package.json', join(folder, '..', '..', 'etc', 'passwd')]) {
    const { text, mistake } = await call('validate_schema', { schema: 'report', path });
    expect({ text, mistake }).toEqual({ mistake: true, text: expect.stringMatching(/outside the folders/) as string });
  }
});

test('stdout carries the protocol alone, and the server ends with its input once all is answered', async () => {
  const child = spawn(process.execPath, args, { cwd: root });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  const ended = new Promise((resolve) => child.once('close', resolve));
  const message = (id: number, method: string, params: object): string =>
    `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`;
  child.stdin.write(
    message(1, 'initialize', {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 't', version: '0' },
    }),
  );
  child.stdin.write(message(2, 'tools/call', { name: 'summarise_alarms', arguments: {} }));
  child.stdin.end();
  expect(await ended).toBe(0);
  const lines = out.trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([1, 2].map((id) => ({ jsonrpc: '2.0', id })));
});
