import { describe, expect, test } from 'vitest';
import type { Element } from '../../../operators/alerts/label_sets.js';
import { joinScalar, joinScalars, joinSets, joinVectors } from '../../../operators/alerts/match_vectors.js';
import type { Condition, Matching } from '../../../operators/alerts/types.js';

type Binary = Extract<Condition, { kind: 'binary' }>;
const node = (op: Binary['op'], matching?: Matching): Binary => ({
  ...{ kind: 'binary', op, left: { kind: 'time' }, right: { kind: 'time' } },
  ...(matching ? { matching } : {}),
});

/** Of Prometheus' documentation, querying/operators, "Vector matching". */
const errors: Element[] = [
  ['get', '500', 24],
  ['get', '404', 30],
  ['put', '501', 3],
  ['post', '500', 6],
  ['post', '404', 21],
].map(([method, code, value]) => ({
  ...{ name: 'method_code:http_errors:rate5m', labels: { method: method as string, code: code as string } },
  value: value as number,
}));
const requests: Element[] = [
  ['get', 600],
  ['del', 34],
  ['post', 120],
].map(([method, value]) => ({
  ...{ name: 'method:http_requests:rate5m', labels: { method: method as string } },
  value: value as number,
}));

describe('the examples of the documentation', () => {
  test('one-to-one: errors of code 500 over all requests, by method', () => {
    const fatal = errors.filter(({ labels }) => labels['code'] === '500');
    expect(joinVectors(node('/', { ignoring: ['code'] }), fatal, requests)).toEqual([
      { name: null, labels: { method: 'get' }, value: 0.04 },
      { name: null, labels: { method: 'post' }, value: 0.05 },
    ]);
  });

  test('many-to-one: every code', () => {
    const many: Binary = { ...node('/', { ignoring: ['code'] }), groupLeft: [] };
    expect(
      joinVectors(many, errors, requests).map(({ labels, value }) => [labels['method'], labels['code'], value]),
    ).toEqual([
      ['get', '500', 0.04],
      ['get', '404', 0.05],
      ['post', '500', 0.05],
      ['post', '404', 0.175],
    ]);
  });
});

test('a set operation keeps elements whole', () => {
  expect(joinSets(node('unless', { on: ['method'] }), errors, requests)).toEqual([errors[2]]);
  expect(joinSets(node('and', { on: ['method'] }), errors, requests)).toHaveLength(4);
  expect(joinSets(node('or', { on: ['method'] }), requests, errors)).toEqual([...requests, errors[2]]);
});

test('a scalar on either side', () => {
  expect(joinScalars('/', 1, 4)).toBe(0.25);
  expect(joinScalar('-', requests, 100, true).map(({ value }) => value)).toEqual([-500, 66, -20]);
  expect(joinScalar('<', requests, 100, true)).toEqual([requests[0], requests[2]]);
});
