import { join } from 'node:path';
import type { Model } from '../../operators/probes/types.js';
import { wrongPipeline } from '../../operators/problem.js';
import { suggestion } from '../pipeline_mistake.js';
import { readText } from '../yaml_file.js';
import type { LoadedCard } from './card_file.js';

/** Rows of a card with the outputs that the model must give. */
export interface ValidationRows {
  readonly file: string;
  /** Where each row stands in the file, from 1. */
  readonly lines: readonly number[];
  readonly inputs: readonly Float64Array[];
  readonly outputs: readonly Float64Array[];
  readonly tolerance: number;
}

/** null: the card has none. A file that is none, or does not fit the card, is a Problem (2). */
export async function readValidation({
  card,
  folder,
}: Pick<LoadedCard, 'card' | 'folder'>): Promise<ValidationRows | null> {
  if (card.validation === undefined) return null;
  const { tolerance } = card.validation;
  const file = join(folder, card.validation.file);
  const names = [...card.inputs, ...card.outputs].map(({ name }) => name);
  const { columns, lines } = parseTable(await readText(file, 'validation'), file, names);
  const d = card.inputs.length;
  return { file, lines, inputs: columns.slice(0, d), outputs: columns.slice(d), tolerance };
}

/**
 * Runs the rows through the model: |got − wanted| ≤ tolerance (1 + |wanted|) for each output, NaN where NaN is wanted.
 * A difference is a Problem (2) with its line, output and both values. Returns the largest one, |got − wanted| /
 * (1 + |wanted|).
 */
export async function checkOutputs(
  { name }: Pick<LoadedCard['card'], 'name'>,
  model: Pick<Model, 'run' | 'outputs'>,
  { file, lines, inputs, outputs, tolerance }: ValidationRows,
): Promise<number> {
  const got = await model.run(inputs, lines.length);
  let largest = 0;
  model.outputs.forEach((output, k) => {
    outputs[k]!.forEach((wanted, i) => {
      const value = got[k]![i]!;
      if (Object.is(value, wanted)) return;
      const difference = Math.abs(value - wanted) / (1 + Math.abs(wanted));
      if (!(difference <= tolerance))
        throw wrongPipeline(
          `${file}:${lines[i]!}: output ${output}: wanted ${wanted}, model ${name} gives ${value} (tolerance ${tolerance}): mend the card or the model`,
        );
      largest = Math.max(largest, difference);
    });
  });
  return largest;
}

interface Table {
  readonly columns: readonly Float64Array[];
  /** Where each row stands in the file, from 1. */
  readonly lines: readonly number[];
}

/** Numbers with commas between them under a header of names; an empty cell is NaN. Columns in the order of `names`. */
export function parseTable(text: string, file: string, names: readonly string[]): Table {
  const [head = '', ...body] = text.split(/\r?\n/);
  const header = head.split(',').map((name) => name.trim());
  header.forEach((name, i) => {
    if (!names.includes(name)) throw wrongPipeline(`${file}:1: unknown column '${name}'${suggestion(name, names)}`);
    if (header.indexOf(name) < i) throw wrongPipeline(`${file}:1: column '${name}' is given twice`);
  });
  const places = names.map((name) => {
    const place = header.indexOf(name);
    if (place < 0) throw wrongPipeline(`${file}:1: column '${name}' of the card is missing`);
    return place;
  });
  const lines: number[] = [];
  const rows: number[][] = [];
  body.forEach((line, i) => {
    if (line.trim() === '') return;
    const cells = line.split(',').map((cell) => cell.trim());
    if (cells.length !== header.length)
      throw wrongPipeline(`${file}:${i + 2}: ${cells.length} values under ${header.length} names`);
    rows.push(places.map((place) => numberOf(cells[place]!, `${file}:${i + 2}: ${header[place]!}`)));
    lines.push(i + 2);
  });
  if (rows.length === 0) throw wrongPipeline(`validation ${file}: has no rows`);
  return { columns: names.map((_, j) => Float64Array.from(rows, (row) => row[j]!)), lines };
}

function numberOf(cell: string, where: string): number {
  if (cell === '' || cell.toLowerCase() === 'nan') return NaN;
  const value = /^-?inf(inity)?$/i.test(cell) ? (cell.startsWith('-') ? -Infinity : Infinity) : Number(cell);
  if (Number.isNaN(value)) throw wrongPipeline(`${where}: '${cell}' is no number`);
  return value;
}
