import { expect, test } from 'vitest';
import { PEERS, peersNamed } from '../../../bench/chain/peers.js';

test('names are unique, and chosen in the order of the table', () => {
  const names = PEERS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(peersNamed('duckdb, plain_loop').map(({ name }) => name)).toEqual(['plain_loop', 'duckdb']);
  expect(peersNamed(undefined)).toEqual(PEERS);
  expect(() => peersNamed('duckdb,')).toThrow('--peers : expected one of plain_loop, ');
});
