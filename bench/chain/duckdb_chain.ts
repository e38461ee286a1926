import { DuckDBDataChunk, DuckDBFloatVector, DuckDBInstance, FLOAT, type DuckDBConnection } from '@duckdb/node-api';
import type { Bins } from '../../operators/summaries/histogram.js';
import { emptyTables, type Filled } from './result.js';
import { WORKLOAD } from './workload.js';

const { delta, mass, ht, deta, centroids, columns: NAMES } = WORKLOAD;
const [meanX, meanY] = WORKLOAD.mean;
const [widthX, widthY] = WORKLOAD.width;
/** The most rows that a DuckDB chunk holds. */
const CHUNK = 2048;

const slot = (x: string, [bins, low, high]: Bins): string =>
  `(least(greatest(floor((${x} - ${low}) * ${bins / (high - low)}::DOUBLE), -1), ${bins})::INTEGER + 1)`;
const massOf = (kind: string): string =>
  `sqrt(2 * ${kind}_l1_pt::DOUBLE * ${kind}_l2_pt * (cosh(${kind}_l1_eta::DOUBLE - ${kind}_l2_eta) ` +
  `- cos(${kind}_l1_phi::DOUBLE - ${kind}_l2_phi)))`;
const distances = centroids.map(([u, v], r) => `(u - ${u}) * (u - ${u}) + (v - ${v}) * (v - ${v}) AS d${r}`);
const nearest = centroids.map((_, r) => {
  const others = centroids.flatMap((_, other) => (other > r ? [`d${r} <= d${other}`] : []));
  return others.length === 0 ? `ELSE ${r}` : `WHEN ${others.join(' AND ')} THEN ${r}`;
});

/** Formulas and slots, once an event; four groupings of what comes out. */
const MADE = `
  CREATE OR REPLACE TEMP TABLE made AS
  WITH formulas AS (
    SELECT gen_l1_pt::DOUBLE + gen_l2_pt AS x, abs(gen_l1_eta::DOUBLE - gen_l2_eta) AS y,
      ${massOf('gen')} AS truth, ${massOf('reco')} AS reco FROM events
  ), scaled AS (
    SELECT *, (reco - truth) / truth AS delta, (x - ${meanX}) / ${widthX}::DOUBLE AS u,
      (y - ${meanY}) / ${widthY}::DOUBLE AS v FROM formulas
  ), measured AS (SELECT *, ${distances.join(', ')} FROM scaled)
  SELECT delta, CASE ${nearest.join(' ')} END AS regime, ${slot('delta', delta)} AS bin,
    ${slot('y', deta)} * ${ht[0] + 2} + ${slot('x', ht)} AS cell, ${slot('reco', mass)} AS peak FROM measured`;

/** The chain as SQL, in doubles (DuckDB's functions are), on a table in memory, with one thread. */
export async function duckdbChain(columns: readonly Float32Array[], events: number): Promise<() => Promise<Filled>> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await load(connection, columns, events);
  return () => chainOf(connection);
}

/** The chain on what `events` is there, a table or a view. */
export async function chainOf(connection: DuckDBConnection): Promise<Filled> {
  const { counts, sums } = emptyTables();
  const each = async (what: string, by: string, row: (values: number[]) => void): Promise<void> => {
    const reader = await connection.runAndReadAll(`SELECT ${what} FROM made GROUP BY ${by}`);
    for (const values of reader.getRows()) row(values.map(Number));
  };
  await connection.run(MADE);
  await each(`regime * ${delta[0] + 2} + bin AS place, count(*)`, 'place', ([place, n]) => {
    counts.delta[place!] = n!;
  });
  await each('peak AS place, count(*)', 'place', ([place, n]) => {
    counts.mass[place!] = n!;
  });
  await each('cell AS place, count(*), sum(delta), sum(abs(delta))', 'place', ([place, n, sum, absolute]) => {
    counts.grid[place!] = n!;
    sums.gridDelta[place!] = sum!;
    sums.gridAbsolute[place!] = absolute!;
  });
  await each('regime AS place, count(*), sum(delta), sum(delta * delta)', 'place', ([place, n, sum, square]) => {
    counts.regime[place!] = n!;
    sums.regimeDelta[place!] = sum!;
    sums.regimeSquare[place!] = square!;
  });
  return { counts, sums };
}

async function load(connection: DuckDBConnection, columns: readonly Float32Array[], events: number): Promise<void> {
  await connection.run(`CREATE TABLE events (${NAMES.map((name) => `${name} FLOAT`).join(', ')})`);
  const appender = await connection.createAppender('events');
  const types = NAMES.map(() => FLOAT);
  for (let start = 0; start < events; start += CHUNK) {
    const length = Math.min(CHUNK, events - start);
    const chunk = DuckDBDataChunk.create(types, length);
    columns.forEach((column, c) => {
      const vector = chunk.getColumnVector(c);
      if (!(vector instanceof DuckDBFloatVector)) throw new TypeError(`column ${NAMES[c]}: no vector of floats`);
      for (let i = 0; i < length; i++) vector.setItem(i, column[start + i]!);
      vector.flush();
    });
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
