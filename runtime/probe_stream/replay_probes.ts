import { assignRegimes } from '../../operators/regimes/assign.js';
import type { RegimeMap } from '../../operators/regimes/regime_map.js';
import type { ProbeRow } from '../../schemas/report.js';
import type { RemoteShard } from '../crew.js';
import { mergePicked, type Picked } from '../picked.js';
import { cardPath } from '../pipeline_cards.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import { probeReport } from '../report/probes.js';
import { createProber, threadProber, type Prober } from './prober.js';
import { probePicks } from './probe_pick.js';

/**
 * Probes the events that a crew has picked, of which duplicates are known. Runs beside the passes where it has a thread
 * of its own. The same rows whatever the crew is.
 */
export async function replayProbes(
  loaded: LoadedPipeline,
  crew: readonly RemoteShard[],
  map: RegimeMap,
  onThread: boolean,
): Promise<ProbeRow[]> {
  const { pipeline, cards } = loaded;
  const picks = probePicks(loaded);
  if (cards === undefined || picks.length === 0) return [];
  const parts = await Promise.all(crew.map((shard) => shard.picked()));
  const rows: ProbeRow[] = [];
  for (const [at, pick] of picks.entries()) {
    const probe = pipeline.probes![pick.name]!;
    const { card } = cards.loaded.get(`probes.${pick.name}`)!;
    const events = mergePicked(
      pick,
      parts.map((own) => own[at]!),
    );
    const config = { name: pick.name, probe, card: cardPath(cards.folder, probe), cpu: 1 };
    const prober: Prober = onThread ? threadProber(config) : await createProber(config);
    try {
      const { length, keyLo, keyHi, columns: values } = events;
      // Without events there are no columns.
      const margins = length === 0 ? NOTHING : await prober.probe({ length, keyLo, keyHi, values });
      rows.push(...probeReport(pick.name, probe, card.name, { events, regime: regimesOf(map, events), margins }, map));
    } finally {
      await prober.close();
    }
  }
  return rows;
}

const none = new Float64Array(0);
const NOTHING = { before: none, attacked: none, control: none, evaluations: 0 };

function regimesOf(map: RegimeMap, { length, columns }: Picked): Uint16Array {
  const regime = new Uint16Array(length);
  if (length === 0) return regime;
  const context = map.variables.map((name) => columns.get(name)!);
  assignRegimes(map, context, length, regime, new Float64Array(length));
  return regime;
}
