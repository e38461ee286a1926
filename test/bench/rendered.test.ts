import { expect, test } from 'vitest';
import { rendered } from '../../bench/rendered.js';

const facts = { node: 'v20.1.0', cores: 2, processor: 'a name', memoryGb: 8, date: '2000-01-01T00:00:00.000Z' };
const asked = { events: 1000, textEvents: 100, rounds: 2, quick: false };
const table = { title: 'Start-up', head: ['command', 'ms'], words: 1, rows: [['check', '250']], notes: [] };
const found = new Map([
  ['start', { tables: [table], findings: { start: { median: 250, low: 240, high: 260 } }, left: [], rounds: [240] }],
  ['kafka', { tables: [], findings: {}, left: ['Kafka: no java'], rounds: null }],
]);

test('Markdown: the run, what is to be reached, the parts, and what was not measured; no name and no date', () => {
  const text = rendered('markdown', facts, asked, found);
  expect([...text.matchAll(/^### (.*)$/gm)].map(([, title]) => title)).toEqual([
    ...['To reach', 'Start-up', 'Not measured in this run'],
  ]);
  expect(text.split('\n')[0]).toBe('Node 20.1.0, 2 cores, 8 GB; 2 rounds; 1,000 events, 100 in text and Avro.');
  expect(text).toMatch(/^\| start-up of `regimewatch check` .*\| +250 \(240–260\) \| +reached \|$/m);
  expect(text).toMatch(/- Kafka: no java$/);
  expect(text).not.toMatch(/a name|2000/);
});

test('a run without a finding has no targets; a quick one says what it is', () => {
  const text = rendered('text', facts, { ...asked, quick: true }, new Map([...found].slice(1)));
  expect(text).toBe(
    'Node 20.1.0, 2 cores, 8 GB; 2 rounds; 1,000 events, 100 in text and Avro. A quick run: its figures say little.\n\n' +
      'Not measured in this run\nKafka: no java',
  );
});

test('JSON has the machine, every round, and what was not measured', () => {
  expect(JSON.parse(rendered('json', facts, asked, found))).toMatchObject({
    ...{ machine: facts, asked, notMeasured: ['Kafka: no java'], findings: { start: { median: 250 } } },
    parts: { start: { tables: [table], rounds: [240] }, kafka: { tables: [], rounds: null } },
  });
});
