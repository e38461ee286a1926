// Probes events with a model that takes long, and says on stdout, a line each, what became of them. Its arguments: the
// compiled program, a pipeline and its card. 'close' on stdin closes the probes, the end of stdin ends it.
import { createInterface } from 'node:readline';
import { setImmediate as turn } from 'node:timers/promises';

const [program = '', pipeline = '', card = ''] = process.argv.slice(2);
/** @type {(path: string) => Promise<unknown>} */
const part = (path) => import(`${program}/runtime/${path}`);
const pipelines = /** @type {typeof import('../../runtime/pipeline_file.js')} */ (await part('pipeline_file.js'));
const live = /** @type {typeof import('../../runtime/live/live_probes.js')} */ (await part('live/live_probes.js'));
const wire = /** @type {typeof import('../../runtime/live/wire_stage.js')} */ (await part('live/wire_stage.js'));

const BATCHES = 20;
const EVENTS = 500;
/** @type {(facts: Readonly<Record<string, unknown>>) => void} */
const say = (facts) => {
  process.stdout.write(`${JSON.stringify(facts)}\n`);
};

/** @type {(line: string) => void} */
const notice = (line) => {
  say({ notice: line });
};

// One batch of the model takes x steps.
const loaded = await pipelines.loadPipeline(pipeline, [
  'define.x=3e8',
  `probes.slow={ card: ${card}, rate: 1, per_window: 100000, cpu: 0.5 }`,
]);
const probes = live.openLiveProbes(loaded, { models: () => null, notice, onThread: true });
const stage = wire.wireStage(loaded, 'events', 0, { models: new Map(), probes });
for (let batch = 0; batch < BATCHES; batch++) {
  const numbers = Float64Array.from({ length: EVENTS }, (_, i) => batch * EVENTS + i);
  const fixed = { gen_pt1: 40, gen_pt2: 30, gen_eta1: 0.5, gen_eta2: -1, reco_pt1: 41, w: 1 };
  const columns = new Map([
    ['event', numbers],
    ...Object.entries(fixed).map(([name, x]) => /** @type {const} */ ([name, new Float64Array(EVENTS).fill(x)])),
  ]);
  const arrived = stage.take({ length: EVENTS, columns, position: numbers });
  stage.offer(arrived, arrived.chunk);
  await turn();
}
const counts = () => probes?.status()[0]?.rows.find(({ regime }) => regime === 'all');
say({ read: BATCHES * EVENTS, ...counts() });
for await (const line of createInterface({ input: process.stdin })) {
  if (line !== 'close') continue;
  await probes?.close();
  await probes?.settled();
  say({ closed: true, ...counts() });
}
