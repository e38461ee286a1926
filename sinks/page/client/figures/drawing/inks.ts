import { colourOf, onDark, onLight } from '../../shared/colours.js';
import type { Stage, View } from '../../view.js';

/** The colour as it is drawn on the ground of the view. */
export function onGround({ dark }: View, colour: string): string {
  return (dark ? onDark : onLight).find(([from]) => from === colour)?.[1] ?? colour;
}

/** Of a regime; null: all regimes, in the colour of the text. */
export const regimeInk = (view: View, regime: number | null): string => onGround(view, colourOf(regime ?? 'all'));

/** Raw is red and hollow, corrected blue and filled, in every figure. */
export const stageInk = (stage: Stage): string => (stage === 'raw' ? '#e42536' : '#5790fc');

export const ZONE = '#f89c20';
export const ALERT = '#e42536';

/** Grey with contrast enough on either ground. */
export const quiet = ({ dark }: View): string => (dark ? '#9c9ca1' : '#717581');
