import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Batch } from '../../operators/batch.js';
import { rebatch } from './rebatch.js';
import { storedType } from './stored_type.js';

const BLOCK = 4096;

/**
 * Writes the named columns of a stream of events as CSV with a header. Numbers have all the digits of the value that
 * the other formats store (single precision but for `event`), so a sample reads the same in every format.
 */
export async function writeCsv(file: string, batches: AsyncIterable<Batch>, names: readonly string[]): Promise<void> {
  const single = names.map((name) => storedType(name) === 'float32');
  async function* lines(): AsyncGenerator<string> {
    yield `${names.join(',')}\n`;
    for await (const { length, columns } of rebatch(batches, names, BLOCK)) {
      let text = '';
      for (let i = 0; i < length; i++) {
        for (let c = 0; c < columns.length; c++) {
          const value = columns[c]![i]!;
          text += `${c > 0 ? ',' : ''}${single[c]! ? Math.fround(value) : value}`;
        }
        text += '\n';
      }
      yield text;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(file));
}
