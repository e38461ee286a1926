import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, Problem } from '../../operators/problem.js';
import { exportCard, type CardFacts } from './card.js';
import { correctionOnnx } from './correction_onnx.js';
import { validationVectors } from './validation_vectors.js';

export interface ExportFacts extends Omit<CardFacts, 'bytes' | 'file' | 'vectors'> {
  /** Values of the corrected quantity for the validation vectors. */
  readonly range: readonly [low: number, high: number];
}

/** NAME.onnx, NAME.vectors.json and NAME.card.yaml, which names the two others. */
export function correctionFiles({ range, ...facts }: ExportFacts): ReadonlyMap<string, string | Uint8Array> {
  const { name, map, correction, reco, inputs } = facts;
  const units = Object.fromEntries(Object.entries(inputs).map(([input, { unit }]) => [input, unit]));
  const bytes = correctionOnnx({ ...facts, units });
  const vectors = validationVectors(correction, map, { reco, range });
  const file = `${name}.onnx`;
  const named = { file: `${name}.vectors.json`, rows: vectors.rows };
  return new Map<string, string | Uint8Array>([
    [file, bytes],
    [named.file, `${JSON.stringify(vectors)}\n`],
    [`${name}.card.yaml`, exportCard({ ...facts, file, bytes, vectors: named })],
  ]);
}

/** Writes files into a folder, which is made if need be; gives their paths. */
export async function writeExport(folder: string, files: ReadonlyMap<string, string | Uint8Array>): Promise<string[]> {
  try {
    await mkdir(folder, { recursive: true });
    for (const [file, content] of files) await writeFile(join(folder, file), content);
  } catch (error) {
    throw new Problem(1, `folder ${folder}: the export cannot be written: ${messageOf(error)}`, { cause: error });
  }
  return [...files.keys()].map((file) => join(folder, file));
}
