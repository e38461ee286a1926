import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageFolder } from '../../cli/version.js';
import { wrongPipeline } from '../../operators/problem.js';
import { hasModules, NODE } from '../child_run.js';
import type { Precision } from './compare.js';

export interface Peer {
  readonly name: string;
  readonly program: string;
  readonly precision: Precision;
  /** The most events that are worth waiting for. */
  readonly mostEvents?: number;
  /** Program and first arguments, after what has to be done in the temporary folder; or why it cannot run here. */
  readonly prepare: (folder: string) => { readonly command: readonly string[] } | { readonly missing: string };
}

const beside = (file: string): string => join(packageFolder(), 'bench', 'chain', file);

const javascript = (name: string, program: string, precision: Precision = 'f64'): Peer => ({
  ...{ name, program, precision },
  prepare: () => ({ command: [...NODE, fileURLToPath(new URL('./js_peer.js', import.meta.url)), name] }),
});

function python(name: string, program: string, file: string, precision: Precision, modules: string): Peer {
  const missing = `no python3 with ${modules} (pip install -r bench/chain/requirements.txt)`;
  return {
    ...{ name, program, precision },
    prepare: () => (hasModules(modules) ? { command: ['python3', beside(file), precision] } : { missing }),
  };
}

const compiler = process.env.CXX ?? 'g++';

const cpp = (kind: 'loop' | 'blocks', program: string, precision: Precision): Peer => ({
  ...{ name: `cpp_${kind}_${precision}`, program: `C++ -O3 -march=native -ffast-math, ${program}`, precision },
  prepare: (folder) => {
    const binary = join(folder, 'chain');
    const command = [binary, `${kind}_${precision}`];
    if (existsSync(binary)) return { command };
    const options = ['-std=c++17', '-O3', '-march=native', '-ffast-math', '-I', folder];
    const { status, error, stderr } = spawnSync(compiler, [...options, '-o', binary, beside('chain.cpp')]);
    if (error !== undefined) return { missing: `no ${compiler}` };
    return status === 0
      ? { command }
      : { missing: `${compiler} cannot compile it: ${stderr.toString().split('\n')[0]!}` };
  },
});

/** Everyone who does the chain, the first as the reference of the numbers. */
export const PEERS: readonly Peer[] = [
  javascript('plain_loop', 'JavaScript, one loop by hand'),
  javascript('plain', 'regimewatch, a loop for each operation'),
  javascript('compiled', 'regimewatch, formulas compiled'),
  javascript('compiled_f32', 'regimewatch, formulas compiled', 'f32'),
  cpp('loop', 'one loop', 'f64'),
  cpp('loop', 'one loop', 'f32'),
  cpp('blocks', 'in blocks', 'f64'),
  cpp('blocks', 'in blocks', 'f32'),
  python('numpy_f64', 'NumPy + scikit-learn', 'numpy_chain.py', 'f64', 'numpy, sklearn'),
  python('numpy_f32', 'NumPy + scikit-learn', 'numpy_chain.py', 'f32', 'numpy, sklearn'),
  python('pandas', 'pandas', 'pandas_chain.py', 'f64', 'numpy, pandas'),
  javascript('duckdb', 'DuckDB, SQL'),
  { ...python('river', 'River', 'river_chain.py', 'f64', 'numpy, river'), mostEvents: 50_000 },
];

/** The peers of a list of names, as `PEERS` has them in turn. */
export function peersNamed(list: string | undefined): readonly Peer[] {
  if (list === undefined) return PEERS;
  const names = list.split(',').map((name) => name.trim());
  for (const name of names) peerNamed('--peers', name);
  return PEERS.filter(({ name }) => names.includes(name));
}

export function peerNamed(option: string, name: string): Peer {
  const peer = PEERS.find((each) => each.name === name);
  if (peer !== undefined) return peer;
  throw wrongPipeline(`${option} ${name}: expected one of ${PEERS.map((each) => each.name).join(', ')}`);
}
