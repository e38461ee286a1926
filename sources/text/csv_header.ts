import { wrongSample } from '../../operators/problem.js';
import type { TableInfo } from '../missing_columns.js';
import { fieldsFor, numberIn, splitRow, textIn } from './csv_row.js';
import { linesOf, nextLine } from './lines.js';
import { slabs } from './slabs.js';

export interface Header extends TableInfo {
  /** The byte between two fields. */
  readonly delimiter: number;
  /** All columns in the order of the file. */
  readonly names: readonly string[];
}

const sampled = 1000;

/** The first of these that a header holds is what separates its columns. */
const delimiters = ['\t', ';', ',', '|'];

/** Reads the header and the first 1000 rows: a column is text if most of its values there are no numbers. */
export async function csvHeader(path: string): Promise<Header> {
  for await (const { bytes } of slabs(path)) {
    const lines = linesOf(bytes);
    if (!nextLine(lines)) continue;
    const text = bytes.toString('utf8', lines.from, lines.to);
    const delimiter = (delimiters.find((each) => text.includes(each)) ?? ',').charCodeAt(0);
    const fields = fieldsFor(text.length + 1);
    splitRow(bytes, lines.from, lines.to, delimiter, fields);
    const names = Array.from({ length: Math.max(0, fields.count) }, (_, i) => textIn(bytes, fields, i).trim());
    if (fields.count < 1 || names.every((_, i) => numberIn(bytes, fields, i) !== undefined)) {
      throw wrongSample(`${path}:1: no names of columns: a CSV file begins with a line of them`);
    }
    const twice = names.find((name, i) => names.indexOf(name) < i);
    if (twice !== undefined) throw wrongSample(`${path}:1: column '${twice}' stands there twice: rename one`);
    const balance = new Float64Array(names.length);
    for (let row = 0; row < sampled && nextLine(lines); row++) {
      splitRow(bytes, lines.from, lines.to, delimiter, fields);
      if (fields.count !== names.length) continue;
      for (let i = 0; i < names.length; i++) {
        const value = numberIn(bytes, fields, i);
        balance[i]! += value === undefined ? 1 : Number.isNaN(value) ? 0 : -1;
      }
    }
    const others = new Map(names.filter((_, i) => balance[i]! > 0).map((name) => [name, 'text']));
    const columns = names.filter((name) => !others.has(name)).map((name) => ({ name, list: false }));
    return { columns, others, names, delimiter };
  }
  throw wrongSample(`${path}: CSV file is blank: a CSV file begins with a line of column names`);
}
