import { wrongPipeline } from '../problem.js';
import { inSlices, nominalPoints, perturbed } from './best_points.js';
import { descend, type DescentOptions } from './descent.js';
import type { Attack } from './types.js';

const SLICE = 8192;

/**
 * Projected gradient descent from the nominal point on L = margin + λ_χ² χ²(x, x′) + λ_prior L_prior. The margin stands
 * for minus the cross-entropy, which falls with it and would saturate.
 *
 * A step goes `length` along the steepest direction (sign of the gradient, R g for groups), is projected into the
 * envelope and taken if L falls; the first length is s, later twice the one that was best. An event is done when no
 * length down to s/1000 helps or a step gains less than 1e-4 of all that was gained; `steps` bounds the gradients. A linear margin without penalty needs one step. Among the
 * points whose margin is not above the nominal one, the result is that of least L. NaN margins: never taken; an event
 * whose own is NaN stays where it is.
 *
 * A. Madry, A. Makelov, L. Schmidt, D. Tsipras, A. Vladu, "Towards deep learning models resistant to adversarial
 * attacks", ICLR 2018, arXiv:1706.06083; step lengths from progress as in F. Croce & M. Hein, arXiv:2003.01690.
 */
export const projectedGradient =
  (options: DescentOptions = {}): Attack =>
  async (envelope, events, objective, settings) => {
    if ((options.lambdaPrior ?? 0) > 0 && options.prior === undefined) {
      throw wrongPipeline('prior range of the projected gradient: missing, lambdaPrior needs one (see priorRange)');
    }
    const best = await nominalPoints(envelope, events, objective, settings.size);
    await inSlices(
      events.length,
      SLICE,
      (rows, progress) => descend(best, rows, settings.steps, options, progress),
      settings.onProgress,
    );
    return perturbed(best);
  };
