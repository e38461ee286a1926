import { addRejections, type Rejections } from '../../operators/batch.js';
import { wrongSample } from '../../operators/problem.js';
import { defineBatch, defineWithModels } from '../define.js';
import { canRepeat } from '../identity.js';
import { useModels } from '../live/fill_windows.js';
import type { HeldRows } from '../live/held_rows.js';
import { floorOf } from '../live/floor.js';
import type { ModelsMessage } from '../live/messages.js';
import { openPartition, takeAgain, takeEvents } from '../live/partition.js';
import { restorePartition, storePartition, type StoredPartition } from '../live/stored_partition.js';
import type { Teller } from '../live/tellings.js';
import { passAll } from '../live/told_windows.js';
import type { StageExtras } from '../live/wire_stage.js';
import { amongRows } from '../live/among_rows.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import { planPipeline } from '../pipeline_plan.js';
import { probePicks } from '../probe_stream/probe_pick.js';
import { bindSample, type SampleStage } from '../sample_stage.js';
import type { PreparedSample } from '../samples.js';
import { readSlices, START, type Place, type Slice } from './read_slices.js';

/** A sample that is watched: what a partition of a topic is to a live worker, with a file in place of the log. */
export interface Watched extends Teller {
  readonly sample: PreparedSample;
  readonly stage: SampleStage;
  readonly slices: AsyncGenerator<Slice, undefined>;
  place: Place;
}

/** A sample's part of a checkpoint. Plain data. */
export interface StoredWatched {
  readonly place: Place;
  readonly ended: boolean;
  /** Where to read again from, for rows that were held back; null: nothing was. */
  readonly from: number | null;
  readonly partition: StoredPartition;
}

/** One process, one owner: epochs are for several. */
const EPOCH = 1;

/** Opens a sample at its start, or where a checkpoint left it. */
export function openWatched(
  loaded: LoadedPipeline,
  sample: PreparedSample,
  held: HeldRows,
  stored: StoredWatched | null,
  { extras, sliceEvents }: { readonly extras: StageExtras; readonly sliceEvents: () => number },
): Watched {
  const { pipeline } = loaded;
  const id = sample.bind.index;
  const picks = extras.probes === null ? [] : probePicks(loaded);
  const stage = bindSample(pipeline, planPipeline(pipeline), sample.bind, sample.info, picks);
  const place = stored?.place ?? START;
  const ended = stored?.ended ?? false;
  return {
    ...{ sample, stage, place, epoch: EPOCH, bad: 0, idle: ended, ended, dirty: false, told: '' },
    slices: readSlices(loaded, sample, stage.read, { place, from: stored?.from ?? place.next, sliceEvents }),
    partition: stored ? restorePartition(loaded, id, held, stored.partition) : openPartition(loaded, id, held),
  };
}

export function storeWatched({ partition, place, ended }: Watched): StoredWatched {
  const { state, from } = storePartition(partition);
  return { place, ended, from, partition: state };
}

/** Takes the next slice of a sample, or its end; the events and bytes that it was. `models`: those in effect. */
export async function takeSlice(
  watched: Watched,
  extras: StageExtras,
  models: ModelsMessage | null,
): Promise<{ events: number; bytes: number }> {
  const { partition, slices, stage } = watched;
  const { done, value } = await slices.next();
  if (partition.again !== null && value?.again !== true) {
    // All that was held back is held again.
    partition.again = null;
    if (models) useModels(partition, models);
  }
  if (done === true) {
    if (!watched.ended) passAll(partition, watched.place.next);
    Object.assign(watched, { ended: true, idle: true, dirty: true });
    return { events: 0, bytes: 0 };
  }
  const { batch, again, rejected: bySource, offset, place, bytes } = value;
  const defined =
    stage.models.models.length === 0 ? defineBatch(stage, batch) : await defineWithModels(stage, extras.models, batch);
  const { chunk, rejected, picked } = defined;
  const mayRepeat = canRepeat(stage.identity.names);
  if (again) {
    takeAgain(partition, { chunk, offset, mayRepeat });
    return { events: 0, bytes };
  }
  demandOrder(watched, offset);
  const turnedAway = countOf(bySource);
  addRejections(partition.rejected, bySource);
  partition.counts.read += turnedAway;
  if (batch.length > 0) {
    const kept = takeEvents(partition, { read: batch.length, rejected, chunk, offset, mayRepeat });
    picked.forEach((rows, at) => {
      if (rows.length > 0) extras.probes?.offer(at, kept.length === chunk.length ? rows : amongRows(rows, kept));
    });
  }
  watched.place = place;
  watched.dirty = true;
  return { events: batch.length + turnedAway, bytes };
}

/** The place where reading goes on is a position: they have to rise. */
function demandOrder({ place, sample }: Watched, offset: number): void {
  if (offset >= place.next) return;
  throw wrongSample(
    `sample ${sample.bind.path}: event ${offset} comes after event ${place.next - 1}; give a file whose events are in order`,
  );
}

const countOf = (rejected: Rejections): number => Object.values(rejected).reduce((sum, n) => sum + n, 0);

/** Highest window that a sample has shown; −Infinity: none yet. */
export const reached = ({ partition }: Watched): number => partition.floor.top.at(-1) ?? -Infinity;

/** Windows below are complete; null: none yet. */
export function watermarkOf({ partition }: Watched): number | null {
  const floor = floorOf(partition.floor);
  return floor === -Infinity ? null : floor;
}
