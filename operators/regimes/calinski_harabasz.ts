/**
 * Calinski–Harabasz index (T. Caliński & J. Harabasz, 1974): ((T − W) / (k − 1)) / (W / (n − k)) with T the inertia
 * about the common mean, W that about the k centroids and n the number of events; larger is better.
 * NaN for k < 2 or n ≤ k; infinite when W is 0.
 */
export function calinskiHarabasz(total: number, within: number, count: number, events: number): number {
  if (count < 2 || events <= count) return NaN;
  return (total - within) / (count - 1) / (within / (events - count));
}
