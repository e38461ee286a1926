import type { Series } from './dashboard_run.js';
import type { PanelJson } from './dashboards.js';

type Cell = string | number | null;

/** A table as Grafana has it between transformations: columns by name, in order. */
export interface Frame {
  readonly fields: readonly { readonly name: string; readonly values: readonly Cell[] }[];
}

const rowsOf = ({ fields }: Frame): number => fields[0]?.values.length ?? 0;
const fieldOf = ({ fields }: Frame, name: string) => fields.find((field) => field.name === name);
const picked = ({ fields }: Frame, order: readonly number[]): Frame => ({
  fields: fields.map(({ name, values }) => ({ name, values: order.map((i) => values[i]!) })),
});

/** The answer of an instant query in table format: Time, labels by name, the value; 'Value #A' if others are beside it. */
export function tableOf(series: readonly Series[], refId: string | null): Frame {
  const labels = [...new Set(series.flatMap(({ metric }) => Object.keys(metric)))].sort();
  return {
    fields: [
      { name: 'Time', values: series.map(({ values }) => values[0]![0]) },
      ...labels.map((name) => ({ name, values: series.map(({ metric }) => metric[name] ?? '') })),
      { name: refId === null ? 'Value' : `Value #${refId}`, values: series.map(({ values }) => values[0]![1]) },
    ],
  };
}

interface Options {
  readonly include?: { readonly names: string[] };
  readonly conversions?: readonly { readonly targetField: string }[];
  readonly sort?: readonly { readonly field: string; readonly desc: boolean }[];
  readonly regex?: string;
  readonly renamePattern?: string;
  readonly byField?: string;
  readonly columnField?: string;
  readonly rowField?: string;
  readonly valueField?: string;
  readonly excludeByName?: Record<string, boolean>;
  readonly indexByName?: Record<string, number>;
  readonly renameByName?: Record<string, string>;
}

const each = (change: (frame: Frame, options: Options) => Frame) => (frames: readonly Frame[], options: Options) =>
  frames.map((frame) => change(frame, options));

/** What the transformations do that the dashboards use, after their descriptions in Grafana's documentation. */
const TRANSFORMATIONS: Record<string, (frames: readonly Frame[], options: Options) => readonly Frame[]> = {
  filterFieldsByName: each(({ fields }, { include }) => ({
    fields: fields.filter(({ name }) => include!.names.includes(name)),
  })),
  convertFieldType: each(({ fields }, { conversions }) => ({
    fields: fields.map(({ name, values }) =>
      conversions!.some(({ targetField }) => targetField === name)
        ? { name, values: values.map((value) => (value === null ? null : Number(value))) }
        : { name, values },
    ),
  })),
  sortBy: each((frame, { sort }) => {
    const [{ field, desc } = { field: '', desc: false }] = sort!;
    const values = fieldOf(frame, field)?.values;
    if (!values) return frame;
    const sign = desc ? -1 : 1;
    const order = [...values.keys()].sort((a, b) => sign * (Number(values[a]) - Number(values[b])));
    return picked(frame, order);
  }),
  groupingToMatrix: each((frame, { columnField, rowField, valueField }) => {
    const [columns, rows, values] = [columnField!, rowField!, valueField!].map((name) => fieldOf(frame, name)!.values);
    const heads = [...new Set(columns)];
    const lines = [...new Set(rows)];
    const at = (head: Cell, line: Cell): Cell =>
      values!.find((_, i) => columns![i] === head && rows![i] === line) ?? null;
    return {
      fields: [
        { name: `${rowField!}\\${columnField!}`, values: lines },
        ...heads.map((head) => ({ name: String(head), values: lines.map((line) => at(head, line)) })),
      ],
    };
  }),
  renameByRegex: each(({ fields }, { regex, renamePattern }) => ({
    fields: fields.map(({ name, values }) => ({ name: name.replace(new RegExp(regex!), renamePattern!), values })),
  })),
  joinByField: (frames, { byField }) => {
    const keys = [...new Set(frames.flatMap((frame) => [...fieldOf(frame, byField!)!.values]))];
    keys.sort((a, b) => Number(a) - Number(b));
    const others = frames.flatMap((frame) => {
      const own = fieldOf(frame, byField!)!.values;
      return frame.fields
        .filter(({ name }) => name !== byField)
        .map(({ name, values }) => ({ name, values: keys.map((key) => values[own.indexOf(key)] ?? null) }));
    });
    return [{ fields: [{ name: byField!, values: keys }, ...others] }];
  },
  merge: (frames) => {
    const names = [...new Set(frames.flatMap(({ fields }) => fields.map(({ name }) => name)))];
    const shared = names.filter((name) => frames.every((frame) => rowsOf(frame) === 0 || fieldOf(frame, name)));
    const rows = new Map<string, Map<string, Cell>>();
    for (const frame of frames)
      for (let i = 0; i < rowsOf(frame); i++) {
        const key = JSON.stringify(shared.map((name) => fieldOf(frame, name)!.values[i]));
        const row = rows.get(key) ?? new Map<string, Cell>();
        for (const { name, values } of frame.fields) row.set(name, values[i]!);
        rows.set(key, row);
      }
    const all = [...rows.values()];
    return [{ fields: names.map((name) => ({ name, values: all.map((row) => row.get(name) ?? null) })) }];
  },
  organize: each(({ fields }, { excludeByName, indexByName, renameByName }) => ({
    fields: fields
      .filter(({ name }) => excludeByName![name] !== true)
      .sort((a, b) => (indexByName![a.name] ?? 99) - (indexByName![b.name] ?? 99))
      .map(({ name, values }) => ({ name: renameByName![name] ?? name, values })),
  })),
};

/** The table that a panel shows of the answers to its queries. */
export function shownTable({ targets = [], transformations = [] }: PanelJson, answers: readonly Series[][]): Frame {
  let frames: readonly Frame[] = answers.map((series, i) =>
    tableOf(series, answers.length > 1 ? targets[i]!.refId : null),
  );
  for (const { id, options } of transformations) frames = TRANSFORMATIONS[id]!(frames, options);
  if (frames.length !== 1) throw new Error(`${frames.length} tables`);
  return frames[0]!;
}
