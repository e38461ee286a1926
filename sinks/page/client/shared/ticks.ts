import { formatNumber, raised } from './format_estimate.js';

export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** About `count` round numbers (1, 2 or 5 times a power of ten apart) within [low, high]; from a million on, as 2×10⁶. */
export function linearTicks(low: number, high: number, count: number): Tick[] {
  if (!(high > low)) return [];
  const power = Math.floor(Math.log10((high - low) / count));
  const step = [1, 2, 5, 10].map((m) => m * 10 ** power).find((s) => (high - low) / s <= count) ?? 10 ** (power + 1);
  const largest = Math.floor(Math.log10(Math.max(Math.abs(low), Math.abs(high))) + 1e-9);
  const lift = largest >= 6 ? largest : 0;
  const decimals = Math.max(0, lift - Math.floor(Math.log10(step * 1.001)));
  const ticks: Tick[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i <= high / step + 1e-9; i++) {
    const label = formatNumber((i * step) / 10 ** lift, decimals);
    ticks.push({ at: i * step, label: lift > 0 && i !== 0 ? `${label}×10${raised(lift)}` : label });
  }
  return ticks;
}

/**
 * Powers of ten within [low, high], labelled as often as `pixels` allow; 2 and 5 times them too if there are fewer than
 * three and there is room. Unlabelled ticks between them where there is room.
 */
export function logTicks(low: number, high: number, pixels = Infinity): Tick[] {
  const ticks: Tick[] = [];
  const decades = Math.floor(Math.log10(high) + 1e-9) - Math.ceil(Math.log10(low) - 1e-9) + 1;
  const spacing = pixels / Math.log10(high / low);
  const every = Math.max(1, Math.ceil(18 / spacing));
  const between = decades < 3 && spacing >= 60;
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    for (let m = 1; m < (spacing < 28 ? 2 : 10); m++) {
      const at = m * 10 ** power;
      if (at < low * (1 - 1e-9) || at > high * (1 + 1e-9)) continue;
      const labelled = (m === 1 && power % every === 0) || (between && (m === 2 || m === 5));
      const plain = decades < 3 || (power >= 0 && power < 2);
      const text = plain ? formatNumber(at, Math.max(0, -power)) : `10${raised(power)}`;
      ticks.push({ at, label: labelled ? text : '' });
    }
  }
  return ticks;
}
