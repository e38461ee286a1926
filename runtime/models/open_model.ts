import type { Model } from '../../operators/probes/types.js';
import { Problem, wrongPipeline } from '../../operators/problem.js';
import { bindGraph } from './bind_graph.js';
import type { LoadedCard } from './card_file.js';
import { openProcess, type ModelProcess } from './model_process.js';
import { checkOnnxFile } from './onnx_file.js';
import { placeEffect } from './places.js';
import { preprocess } from './preprocess.js';
import { checkOutputs, readValidation } from './validate.js';

export interface ModelOptions {
  /** Longest time that opening the model, or one batch of rows, may take; default a minute. */
  readonly timeoutMs?: number;
  /** Largest file that is opened; default 512 MB. */
  readonly maxBytes?: number;
  /** Whether the card's validation rows have to come out right first; default yes. */
  readonly validate?: boolean;
  /** Ends the model's process at once, while it is opened, too. */
  readonly signal?: AbortSignal;
}

export interface OpenedModel extends Model {
  /** Rows that the model gets at a time. 1: the bits of a row's outputs depended on where it stood, so it stands alone. */
  readonly batch: number;
}

/**
 * Opens the model of a card in a process of its own. `run` takes the card's inputs as they are, in its order, and gives
 * its outputs; a NaN that the model gives is passed on. A row's outputs do not depend on the rows beside it, nor on how
 * many there are, as far as the validation rows can show. Calls wait for each other. A wrong file, card or validation is
 * a Problem (2); a model that fails, or takes too long, a Problem (1).
 */
export async function openModel(loaded: LoadedCard, options: ModelOptions = {}): Promise<OpenedModel> {
  const { timeoutMs = 60_000, maxBytes, validate = true, signal } = options;
  await checkOnnxFile(loaded, maxBytes);
  const own = await openProcess(loaded.card.name, loaded.file, timeoutMs, undefined, signal);
  const model = modelOn(own, loaded);
  try {
    const { fixed, ...binding } = bindGraph(loaded, own.facts);
    own.bind(binding);
    const alone =
      validate &&
      (await validated(loaded, model, fixed, () => {
        own.bind({ ...binding, batch: 1 });
      }));
    return { ...model, batch: alone ? 1 : binding.batch };
  } catch (error) {
    await own.close();
    throw error;
  }
}

function modelOn(own: ModelProcess, { card }: LoadedCard): Model {
  const { name, inputs, tensor } = card;
  return {
    inputs: inputs.map((input) => input.name),
    outputs: card.outputs.map((output) => output.name),
    async run(columns, length) {
      const short = columns.find((column) => column.length < length);
      if (columns.length !== inputs.length || short) {
        const given = short ? `${short.length} rows of ${length}` : `${columns.length} columns`;
        throw new Problem(1, `model ${name}: has ${inputs.length} inputs, was given ${given}`);
      }
      return own.call(preprocess(inputs, columns, length, tensor.type), length);
    },
    close: () => own.close(),
  };
}

/** Checks the validation rows, if there are any. True: each row has to stand alone, and does so by then. */
async function validated(loaded: LoadedCard, model: Model, fixed: boolean, standAlone: () => void): Promise<boolean> {
  const rows = await readValidation(loaded);
  if (rows === null) return false;
  const effect = await placeEffect(model, rows.inputs, rows.lines.length);
  if (effect) {
    // More than a last bit, or nothing to be done about it.
    if (fixed || !(effect.difference <= rows.tolerance))
      throw wrongPipeline(
        `${rows.file}:${rows.lines[effect.row]!}: output ${effect.output} of model ${loaded.card.name} is ` +
          `${effect.values.join(' or ')}, depending on the rows beside it: it cannot be used`,
      );
    standAlone();
  }
  await checkOutputs(loaded.card, model, rows);
  return effect !== null;
}
