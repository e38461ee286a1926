import { above, number, plus, square, times } from '../../operators/alerts/conditions.js';
import type { Condition } from '../../operators/alerts/types.js';

/** |change| > significance · √(error² + beforeError²), as squares: PromQL's conditions here have no root. */
export const beyondErrors = (
  change: Condition,
  error: Condition,
  beforeError: Condition,
  significance: number,
): Condition =>
  above(square(change), times(number(significance * significance), plus(square(error), square(beforeError))));
