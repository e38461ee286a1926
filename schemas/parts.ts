import { z } from 'zod';

/** A number with its standard error (68 %). `value` null: it cannot be known, and `reason` says why. */
export const estimate = z.strictObject({
  value: z.number().nullable(),
  error: z.number().nullable(),
  reason: z.string().optional(),
});

/** A share with its Wilson interval (68 %). */
export const proportion = z.strictObject({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});

export const count = z.number().int().nonnegative();

export const verdictWord = z.enum(['null', 'good', 'medium', 'bad']);
