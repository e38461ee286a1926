import { describe, expect, it } from 'vitest';
import { configProblem, isGeneratorPath, parseGeneratorPath } from '../../../sources/generator/path.js';

describe('parseGeneratorPath', () => {
  it.each([
    ['generator:100000?seed=7&high_pt=0.3', { events: 100000, seed: 7, high_pt_fraction: 0.3 }],
    ['generator:1e6', { events: 1000000, seed: 1, high_pt_fraction: 0 }],
    ['generator:0?', { events: 0, seed: 1, high_pt_fraction: 0 }],
    ['generator:5?high_pt=1', { events: 5, seed: 1, high_pt_fraction: 1 }],
  ])('reads %s', (path, config) => {
    expect(isGeneratorPath(path)).toBe(true);
    expect(parseGeneratorPath(path)).toEqual(config);
  });

  it.each([
    ['sample.lhe', /not a generated sample/],
    ['generator:', /'' is not a number of events/],
    ['generator:ten', /'ten' is not a number of events/],
    ['generator:-5', /'-5' is not a number of events/],
    ['generator:1.5', /'1.5' is not a number of events/],
    ['generator:1e300', /'1e300' is not a number of events/],
    ['generator:5?sed=1', /unknown entry 'sed', known are seed, high_pt/],
    ['generator:5?seed', /'seed' gives no number/],
    ['generator:5?seed=a', /'seed=a' gives no number/],
    ['generator:5?seed=1&seed=2', /'seed' is given twice/],
    ['generator:5?seed=-1', /-1 is not a seed, which is an integer from 0 to 4294967295/],
    ['generator:5?high_pt=2', /high_pt 2 is not a share from 0 to 1/],
    ['generator:5?seed=1=2', /'seed=1=2' gives no number/],
  ])('refuses %s', (path, message) => {
    expect(isGeneratorPath(path)).toBe(path !== 'sample.lhe');
    expect(() => parseGeneratorPath(path)).toThrow(message);
    expect(() => parseGeneratorPath(path)).toThrow(/^[^\n]*; write generator:EVENTS/);
  });
});

it('finds what is wrong with a configuration', () => {
  expect(configProblem({ events: 1, seed: 1, high_pt_fraction: 0 })).toBeUndefined();
  expect(configProblem({ events: NaN, seed: 1, high_pt_fraction: 0 })).toMatch(/NaN is not a number of events/);
  expect(configProblem({ events: 1, seed: 1, high_pt_fraction: NaN })).toMatch(/high_pt NaN/);
});
