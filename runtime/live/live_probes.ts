import { foolingRows, type FoolingRow, type FoolingState } from '../../operators/probes/fooling.js';
import { cardPath } from '../pipeline_cards.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import { createProber, type Prober } from '../probe_stream/prober.js';
import { threadProber } from '../probe_stream/thread_prober.js';
import type { SkimChunk } from '../skim.js';
import { NO_REGIME } from './lane_rows.js';
import { openLane, type LaneOptions } from './probe_lane.js';

/** What a worker's probes have found since it started; regime null: events of a time without models. */
export interface ProbeStatus {
  readonly probe: string;
  readonly model: string;
  readonly rows: readonly (Omit<FoolingRow, 'regime'> & { readonly regime: number | 'all' | null })[];
}

/** Probes beside the stream: they get what is offered to them when there is time for it, and nobody waits for them. */
export interface LiveProbes {
  /** Events for probe number `at`. */
  readonly offer: (at: number, rows: SkimChunk) => void;
  readonly status: () => ProbeStatus[];
  /** Resolves when nothing waits to be probed. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface LiveProbesOptions extends LaneOptions {
  readonly onThread: boolean;
}

export function openLiveProbes(loaded: LoadedPipeline, options: LiveProbesOptions): LiveProbes | null {
  const { pipeline, cards } = loaded;
  if (cards === undefined || pipeline.probes === undefined) return null;
  const lanes = Object.entries(pipeline.probes).map(([name, probe]) => {
    const config = { name, probe, card: cardPath(cards.folder, probe), cpu: probe.cpu };
    const open = (): Promise<Prober> =>
      options.onThread ? Promise.resolve(threadProber(config)) : createProber(config);
    return {
      name,
      model: cards.loaded.get(`probes.${name}`)!.card.name,
      lane: openLane(name, probe.per_window, open, options),
    };
  });
  return {
    offer: (at, rows) => {
      lanes[at]!.lane.offer(rows);
    },
    status: () => lanes.map(({ name, model, lane }) => ({ probe: name, model, rows: rowsOf(lane.state) })),
    settled: async () => {
      await Promise.all(lanes.map(({ lane }) => lane.settled()));
    },
    close: async () => {
      await Promise.all(lanes.map(({ lane }) => lane.close()));
    },
  };
}

const rowsOf = (state: FoolingState): ProbeStatus['rows'] =>
  foolingRows(state)
    .map((row) => ({ ...row, regime: row.regime === NO_REGIME ? null : row.regime }))
    .filter(
      ({ regime, right, wrong, unanswered, skipped }) => regime === 'all' || right + wrong + unanswered + skipped > 0,
    );
