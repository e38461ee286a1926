import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, Problem } from '../../operators/problem.js';
import type { ProbeReport } from '../../schemas/probe_report.js';
import { probeFigures } from './figures.js';
import { probeHtml } from './html.js';

/** Writes report.json, report.html and figures/NAME.svg into a folder, which is made if need be; gives their paths. */
export async function writeProbeReport(report: ProbeReport, folder: string): Promise<string[]> {
  const drawn = probeFigures(report);
  const files = new Map([
    ['report.json', `${JSON.stringify(report, null, 1)}\n`],
    ['report.html', probeHtml(report, drawn)],
    ...drawn.map(({ name, svg }) => [join('figures', `${name}.svg`), svg] as const),
  ]);
  try {
    await mkdir(join(folder, 'figures'), { recursive: true });
    for (const [file, content] of files) await writeFile(join(folder, file), content);
  } catch (error) {
    throw new Problem(1, `folder ${folder}: the report cannot be written: ${messageOf(error)}`, { cause: error });
  }
  return [...files.keys()].map((file) => join(folder, file));
}
