import { emptyTables, slotAmong, type Filled } from './result.js';
import { WORKLOAD } from './workload.js';

const { delta, mass, ht, deta, centroids } = WORKLOAD;
const [meanX, meanY] = WORKLOAD.mean;
const [widthX, widthY] = WORKLOAD.width;

function massOf(pt1: number, eta1: number, phi1: number, pt2: number, eta2: number, phi2: number): number {
  return Math.sqrt(2 * pt1 * pt2 * (Math.cosh(eta1 - eta2) - Math.cos(phi1 - phi2)));
}

/** The chain as one writes it by hand: one loop over typed arrays, doubles, the functions of Math. */
export function plainLoop(columns: readonly Float32Array[], events: number): Filled {
  const [pt1, eta1, phi1, pt2, eta2, phi2, recoPt1, recoEta1, recoPhi1, recoPt2, recoEta2, recoPhi2] =
    columns as Twelve;
  const { counts, sums } = emptyTables();
  for (let i = 0; i < events; i++) {
    const x = pt1[i]! + pt2[i]!;
    const y = Math.abs(eta1[i]! - eta2[i]!);
    const truth = massOf(pt1[i]!, eta1[i]!, phi1[i]!, pt2[i]!, eta2[i]!, phi2[i]!);
    const reco = massOf(recoPt1[i]!, recoEta1[i]!, recoPhi1[i]!, recoPt2[i]!, recoEta2[i]!, recoPhi2[i]!);
    const d = (reco - truth) / truth;
    let regime = 0;
    let least = Infinity;
    for (let r = 0; r < centroids.length; r++) {
      const u = (x - meanX) / widthX - centroids[r]![0];
      const v = (y - meanY) / widthY - centroids[r]![1];
      const distance = u * u + v * v;
      if (distance < least) {
        least = distance;
        regime = r;
      }
    }
    const cell = slotAmong(y, deta) * (ht[0] + 2) + slotAmong(x, ht);
    counts.delta[regime * (delta[0] + 2) + slotAmong(d, delta)]!++;
    counts.grid[cell]!++;
    counts.mass[slotAmong(reco, mass)]!++;
    counts.regime[regime]!++;
    sums.gridDelta[cell]! += d;
    sums.gridAbsolute[cell]! += Math.abs(d);
    sums.regimeDelta[regime]! += d;
    sums.regimeSquare[regime]! += d * d;
  }
  return { counts, sums };
}

type F = Float32Array;
type Twelve = [F, F, F, F, F, F, F, F, F, F, F, F];
