import type { ProbeReport } from '../../../schemas/probe_report.js';
import { colourBar } from '../../report/colour_bar.js';
import { diverging, ramp } from '../../page/client/shared/colours.js';
import { escapeText } from '../../report/escape.js';
import { formatNumber, formatPlain } from '../../page/client/shared/format_estimate.js';
import type { Figure } from '../../report/sheet.js';
import { fitted, textWidth } from '../../page/client/shared/text_width.js';
import { plain } from '../entries.js';
import { headlineOf } from '../headline.js';
import { probeSheet } from '../probe_sheet.js';

type Matrix = readonly (readonly (number | null)[])[];

interface Square {
  readonly title: string;
  readonly matrix: Matrix;
  /** Value of the darkest colour. */
  readonly most: number;
  readonly write: (value: number) => string;
}

const [side, labels] = [292, 104];
/** More features than this, and their values are not written into the cells. */
const written = 12;

/** A matrix with the names of its features at the left and, slanted, below; top left of the cells at (left, top). */
function square({ title, matrix, most, write }: Square, names: readonly string[], left: number, top: number): string {
  const step = side / Math.max(names.length, 1);
  const size = Math.min(11, 0.36 * step + 1.5);
  const at = (i: number) => Math.round(10 * i * step) / 10;
  const cells = matrix.flatMap((row, i) =>
    row.map((value, j) => {
      if (value === null) return '';
      const t = Math.round(48 * (0.5 + value / (2 * most))) / 48;
      const box = `<rect x="${left + at(j)}" y="${top + at(i)}" width="${at(j + 1) - at(j)}" height="${at(i + 1) - at(i)}" fill="${ramp(diverging, t)}"/>`;
      if (names.length > written) return box;
      const ink = Math.abs(t - 0.5) > 0.32 ? '#fff' : '#111';
      return `${box}<text x="${left + at(j + 0.5)}" y="${top + at(i + 0.5)}" dy="0.35em" font-size="${size.toFixed(1)}" fill="${ink}">${write(value)}</text>`;
    }),
  );
  const small = Math.min(11.5, step);
  const name = (i: number) => escapeText(fitted(names[i] ?? '', labels - 10, small));
  const rows = names.map((_, i) => {
    const [x, y] = [left + at(i + 0.5), top + side + 12];
    return (
      `<text x="${left - 7}" y="${top + at(i + 0.5)}" dy="0.35em" text-anchor="end" font-size="${small}">${name(i)}</text>` +
      `<text transform="rotate(-45 ${x} ${y})" x="${x}" y="${y}" dy="0.2em" text-anchor="end" font-size="${small}">${name(i)}</text>`
    );
  });
  const head = `<text x="${left}" y="${top - 10}" text-anchor="start" font-size="12.5" font-weight="600">${escapeText(title)}</text>`;
  const frame = `<rect x="${left}" y="${top}" width="${side}" height="${side}" fill="none" stroke="currentColor"/>`;
  return `${head}<g data-layer="${escapeText(title)}" data-cells="${cells.filter(Boolean).length}">${cells.join('')}</g>${frame}${rows.join('')}`;
}

/** Root of the sum of squares of the entries that are known. */
const norm = (matrix: Matrix): number =>
  Math.sqrt(matrix.flat().reduce<number>((sum, value) => sum + (value ?? 0) ** 2, 0));

/** Correlation matrices of nominal and perturbed features, and their difference on a scale of its own. */
export function correlations(report: ProbeReport): Figure[] {
  const { correlations: data, constraints } = report;
  if (!data || data.features.length === 0) return [];
  const { features, nominal, perturbed } = data;
  const difference = nominal.map((row, i) =>
    row.map((value, j) => {
      const after = perturbed[i]?.[j] ?? null;
      return value === null || after === null ? null : after - value;
    }),
  );
  const most = difference.flat().reduce<number>((a, b) => Math.max(a, Math.abs(b ?? 0)), 0) || 0.001;
  const unit = 10 ** Math.floor(Math.log10(most / 10));
  const longest = Math.min(labels - 10, Math.max(...features.map((name) => textWidth(name, 11.5))));
  const below = 18 + 0.75 * longest;
  const [left, right, top] = [116, 116 + side + 126, 94];
  const second = top + side + below + 54;
  const share = (value: number) => formatNumber(value, 2).replace(/^(−?)0\./, '$1.');
  const steps = (value: number) => formatNumber(value / unit, 0);
  const paint = (t: number) => `fill="${ramp(diverging, t)}"`;
  const headline = headlineOf(report);
  const what = headline ? ` (${plain(headline.attack.name)}, s = ${formatPlain(headline.size)})` : '';
  const values = features.length <= written;
  const change = norm(difference) / norm(nominal);
  const facts = [
    ...(headline ? [what.slice(2, -1)] : []),
    `largest change ${formatPlain(most, 2)}`,
    `change / norm: ${formatPlain(change, 2)}, cap ${formatPlain(constraints.correlation)}`,
  ].map(
    (line, i) =>
      `<text x="${right + 28}" y="${second + 14 + 20 * i}" text-anchor="start" font-size="12">${escapeText(line)}</text>`,
  );
  const title = 'Correlations before and after the probe';
  const description =
    `${title}${what}: nominal, perturbed, and perturbed − nominal, each on a scale centred on 0. ` +
    `Frobenius norm of the difference over that of the nominal matrix: ${formatPlain(change, 2)} (cap ${formatPlain(constraints.correlation)}). ` +
    `${values ? `The difference is written in units of ${formatPlain(unit)}. ` : ''}Blank: not defined, as for a constant feature.`;
  return [
    probeSheet(report, {
      ...{ name: 'correlations', title, description, height: Math.ceil(second + side + below + 34) },
      parts: [
        square({ title: 'nominal', matrix: nominal, most: 1, write: share }, features, left, top),
        square({ title: 'perturbed', matrix: perturbed, most: 1, write: share }, features, right, top),
        colourBar(right + side + 16, top, side, { title: 'correlation', domain: [-1, 1] }, paint, 48),
        square(
          { title: `perturbed − nominal, in ${formatPlain(unit)}`, matrix: difference, most, write: steps },
          features,
          left,
          second,
        ),
        colourBar(left + side + 16, second, side, { title: '', domain: [-most / unit, most / unit] }, paint, 48),
        ...facts,
      ],
    }),
  ];
}
