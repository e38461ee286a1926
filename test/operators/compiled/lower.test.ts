import { describe, expect, it } from 'vitest';
import { lowerToLanes, needed } from '../../../operators/compiled/lower.js';
import { column, noProgram, type Instruction } from '../../../operators/compiled/lanes.js';
import { parse } from '../../../operators/expressions/formula.js';
import { lower } from '../../../operators/expressions/lower.js';

function lanesOf(formulas: Readonly<Record<string, string>>) {
  const definitions = new Map(Object.entries(formulas).map(([name, text]) => [name, parse(text)]));
  const names = [...definitions.keys()];
  const { nodes, results } = lower(definitions, names, names, () => false);
  const given = new Set(nodes.flatMap(({ kind }, id) => (kind === 'column' ? [id] : [])));
  const program = noProgram();
  const columns: number[] = [];
  const wanted = names.map((name) => results.get(name)!);
  const outputs = lowerToLanes(program, nodes, given, wanted, (id) => column(program, columns.push(id) - 1), 'f64');
  return { program, columns, outputs };
}

const words = (one: Instruction): string =>
  [one.kind === 'operation' || one.kind === 'shift' ? one.op : one.kind, ...one.args].join(' ');

describe('lowerToLanes', () => {
  it('gives the instructions that docs/compiler.md follows', () => {
    const { program, columns, outputs } = lanesOf({ H_T: 'pt1 + pt2', high: 'H_T > 200', capped: 'min(H_T, 500)' });
    expect(columns).toHaveLength(2);
    expect(program.all.map(words)).toEqual([
      'column',
      'column',
      'add 0 1',
      'constant',
      'gt 2 3',
      'constant',
      'min 2 5',
      'constant',
      'and 4 7',
    ]);
    expect(outputs).toEqual([2, 8, 6]);
  });

  it('keeps truth values as words until a number is asked for', () => {
    const { program } = lanesOf({ y: 'where(a > 0 and not (b > 0), a, b)' });
    expect(program.all.map(words)).toEqual([
      ...['column', 'constant', 'gt 0 1', 'column', 'gt 3 1', 'not 4', 'and 2 5', 'select 0 3 6'],
    ]);
  });

  it('asks the plain function where there are no instructions', () => {
    const { program } = lanesOf({ y: 'tan(a)' });
    expect(program.all.at(-1)).toMatchObject({ kind: 'patch', fn: 'tan' });
  });
});

describe('needed', () => {
  it('does not look behind what is given', () => {
    const definitions = new Map([['y', parse('sqrt(a * a) + 1')]]);
    const { nodes, results } = lower(definitions, ['y'], ['y'], () => false);
    const y = results.get('y')!;
    const all = needed(nodes, new Set(), [y]);
    expect(all).toEqual(nodes.map((_, id) => id));
    const root = nodes.findIndex((node) => node.kind === 'elementwise' && node.op === 'sqrt');
    expect(needed(nodes, new Set([root]), [y])).toEqual([root, ...all.filter((id) => id > root)]);
  });
});
