import { tmpdir } from 'node:os';
import { wrongPipeline } from '../operators/problem.js';
import type { ReplayOptions } from '../runtime/replay_options.js';
import { version } from './version.js';

/** Skim held in memory before it goes to the temporary folder. */
const SKIM_BYTES = 32 * 2 ** 20;

export function wholeNumber(name: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= low && value <= high) return value;
  throw wrongPipeline(`${name} ${text}: expected a whole number from ${low} to ${high}`);
}

/** The report that `--reference` names, if it does. */
export async function referenceOf(path: string | undefined): Promise<Pick<ReplayOptions, 'reference'>> {
  if (path === undefined) return {};
  const { readReference } = await import('../runtime/read_reference.js');
  return { reference: await readReference(path) };
}

/** The one value that --format takes. */
export function checkFormat(format: string | undefined): void {
  if (format === undefined || format === 'json') return;
  throw wrongPipeline(`--format ${format}: the one format there is besides the table is json`);
}

export function positiveNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw wrongPipeline(`${name} ${text}: expected a number above 0`);
}

export function replayOptions(workers: number, onProgress: NonNullable<ReplayOptions['onProgress']>): ReplayOptions {
  return {
    workers,
    maxBytes: SKIM_BYTES,
    folder: tmpdir(),
    version,
    probeThread: true,
    clock: () => performance.now() / 1000,
    onProgress,
  };
}
