import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { eventSchemas, jsonSchemas } from '../../schemas/generate.js';
import { prepareSamples } from '../../runtime/samples.js';
import { settings } from '../support/replay.js';
import { loadPipeline } from '../../runtime/pipeline_file.js';
import { replay } from '../../runtime/replay.js';

const root = new URL('../../', import.meta.url);
const textOf = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const pipelines = readdirSync(new URL('pipelines/', root)).filter((name) => name.endsWith('.yaml'));

const validator = (name: string) =>
  new Ajv2020({ strict: true, strictTypes: false, strictTuples: false, allErrors: true }).compile(
    JSON.parse(textOf(`schemas/${name}.schema.json`)) as object,
  );

test.each([...jsonSchemas(), ...(await eventSchemas(new URL('pipelines/', root)))])(
  '%s is what `npm run generate` makes',
  (name, text) => {
    expect(textOf(`schemas/${name}`)).toBe(text);
  },
);

describe('pipeline.schema.json', () => {
  const validate = validator('pipeline');

  test.each(pipelines)('holds for %s, which names it for editors', (name) => {
    const text = textOf(`pipelines/${name}`);
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=../schemas/pipeline.schema.json');
    validate(parse(text));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('refuses an unknown entry, a wrong type and what is missing', () => {
    const right = parse(textOf('test/fixtures/pipelines/base.yaml')) as Record<string, unknown>;
    expect(validate(right)).toBe(true);
    for (const wrong of [{ wieght: 'w' }, { regimes: { count: 'some' } }, { context: undefined }, { columns: [] }]) {
      expect(validate(JSON.parse(JSON.stringify({ ...right, ...wrong }))), JSON.stringify(wrong)).toBe(false);
    }
  });
});

describe('report.schema.json', () => {
  const validate = validator('report');

  test.each([
    ['pipelines/dilepton.yaml', []],
    ['pipelines/dilepton.yaml', ['response=none', 'spectrum=none']],
    ['pipelines/dilepton.yaml', ['regimes.count=auto', 'weight=none', 'context.abs_deta=none']],
  ])('holds for a report of %s %j', async (name, overrides) => {
    const loaded = await loadPipeline(new URL(name, root).pathname, overrides);
    const report = await replay(loaded, await prepareSamples(loaded, ['generator:500?seed=5']), settings());
    validate(JSON.parse(JSON.stringify(report)));
    expect(validate.errors ?? []).toEqual([]);
  });
});
