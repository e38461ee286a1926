import { expect, it } from 'vitest';
import { studentScore } from '../../../operators/statistics/student_score.js';
import { reference } from './reference.js';

it.each(reference.student)('of t = $t with $dof degrees of freedom', ({ t, dof, z }) => {
  expect(Math.abs(studentScore(t, dof) - z)).toBeLessThan(Math.abs(t) <= 4 ? 0.01 : 0.01 * Math.abs(z));
});

it('is t without end to the degrees of freedom, and unknown without any', () => {
  expect([studentScore(2.5, Infinity), studentScore(-0, 5), studentScore(1, 0)]).toEqual([2.5, 0, NaN]);
});
