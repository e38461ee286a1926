import { addRejections, type Rejections } from '../operators/batch.js';
import { Problem } from '../operators/problem.js';
import type { Report } from '../schemas/report.js';
import { createCrew } from './crew.js';
import { readPartial, readPartialHead } from './partial.js';
import { partialNotes } from './partial_notes.js';
import type { PartialHead } from './partial_head.js';
import { analyse } from './analyse.js';
import type { Read } from './read_samples.js';
import type { ReplayOptions } from './replay_options.js';

type Part = PartialHead['samples'][number];

/** Merges partial files: the report of all their events, as one replay would have given it. */
export async function merge(files: readonly string[], options: ReplayOptions): Promise<Report> {
  const start = options.clock();
  const heads = await Promise.all(files.map(readPartialHead));
  const [first] = heads;
  if (first === undefined) throw new Problem(2, 'merge: no partial file given');
  heads.forEach((head, i) => {
    if (head.pipelineHash !== first.pipelineHash) {
      throw new Problem(
        3,
        `partials ${files[0]!} and ${files[i]!}: were made with different pipelines; replay them with one`,
      );
    }
  });
  refuseOverlap(heads, files);
  const { read, indices } = join(heads);
  const { pipeline, pipelineHash: hash } = first;
  const crew = createCrew(1, { pipeline, samples: [], maxBytes: options.maxBytes, folder: options.folder });
  try {
    for (const [at, file] of files.entries()) {
      for await (const chunk of readPartial(file)) {
        await crew[0]!.add({ ...chunk, sample: indices[at]![chunk.sample]! });
        await options.onProgress?.({ events: chunk.length, bytes: 0 });
      }
    }
    return await analyse({ pipeline, hash, locate: (path) => path.join('.') }, crew, read, options, start);
  } finally {
    await Promise.all(crew.map((shard) => shard.close()));
  }
}

const endOf = ({ to }: Part): number => to ?? Infinity;

function refuseOverlap(heads: readonly PartialHead[], files: readonly string[]): void {
  const parts = heads.flatMap(({ samples }, at) => samples.map((part) => ({ part, file: files[at]! })));
  parts.forEach(({ part, file }, i) => {
    for (const other of parts.slice(0, i)) {
      const same = other.part.sha256 === part.sha256;
      if (same && part.from < endOf(other.part) && other.part.from < endOf(part)) {
        throw new Problem(
          3,
          `partials ${other.file} and ${file}: both hold events of ${part.path}; give each event once`,
        );
      }
    }
  });
}

/** Totals over all partials, the samples in the order of their SHA-256, and where each partial's samples went. */
function join(heads: readonly PartialHead[]): { read: Read; indices: number[][] } {
  const bySha = new Map<string, Report['samples'][number]>();
  const rejected: Rejections = {};
  for (const head of heads) {
    addRejections(rejected, head.rejected);
    for (const { path, format, sha256, events } of head.samples) {
      bySha.set(sha256, { path, format, sha256, events: (bySha.get(sha256)?.events ?? 0) + events });
    }
  }
  const names = [...bySha.keys()].sort();
  const sum = (of: (head: PartialHead) => number): number => heads.reduce((total, head) => total + of(head), 0);
  return {
    read: {
      samples: names.map((sha256) => bySha.get(sha256)!),
      read: sum(({ read }) => read),
      used: sum(({ used }) => used),
      rejected,
      identities: heads.flatMap(({ identities }) => identities),
      notes: [...new Set(heads.flatMap(({ notes, pipeline }) => [...notes, ...partialNotes(pipeline)]))],
    },
    indices: heads.map(({ samples }) => samples.map(({ sha256 }) => names.indexOf(sha256))),
  };
}
