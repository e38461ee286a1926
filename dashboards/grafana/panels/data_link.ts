import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { DashboardLink } from '@grafana/grafana-foundation-sdk/dashboard';

/** Where a number leads: an address in which Grafana fills in variables and labels of the series. */
export interface DataLink {
  readonly title: string;
  readonly url: string;
}

/** The SDK takes a link of a whole dashboard here, of which a field has title, address and target alone. */
export const dataLink = ({ title, url }: DataLink): Builder<DashboardLink> => ({
  build: () => ({ title, url, targetBlank: url.startsWith('http') }) as DashboardLink,
});
