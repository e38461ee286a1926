/** One lepton (or other object): [truth column, reconstructed column] of each of its parameters. */
export interface ReconstructedObject {
  readonly pt: readonly [string, string];
  readonly eta: readonly [string, string];
  readonly phi: readonly [string, string];
  /** Further local names and the formula (mostly a column) that each stands for in this object. */
  readonly with?: Readonly<Record<string, string>> | undefined;
}

/**
 * A parametric reconstruction. Every entry but `seed`, `objects` and `from_event` is a formula of the object's own
 * truth `pt`, `eta`, `phi` and the names of `with`; those of `context` may use any other column as well.
 */
export interface FastReconstructionConfig {
  /** An integer from 0 to 2^32 − 1. */
  readonly seed: number;
  readonly objects: readonly ReconstructedObject[];
  /** Mean and width of (reco − gen)/gen of pT. */
  readonly pt_scale: string;
  readonly pt_width: string;
  /** Absolute widths of η and φ. */
  readonly eta_width: string;
  readonly phi_width: string;
  /** A second component of pT (photon radiation, say), taken with probability `fraction` in place of the first. */
  readonly tail?: { readonly fraction: string; readonly scale: string; readonly width: string } | undefined;
  /** What does not follow from local parameters: `pt_scale` is added, `pt_width` is added in quadrature. */
  readonly context?: { readonly pt_scale?: string | undefined; readonly pt_width?: string | undefined } | undefined;
  /** `context` acts on events with this number or a higher one; default: on all. */
  readonly from_event?: number | undefined;
}
