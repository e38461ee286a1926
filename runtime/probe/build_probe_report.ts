import { auc } from '../../operators/probes/auc.js';
import { outputShift } from '../../operators/probes/output_shift.js';
import { contentHash } from '../../operators/summaries/codec.js';
import type { ProbeReport } from '../../schemas/probe_report.js';
import type { LoadedCard } from '../models/card_file.js';
import type { LoadedPipeline } from '../pipeline_file.js';
import type { ChosenEvents } from './choose_events.js';
import { inputName, TRUTH } from './card_formulas.js';
import type { ProbeOptions } from './probe_options.js';
import { attacksSection } from './report/attacks_section.js';
import { distributionsSection } from './report/distributions_section.js';
import { foolingSection, neededSection, shiftSection } from './report/fooling_section.js';
import { hiddenSection } from './report/hidden_section.js';
import { mostFooled } from './report/most_fooled.js';
import type { Study } from './study.js';

/** The report of a probe; `seconds` is what it took. */
export async function buildProbeReport(
  pipeline: LoadedPipeline,
  card: LoadedCard,
  chosen: ChosenEvents,
  study: Study,
  options: ProbeOptions,
): Promise<Omit<ProbeReport, 'timing'>> {
  const { read, usable, map, rows, regime } = chosen;
  const { whole } = study;
  const { attacks, missed } = attacksSection(study);
  const regimes = map.labels.map((label, id) => {
    const events = regime.reduce((sum, own) => sum + Number(own === id), 0);
    return { id, label, events, share: rows.length === 0 ? 0 : events / rows.length };
  });
  const sections = {
    attacks,
    fooling: foolingSection(study, missed),
    neededSize: neededSection(study),
    outputShift: shiftSection(study),
    hidden: await hiddenSection(study),
    ...distributionsSection(study),
    mostFooled: mostFooled(study),
  };
  return {
    model: card.card.name,
    title: card.card.title,
    kind: card.card.task.kind,
    regimewatch: options.version,
    pipeline: pipeline.pipeline.pipeline,
    pipelineHash: pipeline.hash,
    cardHash: card.hash,
    modelSha256: card.card.sha256,
    seed: options.seed,
    samples: read.samples,
    events: {
      read: read.read,
      usable,
      sampled: rows.length,
      right: study.right.length,
      unanswered: whole.score.reduce((sum, score) => sum + Number(Number.isNaN(score)), 0),
      outside: outside(card, chosen),
      rejected: { ...read.rejected, ...(read.used > usable ? { duplicate: read.used - usable } : {}) },
    },
    figureOfMerit: figureOfMerit(study),
    regimes,
    features: card.card.inputs.map(({ name, unit, follows, uncertainty }) => ({
      name,
      unit: unit ?? null,
      role: follows !== undefined ? 'follows' : uncertainty === undefined ? 'held' : 'free',
    })),
    constraints: options.caps,
    randomTries: options.tries,
    ...sections,
    notes: [...read.notes, ...card.card.caveats],
    stateHash: contentHash({ events: rows.length, ...sections }),
  };
}

/** Events outside the range of training, by input. */
function outside({ card }: LoadedCard, { rows }: ChosenEvents): Record<string, number> {
  return Object.fromEntries(
    Object.entries(card.envelope).flatMap(([name, [low, high]]) => {
      const x = rows.values.get(inputName(name));
      const n =
        x?.reduce((sum, value) => sum + Number(value < (low ?? -Infinity) || value > (high ?? Infinity)), 0) ?? 0;
      return n > 0 ? [[name, n]] : [];
    }),
  );
}

/** How good the model is at what it does: AUC, or the half-width of the central 68 % of its response. */
function figureOfMerit({ card, whole, rows }: Study): ProbeReport['figureOfMerit'] {
  if (card.task.kind === 'classify') {
    if (card.task.label === undefined) return null;
    const of = (signal: 0 | 1): Float64Array =>
      whole.score.filter((score, i) => !Number.isNaN(score) && whole.signal![i] === signal);
    return { name: 'AUC', value: auc(of(1), of(0)) };
  }
  const truth = rows.values.get(TRUTH);
  if (truth === undefined) return null;
  const delta = whole.score.map((output, i) => (output - truth[i]!) / truth[i]!);
  const [all] = outputShift(delta, new Uint16Array(delta.length), 1);
  return { name: 'sigma68 of (output − truth) / truth', value: all!.sigma68 };
}
