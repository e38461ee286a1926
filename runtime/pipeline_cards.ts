import { dirname, resolve } from 'node:path';
import { parse } from '../operators/expressions/formula.js';
import { messageOf, wrongPipeline } from '../operators/problem.js';
import type { ModelCard } from '../schemas/model_card.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { loadCard, type LoadedCard } from './models/card_file.js';
import { bindPick } from './pick.js';
import { suggestion } from './pipeline_mistake.js';
import { planPipeline } from './pipeline_plan.js';
import type { LoadedPipeline } from './pipeline_file.js';
import { cardFormulas, inputName } from './probe/card_formulas.js';
import { probePick } from './probe_stream/probe_pick.js';
import { pipelineHash } from './pipeline_hash.js';

type Pinned = Readonly<Pick<NonNullable<Pipeline['probes']>[string], 'card' | 'card_hash' | 'sha256'>>;

/** Path of a card that a pipeline file names. */
export const cardPath = (folder: string, { card }: Pinned): string => resolve(folder, card);

/**
 * Reads the cards that a pipeline names, and fills in what they say: the formulas of the inputs, the outputs and the
 * hashes of card and model file, so that the pipeline's hash is of them too and each thread can plan without a file. A
 * wrong card, or another one than the pipeline's hashes name, is a Problem (2).
 */
export async function fillCards(loaded: LoadedPipeline, file: string): Promise<LoadedPipeline> {
  const folder = dirname(file);
  const { pipeline, locate } = loaded;
  const { models, probes } = pipeline;
  if (models === undefined && probes === undefined) return loaded;
  const cards = new Map<string, LoadedCard>();
  const filled = async <Entry extends Pinned>(
    key: 'models' | 'probes',
    entries: Readonly<Record<string, Entry>>,
    more: (entry: Entry, card: ModelCard, name: string) => Entry,
  ): Promise<Record<string, Entry>> => {
    const all: Record<string, Entry> = {};
    for (const [name, entry] of Object.entries(entries)) {
      const where = locate([key, name, 'card']);
      const found = await loadCard(cardPath(folder, entry)).catch((error: unknown) => {
        throw wrongPipeline(`${where}: ${messageOf(error)}`, error);
      });
      const hashes = { card_hash: found.hash, sha256: found.card.sha256 };
      for (const hash of ['card_hash', 'sha256'] as const)
        if ((entry[hash] ?? hashes[hash]) !== hashes[hash])
          throw wrongPipeline(
            `${locate([key, name, hash])}: the card ${entry.card} has ${hashes[hash]}; mend one of them`,
          );
      cards.set(`${key}.${name}`, found);
      all[name] = more({ ...entry, ...hashes }, found.card, name);
    }
    return all;
  };
  const whole: Pipeline = {
    ...pipeline,
    ...(models && {
      models: await filled('models', models, (entry, card, name) => {
        const known = card.inputs.map((input) => input.name);
        for (const [input, text] of Object.entries(entry.inputs)) {
          const at = locate(['models', name, 'inputs', input]);
          if (!known.includes(input)) throw wrongPipeline(`${at}: unknown input${suggestion(input, known)}`);
          wellFormed(at, text);
        }
        const inputs = card.inputs.map((input) => {
          const formula = entry.inputs[input.name] ?? input.formula;
          return formula === undefined ? input : { ...input, formula };
        });
        const formulas = cardFormulas({ ...card, inputs });
        return {
          ...entry,
          inputs: Object.fromEntries(known.map((input) => [input, formulas[inputName(input)]!])),
          outputs: Object.fromEntries(
            card.outputs.map((output) => [output.name, output.unit ? { unit: output.unit } : {}]),
          ),
        };
      }),
    }),
    ...(probes && { probes: await filled('probes', probes, (entry) => entry) }),
  };
  const plan = planPipeline(whole, locate);
  for (const [name, probe] of Object.entries(whole.probes ?? {})) {
    try {
      bindPick(probePick(whole, name, probe, cards.get(`probes.${name}`)!.card), plan);
    } catch (error) {
      throw wrongPipeline(`${locate(['probes', name, 'card'])}: ${messageOf(error)}`, error);
    }
  }
  return { ...loaded, pipeline: whole, hash: pipelineHash(whole), cards: { folder, loaded: cards } };
}

function wellFormed(where: string, text: string): void {
  try {
    parse(text);
  } catch (error) {
    throw wrongPipeline(`${where}: ${messageOf(error)}`, error);
  }
}
