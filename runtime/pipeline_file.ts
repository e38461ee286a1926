import { parse as parseYaml, type Document } from 'yaml';
import { messageOf, wrongPipeline } from '../operators/problem.js';
import { pipelineSchema, type Pipeline } from '../schemas/pipeline.js';
import type { LoadedCard } from './models/card_file.js';
import { canBe, describeMistake, entriesAt, suggestion } from './pipeline_mistake.js';
import { contentOf, locateIn, parseText, readText, type YamlFile } from './yaml_file.js';
import { pipelineHash } from './pipeline_hash.js';

export interface LoadedPipeline {
  readonly pipeline: Pipeline;
  /** SHA-256 of the validated content, so that comments and spelling of numbers do not matter. */
  readonly hash: string;
  /** 'FILE:LINE: a.b' of an entry, for messages. */
  readonly locate: (path: readonly PropertyKey[]) => string;
  /** The cards that it names, by 'models.NAME' and 'probes.NAME', and the folder that their paths are relative to. */
  readonly cards?: { readonly folder: string; readonly loaded: ReadonlyMap<string, LoadedCard> };
}

/** Reads, overrides (`--set PATH=VALUE`) and validates a pipeline file. A mistake is a Problem (2) with its line. */
export async function loadPipeline(file: string, overrides: readonly string[] = []): Promise<LoadedPipeline> {
  const parsed = parsePipeline(await readText(file, 'pipeline'), file, overrides);
  if (parsed.pipeline.models === undefined && parsed.pipeline.probes === undefined) return parsed;
  const { fillCards } = await import('./pipeline_cards.js');
  return fillCards(parsed, file);
}

export function parsePipeline(text: string, file: string, overrides: readonly string[] = []): LoadedPipeline {
  const read = parseText(text, file, 'pipeline');
  const overridden = overrides.map((override) => set(read.document, override));
  const locate = locator(read, overridden);
  const result = pipelineSchema.safeParse(contentOf(read));
  if (!result.success) throw wrongPipeline(describeMistake(result.error.issues, locate));
  return { pipeline: result.data, hash: pipelineHash(result.data), locate };
}

interface Override {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** Entries that are on unless they are the word none. */
const OFF_BY_NONE = ['correction'];

/** `a.b.c=VALUE`, the value in YAML; `none` removes the entry, or turns it off. */
function set(document: Document, text: string): Override {
  const at = text.indexOf('=');
  const path = text
    .slice(0, Math.max(at, 0))
    .split('.')
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  if (path.includes('')) throw wrongPipeline(`--set ${text}: expected PATH=VALUE, e.g. regimes.count=6`);
  const wrong = path.findIndex((_, i) => !canBe(path.slice(0, i + 1)));
  if (wrong >= 0) {
    const hint = suggestion(String(path[wrong]), entriesAt(path.slice(0, wrong)));
    throw wrongPipeline(`--set ${text}: unknown entry '${path.slice(0, wrong + 1).join('.')}'${hint}`);
  }
  const value = text.slice(at + 1);
  try {
    if (value === 'none' && !OFF_BY_NONE.includes(path.join('.'))) document.deleteIn(path);
    else document.setIn(path, document.createNode(parseYaml(value, { prettyErrors: false })));
  } catch (error) {
    throw wrongPipeline(`--set ${text}: ${messageOf(error)}`, error);
  }
  return { path, text };
}

/** An entry that --set gave is found in no line. */
function locator(read: YamlFile, overrides: readonly Override[]): LoadedPipeline['locate'] {
  return (path) => {
    const by = overrides.findLast((override) => override.path.every((key, i) => String(path[i]) === String(key)));
    return by ? `--set ${by.text}: ${path.join('.')}` : locateIn(read, path);
  };
}
