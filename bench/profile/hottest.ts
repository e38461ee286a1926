import type { Profiler } from 'node:inspector';

export interface Hot {
  /** Name and file, as `fillBook book.js`. */
  readonly name: string;
  /** Of the samples, without those in which the program waited. */
  readonly share: number;
}

/** Waiting, and the profiler's own start. */
const NOT_WORK = ['(idle)', 'dispatch'];

/** Where a processor was found most often: self times of functions, by the profile's time steps. */
export function hottest({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile, most: number): Hot[] {
  const names = new Map(
    nodes.map(({ id, callFrame: { functionName, url } }) => [
      id,
      `${functionName === '' ? '(unnamed)' : functionName} ${url.startsWith('wasm') ? 'WebAssembly' : url.split('/').at(-1)!}`.trim(),
    ]),
  );
  const times = new Map<string, number>();
  let total = 0;
  samples.forEach((id, i) => {
    const name = names.get(id)!;
    if (NOT_WORK.includes(name)) return;
    total += timeDeltas[i]!;
    times.set(name, (times.get(name) ?? 0) + timeDeltas[i]!);
  });
  return [...times]
    .sort((a, b) => b[1] - a[1])
    .slice(0, most)
    .map(([name, time]) => ({ name, share: time / total }));
}
