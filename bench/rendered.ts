import type { machine } from './machine.js';
import type { Outcome } from './parts/outcome.js';
import { asMarkdown, asText, type Table } from './tables.js';
import { targetTable } from './targets.js';

type Found = ReadonlyMap<string, Outcome>;
interface Asked {
  readonly events: number;
  readonly textEvents: number;
  readonly rounds: number;
  readonly quick: boolean;
}

/** What a run prints: first what is to be reached, then the tables of its parts, then what was not measured. */
export function rendered(
  format: 'text' | 'markdown' | 'json',
  facts: ReturnType<typeof machine>,
  asked: Asked,
  found: Found,
): string {
  const outcomes = [...found.values()];
  const findings = Object.assign({}, ...outcomes.map((outcome) => outcome.findings)) as Outcome['findings'];
  const left = outcomes.flatMap((outcome) => outcome.left);
  if (format === 'json') {
    const parts = Object.fromEntries([...found].map(([part, { tables, rounds }]) => [part, { tables, rounds }]));
    const reach = targetTable(findings);
    return JSON.stringify({ machine: facts, asked, toReach: reach.rows, findings, notMeasured: left, parts }, null, 2);
  }
  const { node, cores, memoryGb } = facts;
  const run = `Node ${node.slice(1)}, ${cores} cores, ${memoryGb} GB; ${asked.rounds} rounds; ${asked.events.toLocaleString('en')} events, ${asked.textEvents.toLocaleString('en')} in text and Avro.${asked.quick ? ' A quick run: its figures say little.' : ''}`;
  const absent: Table[] =
    left.length === 0 ? [] : [{ title: 'Not measured in this run', head: [], rows: [], words: 0, notes: left }];
  // A run of some parts has nothing to say of the targets of the others.
  const reach = Object.keys(findings).length === 0 ? [] : [targetTable(findings)];
  const tables = [...reach, ...outcomes.flatMap((outcome) => outcome.tables), ...absent];
  return [run, ...tables.map(format === 'markdown' ? asMarkdown : asText)].join('\n\n');
}
