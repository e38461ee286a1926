import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WORKLOAD } from './workload.js';

/** The workload for programs in other languages: workload.json, and workload.h where all of it is a constant. */
export function writeWorkload(folder: string): void {
  const { columns, delta, mass, ht, deta, mean, width, centroids } = WORKLOAD;
  writeFileSync(join(folder, 'workload.json'), JSON.stringify(WORKLOAD));
  const list = (x: readonly (number | string)[]): string => `{${x.join(', ')}}`;
  const lines = [
    `constexpr const char *COLUMNS[] = ${list(columns.map((name) => `"${name}"`))};`,
    ...Object.entries({ DELTA: delta, MASS: mass, HT: ht, DETA: deta, MEAN: mean, WIDTH: width }).map(
      ([name, numbers]) => `constexpr double ${name}[] = ${list(numbers)};`,
    ),
    `constexpr int REGIMES = ${centroids.length};`,
    `constexpr double CENTROIDS[][2] = ${list(centroids.map(list))};`,
  ];
  writeFileSync(join(folder, 'workload.h'), `${lines.join('\n')}\n`);
}
