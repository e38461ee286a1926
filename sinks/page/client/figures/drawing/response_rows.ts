import type { FigureRow } from '../../view.js';
import { countRatio } from './distribution.js';
import type { ResponseData } from './response_data.js';
import { highOf } from './response_marks.js';

const edge = (x: number): number => Number(x.toPrecision(10));

/** The bins as a table, flow bins first and last. */
export function responseRows(name: string, data: ResponseData): FigureRow[] {
  const { selected, reference, other, scale, stage } = data;
  const { low, width, counts } = selected;
  const bin = (from: number | null, to: number | null, n: number, m: number | null, k: number | null): FigureRow => {
    const ratio = m === null ? null : countRatio(n, m, scale);
    return {
      ...{ [`${name} from`]: from, [`${name} to`]: to, [`events (${stage})`]: n, 'error (√n)': Math.sqrt(n) },
      ...(other ? { [`events (${other.stage})`]: k } : {}),
      ...{ 'events (reference)': m, 'events (reference, scaled)': m === null ? null : m * scale },
      ...{ ratio: ratio?.value ?? null, 'error of the ratio': ratio?.error ?? null },
    };
  };
  const beside = other?.distribution;
  return [
    bin(null, edge(low), selected.under, reference?.under ?? null, beside?.under ?? null),
    ...counts.map((n, i) =>
      bin(
        edge(low + i * width),
        edge(low + (i + 1) * width),
        n,
        reference?.counts[i] ?? null,
        beside?.counts[i] ?? null,
      ),
    ),
    bin(edge(highOf(selected)), null, selected.over, reference?.over ?? null, beside?.over ?? null),
  ];
}
