import { expect, it } from 'vitest';
import { pull } from '../../../../../sinks/page/client/figures/pull.js';
import { drawn, viewOf } from './page_figures.js';

it('marks where the pull leaves 0, and says how sure that is', () => {
  const figure = drawn(pull, viewOf())!;
  expect(figure.summary).toContain('it changes from 266 GeV on, 9.1 σ');
  expect(figure.node.textContent).toContain('± 0.1onset');
  expect(drawn(pull, viewOf(undefined, { selected: [2, 4] }))!.summary).toContain('no onset found');
});
