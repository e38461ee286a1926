import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportSchema } from '../../../schemas/report.js';
import { figures } from '../../../sinks/report/figures.js';
import { reportHtml } from '../../../sinks/report/html.js';
import { writeReport } from '../../../sinks/report/write_report.js';
import { makeReport, reports } from '../../fixtures/report/make.js';
import { problemOf } from '../../support/problem_of.js';
import { scratch } from '../../support/scratch.js';

const folder = scratch();

describe.each(reports)('%s', (name, report) => {
  const out = join(folder, name.replaceAll(' ', '-'), 'deep');

  test('is written as JSON, page and figures, whose paths are given', async () => {
    const paths = await writeReport(report, out);
    const names = figures(report).map((figure) => `${figure.name}.svg`);
    expect(paths).toEqual(
      ['report.json', 'report.html', ...names.map((file) => join('figures', file))].map((file) => join(out, file)),
    );
    expect(readdirSync(join(out, 'figures')).sort()).toEqual([...names].sort());
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toBe(reportHtml(report));
  });

  test('comes back from report.json as it was, and keeps to the contract', async () => {
    await writeReport(report, out);
    const read: unknown = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
    expect(reportSchema.parse(read)).toEqual(report);
  });
});

test('a folder that cannot be made is a problem with its name', async () => {
  const file = join(folder, 'taken');
  writeFileSync(file, '');
  const problem = await problemOf(() => writeReport(makeReport({ events: 1 }), file));
  expect(problem.exitCode).toBe(1);
  expect(problem.message).toContain(`folder ${file}: the report cannot be written`);
});
