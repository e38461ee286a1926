import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Batch } from '../../operators/batch.js';
import { messageOf, Problem } from '../../operators/problem.js';
import { writeArrow } from './write_arrow.js';
import { writeCsv } from './write_csv.js';
import { writeLhe } from './write_lhe.js';
import { writeParquet } from './write_parquet.js';

type Writer = (file: string, batches: AsyncIterable<Batch>, names: readonly string[]) => Promise<void>;

/** File name ending → what writes it. LHE holds the generated truth only, whatever columns are named. */
const WRITERS: readonly (readonly [string, Writer])[] = [
  ['.arrow', writeArrow],
  ['.parquet', writeParquet],
  ['.csv', writeCsv],
  ['.lhe', writeLhe],
  ['.lhe.gz', writeLhe],
];

/**
 * Writes the named columns of a stream of events into `file`, in the format of its ending. The file appears when it is
 * complete: until then it is called `.partial-NAME`, which a failure removes. An unknown ending is a Problem (2), a
 * file that cannot be written a Problem (1).
 */
export async function writeSample(
  file: string,
  batches: AsyncIterable<Batch>,
  names: readonly string[],
): Promise<void> {
  const write = WRITERS.find(([ending]) => file.toLowerCase().endsWith(ending))?.[1];
  if (write === undefined) {
    const endings = WRITERS.map(([ending]) => ending).join(', ');
    throw new Problem(2, `${file}: no format is written under this name; end it in ${endings}`);
  }
  const partial = join(dirname(file), `.partial-${basename(file)}`);
  try {
    await write(partial, batches, names);
    await rename(partial, file);
  } catch (thrown) {
    await rm(partial, { force: true });
    if (thrown instanceof Problem) throw thrown;
    throw new Problem(1, `${file}: cannot be written: ${messageOf(thrown)}`, { cause: thrown });
  }
}
