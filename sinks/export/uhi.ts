import { Problem } from '../../operators/problem.js';
import type { Bins } from '../../operators/summaries/histogram.js';

/** JSON of the Unified Histogram Interface, schema 1: https://uhi.readthedocs.io/en/latest/serialization.html. */
export interface UhiHistogram {
  readonly uhi_schema: 1;
  readonly writer_info: { readonly regimewatch: { readonly version: string } };
  readonly metadata: UhiMetadata;
  readonly axes: readonly UhiAxis[];
  readonly storage: UhiStorage;
}

export type UhiMetadata = Readonly<Record<string, string | number | boolean>>;

export type UhiAxis =
  | {
      readonly type: 'regular';
      readonly lower: number;
      readonly upper: number;
      readonly bins: number;
      readonly underflow: boolean;
      readonly overflow: boolean;
      readonly circular: false;
      readonly metadata: UhiMetadata;
    }
  | {
      readonly type: 'variable';
      readonly edges: readonly number[];
      readonly underflow: boolean;
      readonly overflow: boolean;
      readonly circular: false;
      readonly metadata: UhiMetadata;
    }
  | {
      readonly type: 'category_int';
      readonly categories: readonly number[];
      readonly flow: false;
      readonly metadata: UhiMetadata;
    }
  | {
      readonly type: 'category_str';
      readonly categories: readonly string[];
      readonly flow: false;
      readonly metadata: UhiMetadata;
    };

/** Nested by axis, the first axis outermost; flow bins at the ends. */
export type Nested = readonly number[] | readonly Nested[];

export type UhiStorage =
  | { readonly type: 'weighted'; readonly values: Nested; readonly variances: Nested }
  | {
      readonly type: 'weighted_mean';
      readonly sum_of_weights: Nested;
      readonly sum_of_weights_squared: Nested;
      readonly values: Nested;
      readonly variances: Nested;
    };

/** What an axis is: `name` indexes it in the hist package, `label` is drawn. */
export interface AxisWords {
  readonly name: string;
  readonly title?: string;
  readonly unit?: string | null;
}

/** Metadata that the hist package shows: name and label, 'H_T [GeV]'. */
export const axisMetadata = ({ name, title = name, unit = null }: AxisWords): UhiMetadata => ({
  name,
  label: unit === null ? title : `${title} [${unit}]`,
  ...(unit === null ? {} : { unit }),
});

/** Equal bins with flow bins on both sides. */
export const regularAxis = ([bins, lower, upper]: Bins, axis: AxisWords): UhiAxis => ({
  type: 'regular',
  lower,
  upper,
  bins,
  underflow: true,
  overflow: true,
  circular: false,
  metadata: axisMetadata(axis),
});

/** What a histogram is, and the version of regimewatch that writes it. */
export interface HistogramWords {
  readonly program: string;
  readonly title: string;
}

export const uhiHistogram = (
  { program, title }: HistogramWords,
  metadata: UhiMetadata,
  axes: readonly UhiAxis[],
  storage: UhiStorage,
): UhiHistogram => ({
  uhi_schema: 1,
  writer_info: { regimewatch: { version: program } },
  metadata: { title, ...metadata },
  axes,
  storage,
});

/**
 * One file of many histograms by name. In Python:
 *   import hist, json, uhi.io.json
 *   h = {name: hist.Hist(x) for name, x in json.load(open(file), object_hook=uhi.io.json.object_hook).items()}
 */
export function uhiFile(histograms: Readonly<Record<string, UhiHistogram>>): string {
  const lines = Object.entries(histograms).map(([name, histogram]) => {
    if (name === '' || name === 'uhi_schema') {
      throw new Problem(1, `histogram '${name}': no histogram may have this name in a UHI file; give it another`);
    }
    return `${JSON.stringify(name)}: ${JSON.stringify(histogram)}`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
}
