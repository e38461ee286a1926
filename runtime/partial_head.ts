import { open } from 'node:fs/promises';
import { z } from 'zod';
import { pipelineSchema } from '../schemas/pipeline.js';
import { pipelineHash } from './pipeline_hash.js';

/** Version of the layout of a partial file. */
export const PARTIAL_FORMAT = 1;

const count = z.number().int().nonnegative();

/** Head of a partial file: what it is a part of. */
const partialHead = z.object({
  format: z.literal(PARTIAL_FORMAT),
  regimewatch: z.string(),
  pipeline: pipelineSchema,
  pipelineHash: z.string(),
  samples: z
    .array(
      z.object({
        path: z.string(),
        format: z.string(),
        sha256: z.string(),
        from: count,
        to: count.nullable(),
        events: count,
      }),
    )
    .readonly()
    .describe(
      'events at positions from ≤ p < to of each sample; to null: to its end; `sample` of the rows counts here',
    ),
  read: count,
  used: count,
  rejected: z.record(z.string(), count),
  identities: z.array(z.object({ first: z.number(), last: z.number(), rising: z.boolean() }).nullable()).readonly(),
  notes: z.array(z.string()).readonly(),
});

export type PartialHead = z.output<typeof partialHead>;

/** Reads a head; throws in words what is wrong with it. */
export function parseHead(text: string): PartialHead {
  const head = JSON.parse(text) as { format?: unknown } | null;
  if (head?.format !== PARTIAL_FORMAT) {
    throw new Error(`has format ${String(head?.format)}, this version reads ${PARTIAL_FORMAT}`);
  }
  const { data } = partialHead.safeParse(head);
  if (data === undefined || pipelineHash(data.pipeline) !== data.pipelineHash) throw new Error('has a damaged head');
  return data;
}

const MAGIC = 'ARROW1';

/** An Arrow file begins and ends with its mark; throws in words what a file without them is. */
export async function checkMarks(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    const found = await handle.stat();
    if (found.isDirectory()) throw new Error('is a directory');
    const markAt = async (at: number): Promise<string> => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, Math.max(0, at));
      return buffer.toString('latin1', 0, bytesRead);
    };
    if ((await markAt(0)) !== MAGIC) throw new Error('is no partial of regimewatch');
    if ((await markAt(found.size - MAGIC.length)) !== MAGIC) throw new Error('is cut off');
  } finally {
    await handle.close();
  }
}
