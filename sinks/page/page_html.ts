import type { PageDescription } from '../../schemas/page.js';
import { escapeText } from '../report/escape.js';

/** The empty page: what the client fills is made by it. */
export const pageHtml = ({ title, pipeline }: PageDescription): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeText(title)} · ${escapeText(pipeline)} · regimewatch</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/vendor/uPlot.min.css">
<link rel="stylesheet" href="/client/page.css">
<script defer src="/vendor/d3.min.js"></script>
<script defer src="/vendor/plot.umd.min.js"></script>
<script defer src="/vendor/uPlot.iife.min.js"></script>
<script type="module" src="/client/main.js"></script>
</head>
<body>
<p class="wait" id="wait">Loading the page of ${escapeText(title)} …</p>
<noscript><p>This page needs JavaScript; the same numbers are at <a href="/metrics">/metrics</a> and <a href="/api/windows?last=1">/api/windows</a>.</p></noscript>
</body>
</html>
`;
