import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Problem, wrongPipeline } from '../../operators/problem.js';
import { whyUnreadable } from '../yaml_file.js';
import type { LoadedCard } from './card_file.js';
import { readStamp } from './onnx_stamp.js';

/** 512 MB. */
export const MAX_MODEL_BYTES = 512 * 1024 * 1024;

/**
 * Looks at the model's file before the runtime does: its size (an over-large one is not read), its SHA-256 and its opset
 * against the card, and that the hash is of all weights. What is wrong is a Problem (2).
 */
export async function checkOnnxFile(
  { card, file, locate }: Pick<LoadedCard, 'card' | 'file' | 'locate'>,
  maxBytes = MAX_MODEL_BYTES,
): Promise<void> {
  try {
    const found = await stat(file);
    if (!found.isFile()) throw wrongPipeline(`model ${file}: is no file (${locate(['file'])})`);
    if (found.size > maxBytes)
      throw wrongPipeline(`model ${file}: ${found.size} bytes, more than the ${maxBytes} that are allowed`);
    const sha256 = await hashOf(file);
    if (sha256 !== card.sha256)
      throw wrongPipeline(
        `${locate(['sha256'])}: ${file} has ${sha256}: it is not the file that the card describes; mend one of them`,
      );
    const handle = await open(file);
    try {
      const { opset, external } = await readStamp(handle, found.size);
      if (opset === undefined) throw wrongPipeline(`model ${file}: is no ONNX file: it names no opset`);
      if (opset !== card.opset)
        throw wrongPipeline(`${locate(['opset'])}: is ${card.opset}, but ${file} has opset ${opset}; mend the card`);
      if (external !== undefined)
        throw wrongPipeline(
          `model ${file}: weights of '${external}' lie in another file, which no hash covers: save them in one file`,
        );
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw wrongPipeline(`model ${file}: ${whyUnreadable(error)} (${locate(['file'])})`, error);
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const block of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(block as Buffer);
  return hash.digest('hex');
}
