import { expect, test } from 'vitest';
import { panel } from '../../../sinks/report/panel.js';

const frame = { left: 100, top: 50, width: 400, height: 200, marks: [] };

test('the scales map the domain onto the frame', () => {
  const { toX, toY } = panel({
    ...frame,
    x: { title: 'm [GeV]', domain: [60, 120] },
    y: { title: 'Events', domain: [1, 100], log: true },
  });
  expect([60, 90, 120].map(toX)).toEqual([100, 300, 500]);
  expect([1, 10, 100].map(toY)).toEqual([250, 150, 50]);
});

test('titles and every tick label are there, on logarithmic axes too', () => {
  const { svg } = panel({
    ...frame,
    x: { title: 'm [GeV]', domain: [60, 120] },
    y: { title: 'Events / 1 GeV', domain: [1, 60], log: true },
  });
  for (const text of ['m [GeV]', 'Events / 1 GeV', '>70<', '>1<', '>2<', '>5<', '>20<', '>50<']) {
    expect(svg).toContain(text);
  }
});

test('a bare axis has its ticks alone', () => {
  const { svg } = panel({
    ...frame,
    x: { title: 'm [GeV]', domain: [60, 120], bare: true },
    y: { title: 'Events', domain: [0, 1] },
  });
  expect(svg).not.toContain('m [GeV]');
  expect(svg).not.toContain('>70<');
});
