import { dirname, resolve } from 'node:path';
import { wrongPipeline } from '../../operators/problem.js';
import { contentHash } from '../../operators/summaries/codec.js';
import { modelCardSchema, type ModelCard } from '../../schemas/model_card.js';
import { describeMistake, entriesAt } from '../pipeline_mistake.js';
import { contentOf, locateIn, parseText, readText } from '../yaml_file.js';
import { checkCard } from './card_checks.js';

export interface LoadedCard {
  readonly card: ModelCard;
  /** SHA-256 of the validated content, so that comments and spelling of numbers do not matter. */
  readonly hash: string;
  /** Folder of the card, which its paths are relative to. */
  readonly folder: string;
  /** Path of the ONNX file. */
  readonly file: string;
  /** 'FILE:LINE: a.b' of an entry, for messages. */
  readonly locate: (path: readonly PropertyKey[]) => string;
}

/** Reads and validates a model card; the model itself is not looked at. A mistake is a Problem (2) with its line. */
export async function loadCard(file: string): Promise<LoadedCard> {
  return parseCard(await readText(file, 'card'), file);
}

/** The same for text that is read already. */
export function parseCard(text: string, file: string): LoadedCard {
  const read = parseText(text, file, 'card');
  const locate: LoadedCard['locate'] = (path) => locateIn(read, path);
  const result = modelCardSchema.safeParse(contentOf(read));
  if (!result.success)
    throw wrongPipeline(describeMistake(result.error.issues, locate, (path) => entriesAt(path, modelCardSchema)));
  const card = result.data;
  checkCard(card, locate);
  const folder = dirname(file);
  return { card, hash: contentHash(card), folder, file: resolve(folder, card.file), locate };
}
