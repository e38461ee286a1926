const light =
  '--ink:#1b1e23;--ground:#fff;--line:#c9cdd3;--soft:#565c65;--tint:#f4f5f7;--link:#1f57c4;--band:#5790fc22;--grid:#0000000f;color-scheme:light';
const dark =
  '--ink:#e4e6ea;--ground:#16191e;--line:#434953;--soft:#a9afb9;--tint:#1e2228;--link:#8fb5ff;--band:#5790fc2e;--grid:#ffffff12;color-scheme:dark';

/** Style of the live page: sober and dense; one colour scheme a theme, none of its words in colour alone. */
export const pageCss = `
:root{${light}}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${dark}}}
:root[data-theme=dark]{${dark}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.45 system-ui,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:1400px;margin:0 auto;padding:.6rem 1rem}
#top{display:grid;grid-template-columns:1fr auto;gap:0 1rem;align-items:baseline}
#top p{grid-column:1}.theme{grid-column:2;grid-row:1}
h1{font-size:1.25rem;margin:0}h2{font-size:1.02rem;margin:1.1rem 0 .45rem}h3{font-size:.95rem;margin:0}
h2 small{font-weight:400;color:var(--soft)}
p{margin:.25rem 0}ul{margin:0;padding:0;list-style:none}sub{font-size:.75em;line-height:0}
.soft{color:var(--soft);font-size:.88rem}.empty,.wait{padding:1rem}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999em}.skip:focus{left:.5rem;top:.5rem;background:var(--ground);padding:.4rem .7rem;z-index:2}
button,input{font:inherit;font-size:.88rem;color:inherit;background:var(--tint);border:1px solid var(--line);border-radius:4px;padding:.2rem .55rem;min-height:1.75rem}
button{cursor:pointer}button:hover{border-color:var(--soft)}
button[aria-pressed=true]{background:var(--ink);color:var(--ground);border-color:var(--ink)}
.badge{display:inline-block;border-radius:4px;padding:.05rem .5rem;font-weight:600;white-space:nowrap;background:#9c9ca1;color:#000}
.badge.good{background:#5790fc}.badge.medium{background:#f89c20}.badge.bad{background:#d81f31;color:#fff}
.status{border-left:8px solid #9c9ca1;background:var(--tint);padding:.55rem .9rem;border-radius:4px}
.status.good{border-color:#5790fc}.status.medium{border-color:#f89c20}.status.bad{border-color:#e42536}
.status .verdict{display:flex;flex-wrap:wrap;gap:.2rem .8rem;align-items:baseline;margin:0}
.status .verdict .badge{font-size:1.5rem;padding:.05rem .8rem}.status .since{font-size:1rem}
.status .why{font-size:1.06rem}
.link::before{content:"●";margin-right:.35em;color:#5790fc}.link.lost{font-weight:600;color:var(--ink)}.link.lost::before{content:"○";color:#e42536}.link.old::before,.link.ended::before{content:"■";color:#9c9ca1}
.firing ul{margin-top:.5rem}.firing .none{padding:.3rem .1rem}
.alert{border-left:5px solid #9c9ca1;padding:.3rem .8rem;margin:.35rem 0;background:var(--tint);border-radius:4px}
.alert.page{border-color:#e42536}.alert.ticket{border-color:#f89c20}.alert.info{border-color:#5790fc}.alert.resolved{border-left-style:dotted}
.alert .head{display:flex;flex-wrap:wrap;gap:.2rem .7rem;align-items:baseline}
.tag{font-size:.82rem;border:1px solid var(--line);border-radius:4px;padding:0 .4rem}
.acknowledge{display:flex;flex-wrap:wrap;gap:.4rem;align-items:center;margin:.35rem 0}.acknowledge input{flex:1 1 12rem;min-width:0}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,240px),1fr));gap:.6rem}
.card{border:1px solid var(--line);border-top:4px solid #9c9ca1;border-radius:4px;padding:.5rem .7rem;min-width:0;display:flex;flex-direction:column}
.card.good{border-top-color:#5790fc}.card.medium{border-top-color:#f89c20}.card.bad{border-top-color:#e42536}
.card h3{display:flex;gap:.4rem;align-items:center;flex-wrap:wrap}.card h3 button{border:0;background:none;padding:0 .1rem;font-weight:600;text-align:left;flex:1;color:inherit;text-decoration:underline dotted;text-underline-offset:3px}
.card h3 button[aria-pressed=true]{text-decoration:underline 2px}
.card .badge{font-size:.8rem}.card .why{font-size:.8rem;color:var(--soft);margin-top:auto;padding-top:.25rem}
.swatch{width:.85rem;height:.85rem;border-radius:2px;background:var(--colour);flex:none}
.card dl{display:grid;grid-template-columns:auto 1fr;gap:.05rem .6rem;margin:.3rem 0;font-size:.88rem;font-variant-numeric:tabular-nums}
.card dt{color:var(--soft)}.card dd{margin:0;text-align:right}.card dd small{display:block;color:var(--soft);font-size:.75rem;line-height:1.1}
.spark{margin:.35rem 0}.spark svg{display:block;width:100%;height:44px}.band{fill:var(--band)}.zero{stroke:var(--soft);stroke-width:.6;fill:none;vector-effect:non-scaling-stroke}
#strip{touch-action:pan-y;cursor:crosshair;min-height:150px}#strip .uplot{font-family:inherit}#strip .u-select{background:#5790fc33;border-left:2px solid var(--link);border-right:2px solid var(--link)}
.controls{display:flex;flex-wrap:wrap;gap:.35rem 1.2rem;align-items:center;margin:.4rem 0}
.group{display:flex;flex-wrap:wrap;gap:.25rem .35rem;align-items:center;font-size:.88rem}.group .label{color:var(--soft)}.group input{width:5.2rem}.group .note{flex-basis:100%}
.tabs{display:flex;flex-wrap:wrap;gap:.15rem;border-bottom:1px solid var(--line);margin-top:.9rem}
.tabs a{padding:.35rem .75rem;text-decoration:none;color:inherit;border-bottom:3px solid transparent}
.tabs a:hover{background:var(--tint)}.tabs a[aria-current]{border-color:var(--link);font-weight:600}
.count{display:inline-block;margin-left:.35rem;background:#d81f31;color:#fff;border-radius:9px;padding:0 .4rem;font-size:.78rem}
#panel>h2{margin-top:.7rem}
.figures{display:grid;grid-template-columns:1fr;gap:16px}@media (min-width:1032px){.figures{grid-template-columns:1fr 1fr}}
figure{margin:0;border:1px solid var(--line);border-radius:4px;padding:.6rem .75rem;min-width:0}
.plate{overflow:hidden;margin:.3rem 0}.plate svg{display:block;max-width:100%;height:auto}
figcaption{font-size:.85rem;color:var(--soft);display:grid;grid-template-columns:1fr auto;gap:.2rem .8rem;align-items:start}
figcaption p{margin:0}.take{display:flex;gap:.3rem}figcaption details{grid-column:1/-1;min-width:0}
summary{cursor:pointer;width:fit-content;min-height:1.5rem}
.table{overflow:auto;max-height:28rem;margin:.4rem 0}
table{border-collapse:collapse;font-size:.85rem;font-variant-numeric:tabular-nums;color:var(--ink)}
caption{text-align:left;color:var(--soft);padding-bottom:.3rem}
th,td{padding:.2rem .55rem;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
tbody th,.word{text-align:left;font-weight:400}th:first-child,td:first-child{text-align:left}
thead th{position:sticky;top:0;background:var(--ground)}thead button{border:0;background:none;font-weight:600;padding:.1rem .2rem}
.facts td{text-align:left;white-space:normal}.facts th{color:var(--soft)}
@media (max-width:520px){.group input{width:4.2rem}header,main,footer{padding:.5rem .6rem}.tabs a{padding:.35rem .5rem}.facts td+td{display:none}}
@media (prefers-reduced-motion:reduce){*{transition:none!important;animation:none!important;scroll-behavior:auto!important}}
`;
