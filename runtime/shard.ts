import { addRejections, type Rejections } from '../operators/batch.js';
import { fillersBy, type fillerWhenWorthIt } from '../operators/compiled/book_filler.js';
import type { StoredRows } from '../operators/compiled/compile_book.js';
import type { Derived } from '../operators/compiled/derived.js';
import type { Stored } from '../operators/compiled/emit_load.js';
import type { RegimeMap } from '../operators/regimes/regime_map.js';
import { openBook, settleBook, type Book, type BookRows, type Entry } from '../operators/summaries/book.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { sourceOptions } from './sample_stage.js';
import { sources } from '../sources/index.js';
import type { ReadRange } from '../sources/source.js';
import type { CorrectionModel } from '../operators/correction/correction_model.js';
import { correctedRowMaker } from './corrected.js';
import { defineBatch, defineWithModels } from './define.js';
import { closeModels, type OpenModels } from './model_columns.js';
import { readAhead } from './read_ahead.js';
import { rowMaker, surveyRows } from './derive.js';
import { collectKeys, extendRange, type Drops, type IdentityRange, type KeyList } from './duplicates.js';
import { chooseEvents, localRowMaker, type LocalPass } from './local_pass.js';
import { gatherChunks } from './gather_chunks.js';
import type { EventPick } from './pick.js';
import { addPicked, markDropped, mergePicked, pickedOf, type Picked } from './picked.js';
import { derivedColumns } from './derived_columns.js';
import { SPLIT } from './observations.js';
import { planPipeline, WEIGHT } from './pipeline_plan.js';
import { bindSample, type SampleStage, type SampleToBind } from './sample_stage.js';
import { fillWindowCells } from './window_cells.js';
import { withoutPositions, type SkimChunk } from './skim.js';
import {
  addChunk,
  addChunkBehind,
  closeStore,
  readChunks,
  readEntry,
  skimStore,
  type SkimStore,
} from './skim_store.js';

/** Plain data, so that it can be sent to a worker thread. */
export interface ShardConfig {
  readonly pipeline: Pipeline;
  readonly samples: readonly SampleToBind[];
  /** Bytes of skim held in memory; more goes to a file in `folder`. */
  readonly maxBytes: number;
  readonly folder: string;
  readonly picks?: readonly EventPick[];
  /** Of the pipeline file: where the cards of its models are. */
  readonly cardFolder?: string;
}

/** A piece of the work: a sample, or its events at positions from ≤ p < to. */
export interface Slice {
  readonly sample: number;
  readonly range?: ReadRange;
}

export interface SliceResult {
  readonly sample: number;
  readonly read: number;
  readonly used: number;
  readonly rejected: Rejections;
  readonly identity: IdentityRange | null;
}

/** What one thread does: it reads slices into its skim and answers the passes over the events from there. */
export interface Shard {
  /** `onProgress` gets the events and bytes since its last call; reading goes on when it is done. */
  readonly read: (
    slice: Slice,
    onProgress?: (events: number, bytes: number) => void | Promise<void>,
  ) => Promise<SliceResult>;
  readonly keys: (part: number, parts: number) => KeyList;
  readonly drop: (events: Drops) => void;
  /** The first pass: what regimes are found from. */
  readonly survey: (entries: readonly Entry[]) => Book;
  /** The later passes, with the regimes known. */
  readonly observe: (entries: readonly Entry[], map: RegimeMap) => Book;
  /** The passes of the local analysis. */
  readonly local: (entries: readonly Entry[], map: RegimeMap, pass: LocalPass) => Book;
  /** Summaries of each window by itself; one entry a window. */
  readonly windowCells: (entries: readonly Entry[], map: RegimeMap, pass: LocalPass) => Book;
  /** The passes over the test events, with a correction. */
  readonly corrected: (entries: readonly Entry[], map: RegimeMap, model: CorrectionModel) => Book;
  /** The picked events, one entry a pick, with a column that says which were dropped. */
  readonly picked: () => Picked[];
  /** Chunk number `at` of the skim, for a partial file; null after the last. */
  readonly chunk: (at: number) => SkimChunk | null;
  /** Takes in a chunk of a partial file. */
  readonly add: (chunk: SkimChunk) => void;
  readonly close: () => Promise<void>;
}

const BATCH_EVENTS = 8_192;

