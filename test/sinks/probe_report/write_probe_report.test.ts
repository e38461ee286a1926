import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { probeReportSchema } from '../../../schemas/probe_report.js';
import { probeFigures } from '../../../sinks/probe_report/figures.js';
import { probeHtml } from '../../../sinks/probe_report/html.js';
import { writeProbeReport } from '../../../sinks/probe_report/write_probe_report.js';
import { problemOf } from '../../support/problem_of.js';
import { scratch } from '../../support/scratch.js';
import { emptyReport, reports } from './reports.js';

const folder = scratch();

describe.each(reports)('%s', (name, report) => {
  const out = join(folder, name, 'deep');

  test('is written as JSON, page and figures, whose paths are given; the JSON comes back as it was', async () => {
    const paths = await writeProbeReport(report, out);
    const names = probeFigures(report).map((figure) => `${figure.name}.svg`);
    expect(paths).toEqual(
      ['report.json', 'report.html', ...names.map((file) => join('figures', file))].map((file) => join(out, file)),
    );
    expect(readdirSync(join(out, 'figures')).sort()).toEqual([...names].sort());
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toBe(probeHtml(report));
    expect(probeReportSchema.parse(JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')))).toEqual(report);
  });
});

test('a folder that cannot be made is a problem with its name', async () => {
  const file = join(folder, 'taken');
  writeFileSync(file, '');
  const problem = await problemOf(() => writeProbeReport(emptyReport(), file));
  expect(problem.exitCode).toBe(1);
  expect(problem.message).toContain(`folder ${file}: the report cannot be written`);
});
