export type { Batch, Column, ListColumn, NumberColumn } from './operators/batch.js';
export { Problem } from './operators/problem.js';
