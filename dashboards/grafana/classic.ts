/* eslint-disable @typescript-eslint/no-deprecated -- the SDK would have us write schema v2, which only the newest Grafana
   reads; the classic one is what every release provisions from files. */
import { DashboardBuilder, type Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';

/** A dashboard as Grafana reads it from a file. */
export type Classic = Dashboard;

export const classic = (title: string): DashboardBuilder => new DashboardBuilder(title);
