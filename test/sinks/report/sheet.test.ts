import { expect, test } from 'vitest';
import { basename, sampleNames, sheet } from '../../../sinks/report/sheet.js';
import { makeReport } from '../../fixtures/report/make.js';
import { drawnOf } from './drawn.js';

const report = makeReport({ events: 20 });
const options = { name: 'x', title: 'H_T <&>', description: 'of "H_T"', n: 1234, height: 300, parts: [] };

test('samples are named by their file, long names and many are shortened', () => {
  expect(basename('/data/a.parquet')).toBe('a.parquet');
  expect(basename('C:\\data\\b.root')).toBe('b.root');
  const of = (...paths: string[]) =>
    sampleNames({ ...report, samples: paths.map((path) => ({ ...report.samples[0]!, path })) });
  expect(of('/data/a.parquet')).toBe('a.parquet');
  expect(of('a', 'b', 'c', 'd')).toBe('a, b and 2 more');
  expect(of(`${'long_'.repeat(20)}name.parquet`)).toHaveLength(43);
});

test('title, sample, count, pipeline and version are around what was drawn, safely', () => {
  const { words, root, svg } = drawnOf(sheet(report, { ...options, parts: ['<text>p_T</text>'] }));
  expect(words).toContain('HT <&>');
  expect(words).toContain('pT');
  expect(words).toContain('dy_mumu_13TeV.parquet · 1,234 events');
  expect(words).toContain('dilepton · regimewatch 0.1.0');
  expect(root.querySelector('title')!.textContent).toBe('H_T <&>');
  expect(svg).toContain('of &quot;H_T&quot;');
});

test('names of samples are not set as symbols', () => {
  const named = { ...report, samples: [{ ...report.samples[0]!, path: 'H_T' }] };
  expect(drawnOf(sheet(named, options)).words).toContain('H_T · 1,234 events');
});

test('weights are named, unless their formula is long', () => {
  const wordsOf = (weight: string) => drawnOf(sheet({ ...report, weight }, options)).words;
  expect(wordsOf('weight_pb')).toContain('dy_mumu_13TeV.parquet · 1,234 events, weighted by weight_pb');
  expect(wordsOf('w * '.repeat(20))).toContain('dy_mumu_13TeV.parquet · 1,234 events, weighted');
});

test('coordinates are kept to a hundredth of a pixel', () => {
  const { svg } = sheet(report, { ...options, parts: ['<path d="M1.23456,7e-12L2,3.999999"/><rect x="0.125"/>'] });
  expect(svg).toContain('d="M1.23,7e-12L2,4"');
  expect(svg).toContain('x="0.13"');
});
