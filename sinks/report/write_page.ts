import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, Problem } from '../../operators/problem.js';
import type { Figure } from './sheet.js';

/** Writes report.json, report.html and figures/NAME.svg into a folder, which is made if need be; gives their paths. */
export async function writePage(
  folder: string,
  report: object,
  html: string,
  drawn: readonly Figure[],
): Promise<string[]> {
  const files = new Map([
    ['report.json', `${JSON.stringify(report, null, 1)}\n`],
    ['report.html', html],
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
