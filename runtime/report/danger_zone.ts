import type { ContextProfile } from '../../operators/locality/context_profile.js';
import { dangerZone, type DangerZoneResult } from '../../operators/locality/danger_zone.js';
import { hingeCurve } from '../../operators/locality/hinge.js';
import { joinBins } from '../../operators/locality/join_bins.js';
import { mean } from '../../operators/response/mean.js';
import { widths } from '../../operators/response/widths.js';
import { sumAt } from '../../operators/summaries/exact_sum.js';
import type { HistogramState } from '../../operators/summaries/histogram.js';
import type { MomentsState } from '../../operators/summaries/moments.js';
import { noZoom } from '../../operators/summaries/quantile.js';
import { regroupHistogram, regroupMoments } from '../../operators/summaries/regroup.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import type { ZoneReport } from '../../schemas/report.js';
import type { LocalFindings } from '../local_analysis.js';
import { contextUnit } from '../observations.js';
import { stateOf } from './pages.js';

/** Events in a bin of a profile, at least. */
const FLOOR = 100;

/** From which value of each context variable on the response changes: raw bias, σ68 and the mean pull. */
export function dangerZones(pipeline: Pipeline, found: LocalFindings): ZoneReport[] {
  return Object.entries(pipeline.context).map(([variable, config]) => {
    const slots = slotsOf(pipeline, found, variable);
    const pullModel = found.models.includes('declared') ? 'declared' : (found.models[0] ?? null);
    const moments = (key: string): MomentsState =>
      regroupMoments(stateOf(found.final, `${key}:${variable}`), slots.into, slots.groups);
    const { tolerance, level, replicates, seed } = pipeline.danger_zone;
    const profiles = {
      raw: profileOf(slots, meansOf(moments('zone:bias'))),
      sigma68: profileOf(
        slots,
        sigma68Of(regroupHistogram(stateOf(found.final, `zone:widths:${variable}`), slots.into, slots.groups)),
      ),
      pull: pullModel === null ? null : profileOf(slots, meansOf(moments(`zone:${pullModel}`))),
    };
    const zoneOf = (profile: ContextProfile, limit: number): DangerZoneResult =>
      hasErrors(profile)
        ? dangerZone(profile, { tolerance: limit, level, replicates, seed })
        : { reason: 'no bin has an error above 0' };
    const results = {
      raw: zoneOf(profiles.raw, tolerance.bias),
      sigma68: zoneOf(profiles.sigma68, tolerance.sigma68),
      pull: profiles.pull ? zoneOf(profiles.pull, tolerance.pull) : { reason: found.reason ?? 'no local model' },
    };
    const reasons = Object.fromEntries(
      Object.entries(results).flatMap(([quantity, result]) => ('onset' in result ? [] : [[quantity, result.reason]])),
    );
    const words = Object.entries(reasons).map(([quantity, why]) => `${NAMES[quantity as Quantity]}: ${why}`);
    return {
      variable,
      title: config.title ?? variable,
      unit: config.unit ?? null,
      raw: onsetOf(results.raw, tolerance.bias),
      sigma68: onsetOf(results.sigma68, tolerance.sigma68),
      pull: onsetOf(results.pull, tolerance.pull),
      pullModel,
      ...(words.length > 0 ? { reason: words.join('; ') } : {}),
      reasons,
      profiles: (['raw', 'sigma68', 'pull'] as const).flatMap((quantity) => {
        const profile = profiles[quantity];
        return profile === null || !hasErrors(profile) ? [] : [drawn(quantity, profile, results[quantity])];
      }),
    };
  });
}

/** A bin in which every event is the same has no error; without any there is nothing to weigh a fit with. */
const hasErrors = ({ error }: ContextProfile): boolean => error.some((each) => each > 0);

type Quantity = 'raw' | 'sigma68' | 'pull';
const NAMES: Record<Quantity, string> = { raw: 'bias', sigma68: 'sigma68', pull: 'pull' };

function onsetOf(result: DangerZoneResult, tolerance: number): ZoneReport['raw'] {
  if (!('onset' in result)) return null;
  const { onset, low, high, low68, high68, slope, from, fromReason, significance, chi2, ndof, n } = result;
  return {
    ...{ onset, low, high, low68, high68, slope, from, significance, chi2, ndof, n, tolerance },
    ...(fromReason === undefined ? {} : { fromReason }),
  };
}

function drawn(quantity: Quantity, profile: ContextProfile, result: DangerZoneResult): ZoneReport['profiles'][number] {
  const { centre, n, value, error } = joinBins(profile, FLOOR);
  return {
    quantity,
    centre: [...centre],
    n: [...n],
    value: [...value],
    error: [...error],
    fit: 'hinge' in result ? [...centre].map((x) => hingeCurve(result.hinge, x)) : null,
  };
}

/** Fine bins of a variable, joined from low to high until each has enough events for a width. */
interface Slots {
  readonly variable: string;
  readonly into: number[];
  readonly groups: number;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly centre: Float64Array;
  readonly n: Float64Array;
}

function slotsOf(pipeline: Pipeline, { final }: LocalFindings, variable: string): Slots {
  const config = pipeline.context[variable]!;
  const x = stateOf<MomentsState>(final, `zone:context:${variable}`);
  const [bins, first, last] = config.bins;
  const into: number[] = [];
  let [group, open] = [-1, 0];
  for (let slot = 0; slot < x.n.length; slot++) {
    if (open === 0 && x.n[slot]! > 0) group++;
    into.push(Math.max(0, group));
    open += x.n[slot]!;
    if (open >= FLOOR) open = 0;
  }
  const groups = Math.max(1, group + 1);
  const joined = regroupMoments(x, into, groups);
  const edge = (slot: number): number =>
    slot <= 0 ? -Infinity : slot > bins + 1 ? Infinity : first + ((slot - 1) * (last - first)) / bins;
  const ids = [...Array(groups).keys()];
  return {
    variable,
    into,
    groups,
    low: Float64Array.from(ids, (g) => edge(into.indexOf(g))),
    high: Float64Array.from(ids, (g) => edge(into.lastIndexOf(g) + 1)),
    centre: Float64Array.from(ids, (g) =>
      joined.n[g]! > 0 ? (sumAt(joined.sums, 3 * g) / joined.n[g]!) * contextUnit(config) : NaN,
    ),
    n: joined.n,
  };
}

interface Values {
  readonly value: Float64Array;
  readonly error: Float64Array;
}

const profileOf = ({ variable, low, high, centre, n }: Slots, values: Values): ContextProfile => ({
  ...{ variable, low, high, centre, n },
  ...values,
});

function meansOf(moments: MomentsState): Values {
  const rows = [...moments.n.keys()].map((group) => mean(moments, group));
  return {
    value: Float64Array.from(rows, ({ value }) => value ?? NaN),
    error: Float64Array.from(rows, ({ error }) => error ?? NaN),
  };
}

function sigma68Of(hist: HistogramState): Values {
  const none = noZoom(hist);
  const stride = hist.n.length / hist.groups;
  const rows = [...Array(hist.groups).keys()].map((group) => {
    const n = hist.n.subarray(group * stride, (group + 1) * stride).reduce((sum, x) => sum + x, 0);
    return widths(hist, none, group, n).sigma68;
  });
  return {
    value: Float64Array.from(rows, ({ value }) => value ?? NaN),
    error: Float64Array.from(rows, ({ error }) => error ?? NaN),
  };
}
