import { wrongPipeline } from '../../operators/problem.js';
import { WIRE_KEY, type WireBatch } from '../../sources/wire/types.js';
import { identityKeys, POSITION, SAMPLE } from '../identity.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import { identityOf } from '../sample_stage.js';
import { numberColumn, windowColumns, windowNumbers } from '../window.js';
import type { SideRows } from './join_rows.js';
import type { Side } from './late_truth.js';
import { wantedFields, type WantedField } from './wire_stage.js';

/** Columns of each side, and how its messages become rows that can be joined. */
export interface TruthSides {
  readonly columns: Readonly<Record<Side, readonly string[]>>;
  /** What the messages of each side must or may have. */
  readonly wanted: Readonly<Record<Side, readonly WantedField[]>>;
  readonly rows: (batch: WireBatch) => SideRows;
  /** Why messages with these columns cannot be joined; null: they can. */
  readonly unfit: (batch: WireBatch) => string | null;
}

/**
 * How reconstruction and truth are told apart and joined: by the pipeline's identity, inside a window. Both topics carry the
 * columns that name the event and its window; a window made by a formula cannot be known on one side alone. A Problem (2)
 * says what is missing.
 */
export function truthSides(loaded: LoadedPipeline): TruthSides {
  const { pipeline } = loaded;
  const { columns: names } = pipeline.late_truth ?? { columns: [] };
  const identity = identityOf(pipeline, 'kafka').filter((name) => name !== POSITION && name !== SAMPLE);
  const shared = [...new Set([...identity, ...windowColumns(pipeline)])];
  const computed = windowColumns(pipeline).find((name) => !(name in pipeline.columns));
  if (computed !== undefined) {
    throw wrongPipeline(`late_truth: window by '${computed}', which is a formula; give a column that both topics have`);
  }
  const wrong = names.find((name) => !(name in pipeline.columns) || shared.includes(name));
  if (wrong !== undefined) {
    const why = shared.includes(wrong) ? 'names the event or its window, and both topics have it' : 'is no column';
    throw wrongPipeline(`late_truth.columns: '${wrong}' ${why}; give columns of the truth alone`);
  }
  const all = wantedFields(loaded);
  const keys: readonly string[] = WIRE_KEY;
  const isShared = ({ name }: WantedField): boolean => shared.includes(name) || keys.includes(name);
  const truth = all.filter((field) => names.includes(field.name) || isShared(field));
  const reco = all.filter(({ name }) => !names.includes(name));
  const numbers = windowNumbers(pipeline)!;
  const number = numberColumn(identityOf(pipeline, 'kafka'));
  return {
    columns: { reco: reco.map(({ name }) => name), truth: [...names] },
    wanted: { reco, truth },
    unfit({ columns: given }) {
      if (keys.every((name) => given.has(name))) return null;
      const missing = shared.find((name) => !given.has(name));
      return missing === undefined ? null : `message: has no column '${missing}', which names the event or its window`;
    },
    rows({ length, columns: given, position }) {
      const columns = new Map([...given].map(([name, x]) => [name, Float64Array.from(x)]));
      const keyed = keys.every((name) => columns.has(name));
      const { keyLo, keyHi } = keyed
        ? { keyLo: Uint32Array.from(columns.get(WIRE_KEY[0])!), keyHi: Uint32Array.from(columns.get(WIRE_KEY[1])!) }
        : identityKeys({ names: identity, salt: [0, 0] }, columns, position, length);
      const window = new Float64Array(length);
      numbers(columns, number === null ? position : columns.get(number)!, length, window);
      return { length, window, keyLo, keyHi, position, columns };
    },
  };
}
