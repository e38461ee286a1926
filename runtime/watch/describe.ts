import { formatCount } from '../../sinks/page/client/shared/format_estimate.js';
import type { PageDescription, PageStatus } from '../../schemas/page.js';
import type { Pipeline } from '../../schemas/pipeline.js';
import { reportEdges } from '../observations.js';
import type { LoadedPipeline } from '../pipeline_file.js';

/** What a page needs to know of a pipeline: its names, units and bins, so that none is written anywhere else. */
export function describePage(
  { pipeline, hash }: LoadedPipeline,
  { version, source }: { readonly version: string; readonly source: string },
): PageDescription {
  const { response, spectrum, alerts, window } = pipeline;
  const { bias, sigma68, peak, share, probe, significance, least } = alerts;
  return {
    ...{ pipeline: pipeline.pipeline, title: pipeline.title, pipelineHash: hash, version, source },
    context: Object.entries(pipeline.context).map(([name, variable]) => ({
      name,
      title: variable.title ?? name,
      unit: variable.unit ?? null,
      edges: [...reportEdges(variable)],
    })),
    response: response
      ? { name: response.name, title: response.title ?? response.name, reco: response.reco, truth: response.truth }
      : null,
    spectrum: spectrum ? { title: spectrum.title ?? spectrum.reco, unit: spectrum.unit ?? null } : null,
    // Of the mean pull the danger zones have the tolerance that alerts go by.
    limits: { bias, sigma68, pull: pipeline.danger_zone.tolerance.pull, peak, share, probe, significance, least },
    window: window ? windowOf(window) : 'of all events',
    probes: Object.keys(pipeline.probes ?? {}),
  };
}

function windowOf(window: NonNullable<Pipeline['window']>): string {
  if ('events' in window) return `of ${formatCount(window.events)} events`;
  return 'time' in window ? `of ${window.seconds} s of ${window.time}` : `by ${window.by.join(', ')}`;
}

/** What the pipeline's fast reconstruction does to the stream on purpose from some event on; null: nothing. */
export function injectionOf({ fast_reconstruction: made, window }: Pipeline): PageStatus['injection'] {
  if (made?.from_event === undefined || !made.context || !window || !('events' in window)) return null;
  const terms = Object.entries(made.context).map(([name, formula]) => `${name.replace('_', ' ')} + ${formula}`);
  return {
    words: `${terms.join('; ')}, from event ${formatCount(made.from_event)} on`,
    window: Math.floor(made.from_event / window.events),
  };
}
