import type { Batch } from '../../operators/batch.js';
import { Problem, wrongSample } from '../../operators/problem.js';
import { eventSchema } from '../../sources/wire/avro/event_schema.js';
import type { AvroSchema } from '../../sources/wire/avro/schema.js';
import { offsetOf, WIRE_KEY, WIRE_POSITION, type WireBatch, type WireField } from '../../sources/wire/types.js';
import { defineBatch, defineWithModels, type Defined } from '../define.js';
import { canRepeat } from '../identity.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import type { OpenModels } from '../model_columns.js';
import { planPipeline } from '../pipeline_plan.js';
import { probePicks } from '../probe_stream/probe_pick.js';
import { bindSample, type SampleStage } from '../sample_stage.js';
import type { SkimChunk } from '../skim.js';
import { amongRows } from './among_rows.js';
import type { LiveProbes } from './live_probes.js';
import type { Arrived } from './partition.js';

const FORMAT = 'kafka';

/** A column that messages must or may have. */
export interface WantedField extends WireField {
  readonly optional: boolean;
}

/**
 * Columns that a pipeline reads from messages. Those of the reconstruction are optional where the pipeline can make them,
 * and so are the key and the position that a producer of regimewatch adds.
 */
export function wantedFields({ pipeline }: LoadedPipeline): WantedField[] {
  const plan = planPipeline(pipeline);
  const own = Object.keys(pipeline.columns);
  const mapped = Object.keys(pipeline.sources.kafka?.columns ?? {});
  const made = (pipeline.fast_reconstruction?.objects ?? []).flatMap(({ pt, eta, phi }) => [pt[1], eta[1], phi[1]]);
  const bare = own.filter((name) => !made.includes(name));
  const offers = [own, bare, [...own, ...WIRE_KEY], [...bare, ...WIRE_KEY]].flatMap((columns) => {
    const info = {
      columns: [...columns, ...mapped].map((name) => ({ name, list: pipeline.columns[name]?.list ?? false })),
    };
    try {
      return [bindSample(pipeline, plan, sampleOf('messages', 0), info).read];
    } catch (error) {
      // Without a reconstruction of its own the pipeline cannot do with less.
      if (columns === own) throw error;
      return [];
    }
  });
  const names = [...new Set(offers.flat())].filter((name) => !(WIRE_KEY as readonly string[]).includes(name));
  return [
    ...names.map((name) => ({ name, type: 'double' as const, optional: !offers.every((read) => read.includes(name)) })),
    ...[...WIRE_KEY, WIRE_POSITION].map((name) => ({ name, type: 'double' as const, optional: true })),
  ];
}

/** Schema of the events that a topic of the pipeline holds: what a producer of someone else's writes with. */
export const topicSchema = (loaded: LoadedPipeline): AvroSchema =>
  eventSchema(
    loaded.pipeline.pipeline,
    wantedFields(loaded).filter(
      ({ name }) => name !== WIRE_POSITION && !(WIRE_KEY as readonly string[]).includes(name),
    ),
  );

const sampleOf = (topic: string, partition: number) => ({
  index: partition,
  path: topic,
  format: FORMAT,
  salt: [partition, 0] as const,
});

/** What a worker has beside its log, where the pipeline has models and probes. */
export interface StageExtras {
  readonly models: OpenModels;
  readonly probes: LiveProbes | null;
}

export const NO_EXTRAS: StageExtras = { models: new Map(), probes: null };

/** Turns the columns of messages into events of the pipeline. */
export interface WireStage {
  /** For a pipeline without models. */
  readonly take: (batch: WireBatch) => Arrived;
  /** For any: waits for the models. */
  readonly arrive: (batch: WireBatch) => Promise<Arrived>;
  /** Events that arrived and count, for the probes. */
  readonly offer: (arrived: Arrived, kept: SkimChunk) => void;
  /** Why messages with these columns are no events of the pipeline; null: they are. */
  readonly unfit: (batch: WireBatch) => string | null;
}

/** Bound once for each set of columns that messages have. */
export function wireStage(
  loaded: LoadedPipeline,
  topic: string,
  partition: number,
  { models, probes }: StageExtras = NO_EXTRAS,
): WireStage {
  const { pipeline } = loaded;
  const plan = planPipeline(pipeline);
  const picks = probes === null ? [] : probePicks(loaded);
  const stages = new Map<string, SampleStage | string>();
  const stageOf = ({ columns }: WireBatch): SampleStage | string => {
    const names = [...columns.keys()];
    const key = names.join();
    const known = stages.get(key);
    if (known !== undefined) return known;
    const info = { columns: names.map((name) => ({ name, list: false })) };
    const stage = bound(() => bindSample(pipeline, plan, sampleOf(topic, partition), info, picks));
    stages.set(key, stage);
    return stage;
  };
  const events = ({ length, columns, position }: WireBatch): Batch => {
    const given = columns.get(WIRE_POSITION);
    return { start: 0, length, columns, positions: given === undefined ? position : Float64Array.from(given) };
  };
  const fit = (wire: WireBatch): SampleStage => {
    const stage = stageOf(wire);
    if (typeof stage === 'string') throw wrongSample(stage);
    return stage;
  };
  const arrived = ({ length, position }: WireBatch, stage: SampleStage, defined: Defined): Arrived => ({
    ...{ read: length, ...defined },
    offset: offsetOf(position[0]!),
    mayRepeat: stage.keys !== null || canRepeat(stage.identity.names),
  });
  return {
    unfit(batch) {
      const stage = stageOf(batch);
      return typeof stage === 'string' ? stage : null;
    },
    take(wire) {
      const stage = fit(wire);
      return arrived(wire, stage, defineBatch(stage, events(wire)));
    },
    async arrive(wire) {
      const stage = fit(wire);
      const defined =
        stage.models.models.length === 0
          ? defineBatch(stage, events(wire))
          : await defineWithModels(stage, models, events(wire));
      return arrived(wire, stage, defined);
    },
    offer({ chunk, picked }, kept) {
      picked.forEach((rows, at) => {
        if (rows.length > 0) probes?.offer(at, kept.length === chunk.length ? rows : amongRows(rows, kept));
      });
    },
  };
}

/** What the pipeline lacks in the messages is their fault; what is wrong with the pipeline itself is not. */
function bound(bind: () => SampleStage): SampleStage | string {
  try {
    return bind();
  } catch (error) {
    if (!(error instanceof Problem) || error.exitCode !== 3) throw error;
    return error.message;
  }
}

/** Offsets of the messages that a batch is made of. */
export const offsetsOf = ({ position }: WireBatch): number[] => [...new Set(Array.from(position, offsetOf))];
