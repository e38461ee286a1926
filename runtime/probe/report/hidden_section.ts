import { project } from '../../../operators/probes/envelope.js';
import { hiddenResponses } from '../../../operators/probes/hidden_response.js';
import { countDecisions, hiddenDecisions, type HiddenRow } from '../../../operators/probes/hidden_systematic.js';
import { combine, variations, type VariedQuantity } from '../../../operators/probes/one_at_a_time.js';
import { randomPoints } from '../../../operators/probes/random_control.js';
import type { ProbeReport } from '../../../schemas/probe_report.js';
import { TRUTH } from '../card_formulas.js';
import { atSize, scoreAfter, type Study } from '../study.js';

/** Of the bootstrap that gives the errors of peaks. */
const REPLICAS = 40;

/**
 * What an analysis would measure with the model (the efficiency at the working point, the bias, the peak), how far each
 * attack and its control move it, and what changing one input at a time by ±1σ in all events gives.
 */
export async function hiddenSection(
  study: Study,
  onProgress?: (done: number) => void | Promise<void>,
): Promise<ProbeReport['hidden']> {
  const { whole } = study;
  const measured = (attacked: Float64Array, control: Float64Array, replicas: number): HiddenRow[] =>
    measure(study, attacked, control, replicas);
  const nominal = measured(whole.score, whole.score, 0);
  const varied = nominal.map((): VariedQuantity[] => []);
  const all = Int32Array.from({ length: study.rows.length }, (_, i) => i);
  const ways = [...variations(whole.envelope, whole.events, 1)];
  for (const [done, { name, up, down }] of ways.entries()) {
    const rows = measured(await whole.scoreAt(all, up), await whole.scoreAt(all, down), 0);
    rows.forEach(({ shift, random }, i) => {
      const from = nominal[i]!.nominal.value;
      const at = (x: number | null): number | null => (x === null || from === null ? null : from + x);
      varied[i]!.push({ name, up: at(shift.value), down: at(random.value) });
    });
    await onProgress?.((done + 1) / ways.length);
  }
  const alone = nominal.map(({ nominal: from }, i) => combine(from.value, varied[i]!));
  const random = await randomScore(study);
  return atSize(study, study.size).flatMap(({ name, trial, perturbed }) =>
    measured(scoreAfter(study, trial, perturbed), random, REPLICAS).map((row, i) => ({
      ...{ attack: name, size: study.size, ...row },
      oneAtATime: { value: alone[i]!.total, error: null, ...(alone[i]!.reason ? { reason: alone[i]!.reason } : {}) },
      largest: alone[i]!.largest,
    })),
  );
}

/**
 * Score of all events after each, right or wrong, took one random step of the size of the attack. Not the control, which
 * leaves an event alone if the step goes the wrong way, and asks only those that were right: both would move the mean.
 */
async function randomScore({ whole, size, seed }: Study): Promise<Float64Array> {
  const { envelope, events } = whole;
  const all = Int32Array.from({ length: events.length }, (_, i) => i);
  const x = randomPoints(envelope, events, all, size, seed, 0);
  project(envelope, events, all, x, size);
  return whole.scoreAt(all, x);
}

function measure(
  { card, whole, rows, regime, regimes, seed }: Study,
  attacked: Float64Array,
  control: Float64Array,
  replicas: number,
): HiddenRow[] {
  if (card.task.kind === 'classify') {
    const label = Float64Array.from(whole.signal!);
    const decisions = { label, before: whole.score, attacked, control, workingPoint: 0 };
    return hiddenDecisions(countDecisions(decisions, regime, regimes)).rows;
  }
  const unit = card.outputs.find(({ name }) => name === card.task.output)?.unit ?? null;
  const { keyLo, keyHi } = rows;
  const truth = rows.values.get(TRUTH) ?? null;
  const given = { truth, before: whole.score, attacked, control, unit, group: regime, keyLo, keyHi };
  return hiddenResponses(given, regimes, { seed, replicas }).rows;
}
