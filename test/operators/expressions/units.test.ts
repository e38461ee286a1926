import { describe, expect, it } from 'vitest';
import { agreeing, common, ofAngles, PURE, raised, times } from '../../../operators/expressions/units.js';

describe('units', () => {
  it.each([
    ['GeV', 'GeV', 1, 'GeV*GeV'],
    ['mm', 'GeV', 1, 'GeV*mm'],
    ['GeV', 'GeV', -1, PURE],
    ['GeV', 'mm', -1, 'GeV/mm'],
    [PURE, 'mm', -1, '1/mm'],
    ['GeV^2/mm', 'GeV', -1, 'GeV/mm'],
    ['1/mm', 'mm', 1, PURE],
    [null, 'GeV', 1, null],
    ['GeV', null, -1, null],
    ['events per day', 'mm', 1, 'events per day*mm'],
    ['rad', PURE, 1, 'rad'],
    ['rad', 'rad', 1, PURE],
    ['GeV', 'rad', 1, 'GeV'],
    ['rad', 'mm', -1, '1/mm'],
    ['GeV^8', 'GeV', 1, null],
  ] as const)('%j and %j, sign %j: %j', (left, right, sign, expected) => {
    expect(times(left, right, sign)).toBe(expected);
  });

  it.each([
    ['GeV', 2, 'GeV*GeV'],
    ['GeV*GeV', 0.5, 'GeV'],
    ['GeV*GeV/mm', 0.5, null],
    ['GeV', -1, '1/GeV'],
    ['GeV', 0, PURE],
    ['GeV', undefined, null],
    ['GeV', 1e9, null],
    ['GeV', NaN, null],
    [PURE, undefined, PURE],
    [null, 2, null],
  ] as const)('%j to the power %j: %j', (unit, exponent, expected) => {
    expect(raised(unit, exponent)).toBe(expected);
  });

  it.each([
    [['GeV', 'GeV'], 'GeV'],
    [['GeV', null, PURE], 'GeV'],
    [[PURE, 'GeV'], 'GeV'],
    [[null, PURE], null],
    [[PURE, null], null],
    [[], PURE],
    [['GeV^2', 'GeV*GeV'], 'GeV^2'],
    [['GeV', null, 'mm'], { clash: 'mixes GeV and mm' }],
    [['GeV', 'MeV'], { clash: 'mixes GeV and MeV' }],
  ] as const)('%j have in common %j', (units, expected) => {
    expect(common(units)).toEqual(expected);
  });

  it('has rules for functions', () => {
    expect(ofAngles('rad')(['rad', null, PURE])).toBe('rad');
    expect(ofAngles(PURE)(['deg'])).toEqual({ clash: 'takes a pure number or rad, not deg' });
    expect(agreeing('rad')(['GeV', 'GeV'])).toBe('rad');
    expect(agreeing('rad')(['GeV', 'mm'])).toEqual({ clash: 'mixes GeV and mm' });
  });
});
