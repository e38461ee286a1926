import type { RegimeMap } from '../../operators/regimes/regime_map.js';
import type { ProbeRow } from '../../schemas/report.js';
import type { RemoteShard } from '../crew.js';
import { mergePicked } from '../picked.js';
import { cardPath } from '../pipeline_cards.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import { regimesOf } from '../regimes_of.js';
import { probeReport } from '../report/probes.js';
import { createProber } from './prober.js';
import { threadProber } from './thread_prober.js';
import { probePicks } from './probe_pick.js';

/** The probes of a replay: they run beside the passes where they have threads of their own. */
export interface ReplayProbes {
  /** Probes the events that a crew has picked, of which duplicates are known. The same rows whatever the crew is. */
  readonly run: (crew: readonly RemoteShard[], map: RegimeMap) => Promise<ProbeRow[]>;
  /** Ends them, whatever they do. */
  readonly close: () => Promise<void>;
}

/** Starts to open the models. Their mistakes are told by `run`. */
export function openReplayProbes(loaded: LoadedPipeline, onThread: boolean): ReplayProbes {
  const { pipeline, cards } = loaded;
  const probes = probePicks(loaded).map((pick, at) => {
    const probe = pipeline.probes![pick.name]!;
    const config = { name: pick.name, probe, card: cardPath(cards!.folder, probe), cpu: 1 };
    const ending = new AbortController();
    const prober = onThread ? Promise.resolve(threadProber(config)) : createProber(config, ending);
    prober.catch(() => undefined);
    return { at, pick, probe, card: cards!.loaded.get(`probes.${pick.name}`)!.card, ending, prober };
  });
  return {
    async run(crew, map) {
      const parts = await Promise.all(crew.map((shard) => shard.picked()));
      const rows: ProbeRow[] = [];
      for (const { at, pick, probe, card, prober } of probes) {
        const events = mergePicked(
          pick,
          parts.map((own) => own[at]!),
        );
        const { length, keyLo, keyHi, columns: values } = events;
        // Without events there are no columns.
        const margins = length === 0 ? NOTHING : await (await prober).probe({ length, keyLo, keyHi, values });
        const regime = regimesOf(map, events);
        rows.push(...probeReport(pick.name, probe, card.name, { events, regime, margins }, map));
      }
      return rows;
    },
    async close() {
      await Promise.all(
        probes.map(async ({ ending, prober }) => {
          ending.abort();
          await (await prober.catch(() => null))?.close();
        }),
      );
    },
  };
}

const none = new Float64Array(0);
const NOTHING = { before: none, attacked: none, control: none, evaluations: 0 };
