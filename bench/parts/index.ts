import { profilePart } from '../profile/profile.js';
import { growthPart } from '../scaling/growth.js';
import { scalingPart } from '../scaling/scaling.js';
import { stagesPart } from '../stages/stages.js';
import { chainPart } from './chain.js';
import { kafkaPart } from './kafka.js';
import type { Outcome, Task } from './outcome.js';
import { replayPart } from './replay.js';
import { rooflinePart } from './roofline.js';
import { startPart } from './start.js';

/** The parts of the bench, in the order in which they are measured and shown. */
export const PARTS = {
  stages: stagesPart,
  chain: chainPart,
  roofline: rooflinePart,
  replay: replayPart,
  kafka: kafkaPart,
  start: startPart,
  scaling: scalingPart,
  growth: growthPart,
  profile: profilePart,
} as const satisfies Readonly<Record<string, (task: Task) => Promise<Outcome>>>;

export type Part = keyof typeof PARTS;
