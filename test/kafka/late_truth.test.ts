import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Broker } from '../../docker/kafka/broker.js';
import type { LiveSummary } from '../../runtime/live/messages.js';
import type { Report } from '../../schemas/report.js';
import { brokerOrSkip, startTestBroker } from '../support/broker.js';
import { scratch } from '../support/scratch.js';
import { root, shell } from '../support/shell.js';

const TRUTH = 'gen_l1_pt, gen_l1_eta, gen_l1_phi, gen_l2_pt, gen_l2_eta, gen_l2_phi';
const SETTINGS = `--set weight=none --set 'late_truth={ columns: [${TRUTH}] }'`;

describe.runIf(brokerOrSkip())('truth on a topic of its own', () => {
  let broker: Broker;
  const file = join(scratch(), 'both.arrow');
  const run = async (command: string): Promise<string> => {
    const line = `REGIMEWATCH_BROKERS=${broker.bootstrap} node bin/regimewatch.js ${command} ${SETTINGS}`;
    const { code, stdout, stderr } = await shell(line, root, 100);
    expect(code, stderr).toBe(0);
    return stdout;
  };
  beforeAll(async () => {
    broker = await startTestBroker();
  });

  test('is joined to the reconstruction: the state is that of the sample, whichever came first', async () => {
    await run(`generate pipelines/dilepton.yaml --events 12000 --out ${file}`);
    for (const [first, second] of [
      ['truth', 'reco'],
      ['reco', 'truth'],
    ]) {
      for (const side of [first, second]) {
        await run(
          `produce pipelines/dilepton.yaml ${file} --topic ${first}-first-${side} --partitions 2 --side ${side}`,
        );
      }
      const topics = `--topic ${first}-first-reco --truth-topic ${first}-first-truth --group ${first}`;
      const lines = await run(`live pipelines/dilepton.yaml ${topics} --until-end --format json`);
      const summary = JSON.parse(lines.trim().split('\n').at(-1)!) as LiveSummary;
      const report = JSON.parse(await run(`replay pipelines/dilepton.yaml ${file} --format json`)) as Report;
      expect(summary.stateHash).toBe(report.stateHash);
      expect(summary.events).toEqual(report.events);
      expect(summary.join).toMatchObject({ matched: 12000, recoOnly: 0, truthOnly: 0 });
    }
  });
});
