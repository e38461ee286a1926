import type { Report } from '../../schemas/report.js';
import { onDark, onLight } from '../page/client/shared/colours.js';
import { escapeText, subscript } from './escape.js';
import { formatCount } from '../page/client/shared/format_estimate.js';

export interface Figure {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly svg: string;
}

/** What a sheet says of where its numbers come from. */
export type SheetSource = Pick<Report, 'samples' | 'weight' | 'pipeline' | 'regimewatch'>;

export interface SheetOptions {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly n: number;
  readonly height: number;
  readonly parts: readonly string[];
}

export const sheetWidth = 960;

const recoloured = (pairs: typeof onDark) =>
  pairs.map(([from, to]) => `.figure [stroke="${from}"]{stroke:${to}}.figure [fill="${from}"]{fill:${to}}`).join('');

const style =
  '.figure{color:#1b1e23;max-width:100%;height:auto}.figure .ground{fill:#fff}' +
  `@media print,(prefers-color-scheme:light){${recoloured(onLight)}}` +
  '@media screen and (prefers-color-scheme:dark){' +
  `.figure{color:#e4e6ea}.figure .ground{fill:#16191e}${recoloured(onDark)}}`;

const attribute = / (x|y|x1|x2|y1|y2|cx|cy|r|d|transform|width|height|points)="([^"]*\.\d{3}[^"]*)"/g;

/** Coordinates to a hundredth of a pixel. */
const rounded = (svg: string): string =>
  svg.replace(attribute, (_, name: string, value: string) => {
    const short = value.replace(/-?\d+\.\d{3,}(e-\d+)?/g, (number) => String(Math.round(Number(number) * 100) / 100));
    return ` ${name}="${short}"`;
  });

const lowered = (svg: string): string =>
  svg.replace(/>([^<]+)</g, (_, text: string) => {
    const parts = text.replace(
      subscript,
      '$1<tspan dy="0.3em" font-size="0.75em">$2</tspan><tspan dy="-0.225em">\u200b</tspan>',
    );
    return `>${parts}<`;
  });

export const basename = (path: string): string => path.split(/[\\/]/).pop() ?? path;

/** 'a.parquet, b.parquet and 3 more samples'. */
export function sampleNames(report: Pick<Report, 'samples'>, most = 2): string {
  const names = report.samples.map(({ path }) => basename(path));
  const short = (name: string) => (name.length > 44 ? `${name.slice(0, 28)}…${name.slice(-14)}` : name);
  const shown = names.slice(0, most).map(short).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** 'weighted by weight_pb', without the formula if it is long. */
const weightWords = ({ weight }: SheetSource): string =>
  weight === null ? '' : weight.length > 40 ? ', weighted' : `, weighted by ${weight}`;

/** A figure that stands alone: title, sample, number of events, pipeline and version around what was drawn. */
export function sheet(report: SheetSource, { name, title, description, n, height, parts }: SheetOptions): Figure {
  const text = (x: number, y: number, more: string, content: string) =>
    `<text x="${x}" y="${y}" ${more}>${escapeText(content)}</text>`;
  const head = text(16, 26, 'font-size="17" font-weight="600" text-anchor="start"', title);
  const samples = `${sampleNames(report)} · ${formatCount(n)} events${weightWords(report)}`;
  const subtitle = text(16, 47, 'font-size="12.5" text-anchor="start"', samples);
  const footer = text(
    sheetWidth - 16,
    height - 12,
    'font-size="11.5" text-anchor="end" opacity="0.8"',
    `${report.pipeline} · regimewatch ${report.regimewatch}`,
  );
  const body = lowered(rounded(head + parts.join(''))) + subtitle + footer;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" class="figure" role="img" viewBox="0 0 ${sheetWidth} ${height}" ` +
    `width="${sheetWidth}" height="${height}" aria-labelledby="${name}-title ${name}-description" fill="currentColor" ` +
    `font-family="system-ui, 'Helvetica Neue', Arial, sans-serif" font-size="12" text-anchor="middle">` +
    `<title id="${name}-title">${escapeText(title)}</title><desc id="${name}-description">${escapeText(description)}</desc>` +
    `<style>${style}</style><rect class="ground" width="${sheetWidth}" height="${height}"/>${body}</svg>\n`;
  return { name, title, description, svg };
}
