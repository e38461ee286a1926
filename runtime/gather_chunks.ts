import type { SkimChunk } from './skim.js';

/** Chunks of one sample that follow each other, joined up to so many rows: a pass costs something for each chunk. */
export function* gatherChunks(chunks: Iterable<SkimChunk>, mostRows: number): Generator<SkimChunk> {
  let held: SkimChunk[] = [];
  let rows = 0;
  for (const chunk of chunks) {
    if (chunk.length === 0) continue;
    if (held.length > 0 && (held[0]!.sample !== chunk.sample || rows + chunk.length > mostRows)) {
      yield joinChunks(held, rows);
      held = [];
      rows = 0;
    }
    held.push(chunk);
    rows += chunk.length;
  }
  if (held.length > 0) yield joinChunks(held, rows);
}

function joinChunks(chunks: readonly SkimChunk[], length: number): SkimChunk {
  const [first, ...others] = chunks as [SkimChunk, ...SkimChunk[]];
  if (others.length === 0) return first;
  const join = <T extends Float64Array | Uint32Array | Uint8Array>(column: (chunk: SkimChunk) => T, into: T): T => {
    let at = 0;
    for (const chunk of chunks) {
      into.set(column(chunk).subarray(0, chunk.length), at);
      at += chunk.length;
    }
    return into;
  };
  const ofName = (name: string): Float64Array => join(({ columns }) => columns.get(name)!, new Float64Array(length));
  return {
    sample: first.sample,
    length,
    position: join(({ position }) => position, new Float64Array(length)),
    split: join(({ split }) => split, new Uint8Array(length)),
    keyLo: join(({ keyLo }) => keyLo, new Uint32Array(length)),
    keyHi: join(({ keyHi }) => keyHi, new Uint32Array(length)),
    columns: new Map([...first.columns.keys()].map((name) => [name, ofName(name)])),
  };
}
