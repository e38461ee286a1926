import { expect, test } from 'vitest';
import { stageLine, stageText } from '../../cli/stage_line.js';

test('what is being done, how much of it, and the time left', () => {
  expect(stageText('attacks', 0, 3)).toBe('attacks, 0 %');
  expect(stageText('attacks', 0.4, 8)).toBe('attacks, 40 %, 12 s left');
});

test.each([true, false])('shown on a terminal alone (%s)', (isTTY) => {
  const written: string[] = [];
  const terminal = { isTTY, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
  const line = stageLine(terminal);
  line.show('attacks', 0.5);
  line.show('attacks', 0.6);
  line.clear();
  expect(written.length).toBe(isTTY ? 2 : 0);
  if (isTTY) expect(written[0]).toContain('attacks, 50 %');
});
