/** `node one_replay.js PIPELINE SAMPLE [WORKERS]`: one replay as a process of its own. Prints a line of JSON (`Run`). */
import { replayOnce } from './replay_once.js';

const [pipeline, file, workers = '1'] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await replayOnce(pipeline!, file!, Number(workers)))}\n`);
