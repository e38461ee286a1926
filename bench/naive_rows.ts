/**
 * The same core of the work as one writes it at first: an object a row, Math.cosh, objects of counts. Regimes are
 * given, not fitted; no quantiles, no exact sums, no report.
 */
import { readFileSync } from 'node:fs';
import { tableFromIPC } from 'apache-arrow';
import { meter } from './live/run.js';

type Row = Record<string, number>;

const centroids = [
  [-0.5, 1.8],
  [-0.4, 0.5],
  [-0.1, -0.6],
  [2.3, -0.8],
] as const;

const file = process.argv[2]!;
const stop = meter();
const table = tableFromIPC(readFileSync(file));
const names = table.schema.fields.map(({ name }) => name);
const columns = names.map((name) => table.getChild(name)!);

function mass(row: Row, kind: string): number {
  const deta = row[`${kind}_l1_eta`]! - row[`${kind}_l2_eta`]!;
  const dphi = row[`${kind}_l1_phi`]! - row[`${kind}_l2_phi`]!;
  return Math.sqrt(2 * row[`${kind}_l1_pt`]! * row[`${kind}_l2_pt`]! * (Math.cosh(deta) - Math.cos(dphi)));
}

const delta = new Map<string, number>();
const spectrum = new Map<number, number>();
const grid = new Map<string, { n: number; sum: number; absolute: number }>();
for (let i = 0; i < table.numRows; i++) {
  const row: Row = {};
  names.forEach((name, c) => (row[name] = Number(columns[c]!.get(i))));
  const ht = row.gen_l1_pt! + row.gen_l2_pt!;
  const deta = Math.abs(row.gen_l1_eta! - row.gen_l2_eta!);
  const truth = mass(row, 'gen');
  const reco = mass(row, 'reco');
  const d = (reco - truth) / truth;
  const distances = centroids.map(([x, y]) => ((ht - 200) / 250 - x) ** 2 + ((deta - 1) / 0.9 - y) ** 2);
  const regime = distances.indexOf(Math.min(...distances));
  const bin = `${regime}:${Math.floor((d + 1) * 2000)}`;
  delta.set(bin, (delta.get(bin) ?? 0) + 1);
  spectrum.set(Math.floor(2 * reco), (spectrum.get(Math.floor(2 * reco)) ?? 0) + 1);
  const cell = `${Math.floor(ht / 20)}:${Math.floor(deta * 5)}`;
  const entry = grid.get(cell) ?? { n: 0, sum: 0, absolute: 0 };
  entry.n++;
  entry.sum += d;
  entry.absolute += Math.abs(d);
  grid.set(cell, entry);
}
process.stdout.write(`${JSON.stringify(stop(table.numRows))}\n`);
