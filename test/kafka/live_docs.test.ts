import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Broker } from '../../docker/kafka/broker.js';
import { brokerOrSkip, startTestBroker } from '../support/broker.js';
import { blocksOf } from '../support/markdown.js';
import { root, shell } from '../support/shell.js';

describe.runIf(brokerOrSkip())('docs/live.md', () => {
  let broker: Broker;
  beforeAll(async () => {
    broker = await startTestBroker();
  });

  test('two workers, a replay of the log and a replay of the file leave the same state', async () => {
    const { text } = blocksOf(readFileSync(join(root, 'docs/live.md'), 'utf8')).find((block) =>
      block.text.includes('regimewatch produce'),
    )!;
    const lines = text.split('\n').filter((line) => !line.startsWith('export '));
    const script = [`export REGIMEWATCH_BROKERS=${broker.bootstrap}`, ...lines].join('\n');
    const here = script.replaceAll('npx regimewatch', 'node bin/regimewatch.js');
    const { code, stdout, stderr } = await shell(here, root, 115);
    expect(code, stderr).toBe(0);
    const states = [...stdout.matchAll(/\bstate ([0-9a-f]{16})/g)].map(([, hash]) => hash);
    // The first worker, the second, and two replays.
    expect(states).toHaveLength(4);
    expect(new Set(states).size).toBe(1);
    expect(stdout).toMatch(/25,?000 read/);
  });
});
