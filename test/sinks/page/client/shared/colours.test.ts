import { expect, test } from 'vitest';
import {
  colourOf,
  dashOf,
  diverging,
  onDark,
  onLight,
  ramp,
  sequential,
} from '../../../../../sinks/page/client/shared/colours.js';

/** Contrast ratio of two colours (WCAG 2.1, relative luminance). */
function contrast(a: string, b: string): number {
  const luminance = (colour: string) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
      const v = parseInt(colour.slice(1 + 2 * i, 3 + 2 * i), 16) / 255;
      return sum + weight * (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    }, 0);
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

const regimes = [...Array(10).keys()];

test('the first six regimes have the colours of the cycle of six', () => {
  expect(regimes.slice(0, 6).map(colourOf)).toEqual(['#5790fc', '#f89c20', '#e42536', '#964a8b', '#9c9ca1', '#7a21dd']);
  expect(colourOf('all')).toBe('currentColor');
});

test('ten regimes have ten colours, and thirty no line alike', () => {
  expect(new Set(regimes.map(colourOf)).size).toBe(10);
  const lines = [...Array(24).keys()].map((regime) => colourOf(regime) + dashOf(regime));
  expect(new Set(lines).size).toBe(24);
});

test('every colour stands off a light and a dark ground', () => {
  const light = new Map(onLight);
  const dark = new Map(onDark);
  for (const colour of regimes.map(colourOf)) {
    expect(contrast(light.get(colour) ?? colour, '#ffffff')).toBeGreaterThan(2.1);
    expect(contrast(dark.get(colour) ?? colour, '#16191e')).toBeGreaterThan(3);
  }
});

test('a ramp goes through its colours, and stays at its ends beyond them', () => {
  sequential.forEach((colour, i) => {
    expect(ramp(sequential, i / (sequential.length - 1))).toBe(colour);
  });
  expect(ramp(diverging, 0.5)).toBe('#dddddd');
  expect(ramp(['#000000', '#ffffff'], 0.25)).toBe('#404040');
  expect(ramp(diverging, -3)).toBe(diverging[0]);
  expect(ramp(diverging, 3)).toBe(diverging.at(-1));
});
