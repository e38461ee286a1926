import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { packageFolder } from '../../cli/version.js';
import { Problem } from '../../operators/problem.js';
import { shown, spreadOf } from '../spread.js';
import type { Outcome, Task } from './outcome.js';

const TIMES = 4;

/** What `regimewatch check` takes, from start to end, by the clock. */
export function startPart({ rounds, pipeline, onRun }: Task): Promise<Outcome> {
  const milliseconds = Array.from({ length: TIMES * rounds }, (_, i) => {
    onRun(`check: ${i + 1} of ${TIMES * rounds}`);
    const start = performance.now();
    const args = [join(packageFolder(), 'bin', 'regimewatch.js'), 'check', pipeline];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Problem(1, `regimewatch check ${pipeline}: ${stderr}`);
    return performance.now() - start;
  });
  const found = spreadOf(milliseconds);
  const rows = [['`regimewatch check` of the dilepton pipeline', shown(found), String(milliseconds.length)]];
  return Promise.resolve({
    tables: [{ title: 'Start-up', head: ['command', 'ms', 'runs'], words: 1, rows, notes: [] }],
    ...{ findings: { start: found }, left: [], rounds: milliseconds },
  });
}
