import type { AlertRule } from '../operators/alerts/types.js';
import type { Pipeline } from '../schemas/pipeline.js';
import { correctionRefused } from './rules/correction_refused.js';
import { correctionRolledBack } from './rules/correction_rolled_back.js';
import { dangerZoneOnset } from './rules/danger_zone_onset.js';
import { highBias } from './rules/high_bias.js';
import { lag } from './rules/lag.js';
import { localityViolation } from './rules/locality_violation.js';
import { noData } from './rules/no_data.js';
import { noFirstWindow } from './rules/no_first_window.js';
import { onsetMovingDown } from './rules/onset_moving_down.js';
import { peakShift } from './rules/peak_shift.js';
import { probeSensitivity } from './rules/probe_sensitivity.js';
import { regimeMix } from './rules/regime_mix.js';
import { rejections } from './rules/rejections.js';
import { resolution } from './rules/resolution.js';
import { staleCheckpoint } from './rules/stale_checkpoint.js';
import { stall } from './rules/stall.js';
import { tooLittleData } from './rules/too_little_data.js';
import { unknownResponse } from './rules/unknown_response.js';

/** In the order in which they are evaluated: a rule sees the alerts of those before it. */
const RULES = [
  ...[highBias, resolution, localityViolation, dangerZoneOnset, onsetMovingDown, peakShift, regimeMix],
  ...[probeSensitivity, correctionRefused, correctionRolledBack],
  ...[noData, noFirstWindow, tooLittleData, unknownResponse, lag, stall, rejections, staleCheckpoint],
];

/** The alerts of a pipeline: those for which it has what they watch. */
export const alertRules = (pipeline: Pipeline): AlertRule[] => RULES.flatMap((rule) => rule(pipeline));
