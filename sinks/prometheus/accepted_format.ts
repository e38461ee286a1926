import { Registry } from 'prom-client';

export interface ExpositionFormat {
  readonly contentType: string;
  readonly openMetrics: boolean;
}

const TEXT: ExpositionFormat = { contentType: Registry.PROMETHEUS_CONTENT_TYPE, openMetrics: false };
const OPEN_METRICS: ExpositionFormat = { contentType: Registry.OPENMETRICS_CONTENT_TYPE, openMetrics: true };

interface Wish {
  readonly type: string;
  readonly version: string | undefined;
  readonly quality: number;
}

/**
 * The format of an answer to a request with this Accept header (RFC 9110, 12.5.1): OpenMetrics 1.0 where it is wished
 * for at least as much as text, as Prometheus does; Prometheus' text format 0.0.4 else, and without a header.
 */
export function acceptedFormat(accept: string | undefined): ExpositionFormat {
  const wishes = (accept ?? '').split(',').map(wishOf);
  const best = (fits: (wish: Wish) => boolean): number =>
    wishes.filter(fits).reduce((most, { quality }) => Math.max(most, quality), 0);
  const open = best(
    ({ type, version }) =>
      type === 'application/openmetrics-text' && (version === undefined || /^1\.\d+\.\d+$/.test(version)),
  );
  const text = best(({ type }) => type === 'text/plain');
  return open > 0 && open >= text ? OPEN_METRICS : TEXT;
}

function wishOf(wish: string): Wish {
  const [type = '', ...parameters] = wish.split(';').map((part) => part.trim().toLowerCase());
  const of = (name: string): string | undefined =>
    parameters
      .find((parameter) => parameter.startsWith(`${name}=`))
      ?.slice(name.length + 1)
      .replaceAll('"', '');
  const quality = Number(of('q') ?? '1');
  return { type, version: of('version'), quality: Number.isFinite(quality) ? quality : 0 };
}
