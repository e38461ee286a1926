import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageFolder } from '../../cli/version.js';
import { hasModules, NODE, type Program } from '../child_run.js';

const script = (file: string): string => fileURLToPath(new URL(`../${file}`, import.meta.url));
const peer = (file: string): string => join(packageFolder(), 'bench', 'peers', file);

export const replaying = (pipeline: string, workers = 1): Program => ({
  name: workers === 1 ? 'regimewatch replay' : `regimewatch replay, ${workers} workers`,
  command: [...NODE, script('one_replay.js'), pipeline],
});

interface Peer extends Program {
  /** Of Python, and where they are listed. */
  readonly modules?: string;
}

const numpy: Peer = {
  name: 'pyarrow + NumPy + scikit-learn',
  command: ['python3', peer('numpy_sklearn.py')],
  modules: 'numpy, sklearn, pyarrow',
};
const pylhe: Peer = { name: 'pylhe', command: ['python3', peer('pylhe_read.py')], modules: 'pylhe, numpy' };
const rows: Peer = { name: 'naive JavaScript rows', command: [...NODE, script('naive_rows.js')] };
const sql: Peer = { name: 'DuckDB, SQL', command: [...NODE, script('duckdb_parquet.js')] };

/** What is measured from each kind of file, beside a replay of it. */
export const SAMPLES: readonly { readonly name: string; readonly text: boolean; readonly peers: readonly Peer[] }[] = [
  { name: 'Arrow', text: false, peers: [numpy, rows] },
  { name: 'Parquet', text: false, peers: [numpy, sql] },
  { name: 'CSV', text: true, peers: [] },
  { name: 'LHE', text: true, peers: [pylhe] },
  { name: 'LHE.gz', text: true, peers: [pylhe] },
];

/** Why a peer cannot run here; undefined where it can. */
export const missing = ({ modules }: Peer): string | undefined =>
  modules === undefined || hasModules(modules)
    ? undefined
    : `no python3 with ${modules} (pip install -r bench/peers/requirements.txt)`;