export function createShard({ pipeline, samples, maxBytes, folder, picks = [], cardFolder }: ShardConfig): Shard {
  const plan = planPipeline(pipeline);
  const filler = fillersBy[plan.evaluatedBy];
  const store = skimStore(maxBytes, folder);
  let drops: Drops = {};
  const picked = picks.map((): Picked[] => []);

  /** Opened for the first sample: all need the same. */
  let models: Promise<OpenModels> | null = null;
  const modelsOf = (stage: SampleStage): Promise<OpenModels> =>
    (models ??= import('./open_models.js').then(({ openModels }) =>
      openModels(pipeline, cardFolder, stage.models.models),
    ));

  const stages = new Map<number, SampleStage>();
  /** Made for the first slice of a sample, and kept for the others. */
  const stageOf = async (index: number): Promise<SampleStage> => {
    const known = stages.get(index);
    if (known) return known;
    const sample = samples[index]!;
    const info = await sources[sample.format]!.describe(sample.path, sourceOptions(pipeline, sample));
    const stage = bindSample(pipeline, plan, sample, info, picks);
    stages.set(index, stage);
    return stage;
  };

  function* chunks(columns: readonly string[], keys = false): Generator<SkimChunk> {
    const dropping = Object.keys(drops).length > 0;
    for (const chunk of readChunks(store, { columns, keys: keys || dropping })) {
      const dropped = drops[chunk.sample];
      yield dropped === undefined ? chunk : withoutPositions(chunk, dropped);
    }
  }

  function* picking(below: number): Generator<SkimChunk> {
    for (const chunk of chunks(plan.kept, true)) yield chooseEvents(chunk, below);
  }
  /** Fewer events than there are: they are picked once for all passes. */
  let chosen: { readonly below: number; readonly store: SkimStore } | null = null;
  function* localChunks(below: number): Generator<SkimChunk> {
    if (below >= 2 ** 32) {
      yield* chunks(plan.kept, true);
      return;
    }
    if (chosen?.below !== below) {
      if (chosen) closeStore(chosen.store);
      chosen = { below, store: skimStore(maxBytes, folder) };
      for (const chunk of gatherChunks(picking(below), BATCH_EVENTS)) addChunk(chosen.store, chunk);
    }
    yield* readChunks(chosen.store, { columns: plan.kept, keys: true });
  }

  return {
    async read(slice, onProgress) {
      const stage = await stageOf(slice.sample);
      const sample = samples[slice.sample]!;
      const result = { sample: slice.sample, read: 0, used: 0, rejected: {} };
      let identity: IdentityRange | null = null;
      let bytes = 0;
      let bytesShown = 0;
      const batches = sources[sample.format]!.read(sample.path, stage.read, {
        ...sourceOptions(pipeline, sample),
        ...(slice.range ? { range: slice.range } : {}),
        batchEvents: BATCH_EVENTS,
        onBytes: (now) => (bytes = now),
      });
      for await (const batch of readAhead(batches)) {
        const {
          chunk,
          rejected,
          picked: candidates,
        } = stage.models.models.length === 0
          ? defineBatch(stage, batch)
          : await defineWithModels(stage, await modelsOf(stage), batch);
        candidates.forEach((rows, i) => {
          addPicked(picks[i]!, picked[i]!, pickedOf(rows));
        });
        const turnedAway = Object.values(batch.rejected ?? {}).reduce((sum, n) => sum + n, 0);
        addRejections(result.rejected, batch.rejected);
        addRejections(result.rejected, rejected);
        result.read += batch.length + turnedAway;
        result.used += chunk.length;
        if (stage.identityRises) identity = extendRange(identity, chunk);
        await addChunkBehind(store, chunk);
        await onProgress?.(batch.length + turnedAway, bytes - bytesShown);
        bytesShown = bytes;
      }
      await store.written;
      return { ...result, identity };
    },
    keys: (part, parts) => collectKeys(readChunks(store, { columns: [], keys: true }), part, parts),
    drop(events) {
      drops = events;
    },
    survey: (entries) => filled(entries, chunks(plan.context), (chunk) => surveyRows(pipeline, chunk), filler),
    observe: (entries, map) =>
      filled(entries, chunks(plan.kept), rowMaker(pipeline, map), filler, derivedColumns(pipeline, map)),
    local: (entries, map, pass) =>
      filled(entries, localChunks(pass.below), localRowMaker(pipeline, map, pass, entries), filler),
    windowCells: (entries, map, pass) =>
      filled(entries, localChunks(pass.below), localRowMaker(pipeline, map, pass, entries), (book, of) => ({
        fill({ made }) {
          fillWindowCells(book, of, made(), map.centroids.length);
        },
        end: () => undefined,
      })),
    corrected: (entries, map, model) =>
      filled(entries, chunks(plan.kept), correctedRowMaker(pipeline, map, model), filler),
    picked: () =>
      picks.map((pick, i) => {
        const merged = mergePicked(pick, picked[i]!);
        const dropped = new Map(Object.entries(drops).map(([sample, at]) => [Number(sample), new Set(at)]));
        return markDropped(merged, (row) => dropped.get(merged.sample[row]!)?.has(merged.position[row]!) === true);
      }),
    chunk: (at) => readEntry(store, at, { columns: plan.kept, keys: true }),
    add(chunk) {
      addChunk(store, chunk);
    },
    async close() {
      await store.written.catch(() => undefined);
      closeStore(store);
      if (chosen) closeStore(chosen.store);
      const opened = await models?.catch(() => null);
      if (opened) await closeModels(opened);
    },
  };
}

/** The summaries of one pass over chunks, settled. */
function filled(
  entries: readonly Entry[],
  chunks: Iterable<SkimChunk>,
  rows: (chunk: SkimChunk) => BookRows,
  open: typeof fillerWhenWorthIt,
  derived?: ReadonlyMap<string, Derived>,
): Book {
  const book = openBook(entries);
  const options = derived ? { derived, stored: storedInSkim } : {};
  const { fill, end } = open(book, entries, options);
  for (const chunk of chunks) fill({ given: givenIn(chunk), made: () => rows(chunk) });
  end();
  settleBook(book);
  return book;
}

const storedInSkim = (name: string): Stored | undefined => (name === SPLIT ? 'u8' : undefined);

const givenIn = ({ length, columns, split }: SkimChunk): StoredRows => ({
  ...{ length, columns, groups: new Map([[SPLIT, split]]), weight: columns.get(WEIGHT) ?? null },
});
