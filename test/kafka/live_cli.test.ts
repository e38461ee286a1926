import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Admin } from '@platformatic/kafka';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Broker } from '../../docker/kafka/broker.js';
import { clientOptions } from '../../docker/kafka/client_options.js';
import type { LiveSummary } from '../../runtime/live/messages.js';
import type { Report } from '../../schemas/report.js';
import type { WindowReport } from '../../schemas/window_report.js';
import { brokerOrSkip, startTestBroker } from '../support/broker.js';
import { scratch } from '../support/scratch.js';
import { root, shell, type Ran } from '../support/shell.js';

const USER = { name: 'shifter', password: 'correct-horse-battery' };
const WRONG = 'wrong-horse-battery';
const PIPELINE = 'pipelines/dilepton.yaml';
const SETTINGS = '--set weight=none --set window.events=1000';
const SAMPLE = 'generator:8000?seed=3';

describe.runIf(brokerOrSkip())('regimewatch live with TLS and SCRAM', () => {
  let broker: Broker;
  const login = (): string =>
    `--brokers ${broker.bootstrap} --tls-ca ${broker.ca!} --sasl scram-sha-512 --sasl-user ${USER.name}`;
  const program = (command: string, password = USER.password): Promise<Ran> =>
    shell(`REGIMEWATCH_SASL_PASSWORD=${password} node bin/regimewatch.js ${command} ${SETTINGS}`, root, 100);
  const live = (more: string, password?: string): Promise<Ran> =>
    program(`live ${PIPELINE} --topic events ${login()} ${more}`, password);

  beforeAll(async () => {
    broker = await startTestBroker({ listener: 'sasl_ssl', users: [USER] });
    const { code, stderr } = await program(
      `produce ${PIPELINE} '${SAMPLE}' --topic events --partitions 3 --encoding avro --compression lz4 ${login()}`,
    );
    expect(code, stderr).toBe(0);
  });

  test('watches a topic to its end; files hold the state as topics do', async () => {
    const report = JSON.parse((await program(`replay ${PIPELINE} '${SAMPLE}' --format json`)).stdout) as Report;
    const summaries: LiveSummary[] = [];
    for (const where of ['', `--state ${scratch()}`]) {
      const { code, stdout, stderr } = await live(`--group g${summaries.length} --until-end --format json ${where}`);
      expect(code, stderr).toBe(0);
      const lines = stdout.trim().split('\n');
      const windows = lines.slice(0, -1).map((line) => JSON.parse(line) as WindowReport);
      expect(windows.map(({ window, events }) => [window, events])).toEqual(
        [0, 1, 2, 3, 4, 5, 6, 7].map((w) => [w, 1000]),
      );
      summaries.push(JSON.parse(lines.at(-1)!) as LiveSummary);
    }
    const [one, other] = summaries;
    expect(one!.stateHash).toBe(report.stateHash);
    expect(one!.events).toEqual(report.events);
    expect(other).toEqual(one);
  });

  test('says in one line that the password is wrong, and gives no secret away', async () => {
    const { code, stdout, stderr } = await live('--group wrong --verbose', WRONG);
    expect(code).toBe(1);
    expect(stderr.split('\n')[0]).toContain('authentication failed for user shifter by SCRAM-SHA-512');
    for (const secret of [WRONG, USER.password]) expect(stdout + stderr).not.toContain(secret);
  });

  test('refuses the group of another pipeline, with both hashes', async () => {
    const { code, stderr } = await live('--group g0 --until-end --set regimes.count=3');
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/pipeline [0-9a-f]{12}.*[0-9a-f]{12}.*--group/);
  });

  test('ends on SIGTERM with everything saved, and goes on from there', async () => {
    const line = `exec node bin/regimewatch.js live ${PIPELINE} --topic events ${login()} --group term --checkpoint 60 ${SETTINGS}`;
    const env = { ...process.env, REGIMEWATCH_SASL_PASSWORD: USER.password };
    const child = spawn('bash', ['-c', line], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    const [code] = (await once(child, 'close')) as [number | null];
    expect(code).toBe(0);
    const states = await program(`state verify --topic term.checkpoints ${login()} --format json`);
    expect(states.code, states.stderr).toBe(0);
    const rest = await live('--group term --until-end --format json');
    const summary = JSON.parse(rest.stdout.trim().split('\n').at(-1)!) as LiveSummary;
    expect(summary.events).toMatchObject({ read: 8000, used: 8000, late: 0, duplicate: 0 });
  });

  test('says which part of a log is gone below the checkpoint', async () => {
    const admin = new Admin(clientOptions(broker, 'test', { ...USER, mechanism: 'SCRAM-SHA-512' }));
    await admin.deleteRecords({
      topics: [0, 1, 2].map((partition) => ({ name: 'events', partitions: [{ partition, offset: 100n }] })).slice(0, 1),
    });
    await admin.close();
    const { code, stderr } = await program(`replay ${PIPELINE} --from-topic events --from-offsets 0:10 ${login()}`);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/partition 0.* 10 to 99/);
  });
});
