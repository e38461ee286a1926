import { pullsOf } from '../../../operators/probes/envelope.js';
import { double, LOWER, UPPER, words } from '../../../operators/double_words.js';
import type { ProbeReport } from '../../../schemas/probe_report.js';
import { atSize, scoreAfter, type Study } from '../study.js';

const SHOWN = 20;
/** A feature that moves less does not explain anything. */
const LEAST_PULL = 0.05;

/** The events that the first attack moved most beyond the decision, and what it changed of each; key breaks ties. */
export function mostFooled(study: Study): ProbeReport['mostFooled'] {
  const [first] = atSize(study, study.size);
  if (first === undefined) return [];
  const { trial, perturbed } = first;
  const { probed } = trial;
  const { margin } = perturbed;
  const { keyLo, keyHi } = probed.events;
  const order = Array.from(margin.keys())
    .filter((r) => margin[r]! < 0)
    .sort((a, b) => margin[a]! - margin[b]! || keyHi[a]! - keyHi[b]! || keyLo[a]! - keyLo[b]!)
    .slice(0, SHOWN);
  const rows = Int32Array.from(order);
  const x = perturbed.x.map((column) => Float64Array.from(order, (r) => column[r]!));
  const pulls = pullsOf(probed.envelope, probed.events, rows, x);
  const follows = new Map(study.card.inputs.map(({ name }, i) => [name, i]));
  const features = probed.objective.features(rows, x);
  const after = scoreAfter(study, trial, perturbed);
  return order.map((r, k) => {
    const moved = probed.envelope.names.map((feature, j) => ({
      feature,
      from: probed.events.x[j]![r]!,
      to: features[follows.get(feature)!]![k]!,
      pull: pulls[j]![k]!,
    }));
    return {
      event: eventName(keyLo[r]!, keyHi[r]!),
      regime: study.regime[study.right[r]!]!,
      before: probed.score[r]!,
      after: after[study.right[r]!]!,
      moved: moved
        .filter(({ pull }) => Math.abs(pull) >= LEAST_PULL)
        .sort((a, b) => Math.abs(b.pull) - Math.abs(a.pull)),
    };
  });
}

/** The number of the event where its key is one, else the key. */
function eventName(lo: number, hi: number): string {
  words[LOWER] = lo;
  words[UPPER] = hi;
  const number = double[0]!;
  return Number.isSafeInteger(number)
    ? String(number)
    : `${hi.toString(16).padStart(8, '0')}${lo.toString(16).padStart(8, '0')}`;
}
