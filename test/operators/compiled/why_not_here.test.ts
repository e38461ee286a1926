import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { whyNotHere } from '../../../operators/compiled/why_not_here.js';

describe('whyNotHere', () => {
  it('finds nothing against it on this machine', () => {
    expect(whyNotHere()).toBeNull();
  });

  it.runIf(process.platform === 'linux')('is said where the address space is limited, and all else goes on', () => {
    const program = fileURLToPath(new URL('../../../bin/regimewatch.js', import.meta.url));
    const run = (limit: string, command: string): string =>
      execFileSync('sh', ['-c', `ulimit -v ${limit} && exec '${process.execPath}' '${program}' ${command}`], {
        encoding: 'utf8',
      });
    expect(run('8000000', 'check pipelines/dilepton.yaml')).toContain(
      'evaluation: plain loops: the address space is limited (ulimit -v), and WebAssembly has no memory\n',
    );
    const stateOf = (limit: string): string =>
      /^state (\w+)/m.exec(run(limit, 'replay pipelines/dilepton.yaml "generator:40000?seed=1&high_pt=0.3"'))![1]!;
    expect(stateOf('8000000')).toBe(stateOf('unlimited'));
  });
});
