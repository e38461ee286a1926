import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseRunbook, readRunbook } from '../../../runtime/mcp/runbook.js';
import { problemOf } from '../../support/problem_of.js';

test('steps are the items of its lists, with what goes on below them', () => {
  const text = [
    '# T',
    'Words.',
    '## How',
    '1. one',
    '   more',
    '2. two',
    '',
    'prose',
    '```sh',
    '- no',
    '```',
    '## What',
    '- a',
  ];
  expect(parseRunbook('f', text.join('\n'))).toEqual({
    file: 'f',
    title: 'T',
    steps: [
      { section: 'How', number: 1, text: 'one more' },
      { section: 'How', number: 2, text: 'two' },
      { section: 'What', number: 1, text: 'a' },
    ],
  });
});

const folder = 'docs/runbooks';
test.each(readdirSync(folder).filter((name) => name.endsWith('.md')))('%s has steps', (name) => {
  const { title, steps } = parseRunbook(name, readFileSync(join(folder, name), 'utf8'));
  expect(title).not.toBe('');
  expect(steps.length).toBeGreaterThan(1);
});

test('an alert without one is a mistake that says which there are', async () => {
  expect((await readRunbook(folder, 'highbias')).title).toMatch(/HighBias/);
  expect((await problemOf(() => readRunbook(folder, '../../etc/passwd'))).message).toMatch(/no runbook in .*HighBias/);
});
