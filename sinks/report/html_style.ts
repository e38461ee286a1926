/** Style of the page: one column, tables that scroll on a narrow screen, figures that keep whole in print. */
export const css = `
:root{color-scheme:light dark;--ink:#1b1e23;--ground:#fff;--line:#d4d7dc;--soft:#5c626b;--tint:#f4f5f7}
@media screen and (prefers-color-scheme:dark){:root{--ink:#e4e6ea;--ground:#16191e;--line:#3a3f47;--soft:#a3a9b3;--tint:#1e2228}}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,"Helvetica Neue",Arial,sans-serif}
main{max-width:1000px;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.7rem;margin:0 0 .5rem}h2{font-size:1.25rem;margin:2.2rem 0 .6rem;border-bottom:1px solid var(--line)}
p,ul{margin:.4rem 0}.notes{color:var(--soft)}
.table{overflow-x:auto;margin:1rem 0}
table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums;white-space:nowrap}
caption{text-align:left;color:var(--soft);padding-bottom:.3rem;white-space:normal}
th,td{padding:.25rem .55rem;text-align:right;border-bottom:1px solid var(--line)}
th:first-child,td:first-child,th.word,td.word{text-align:left}
thead th{border-bottom:2px solid var(--line)}tbody tr:nth-child(even){background:var(--tint)}
figure{margin:1.4rem 0;break-inside:avoid}figure svg{display:block;width:100%;height:auto}
@media (max-width:760px){.plate{overflow-x:auto}.plate svg{min-width:720px}}
figcaption{color:var(--soft);font-size:.88rem}
table.fit{width:100%;font-size:.82rem}.fit th,.fit td{padding:.22rem .35rem;vertical-align:top}.fit .word{white-space:normal}.fit .word+.word{min-width:8em}
sub{font-size:.75em;line-height:0}
h3{font-size:1rem;margin:1.1rem 0 .3rem}
.box{border:1px solid var(--line);border-left:5px solid var(--soft);background:var(--tint);padding:.5rem 1rem .7rem;margin:1rem 0 0}
.box h2{border:0;margin:.1rem 0 .3rem;font-size:1.05rem}
.verdict{border-left:5px solid var(--soft);padding-left:.7rem;font-weight:600}
.good{border-left-color:#2e8b57}.medium{border-left-color:#f89c20}.bad{border-left-color:#e42536}
.badge{white-space:nowrap}.badge::before{content:"";display:inline-block;width:.7em;height:.7em;border-radius:50%;margin-right:.4em;background:var(--soft)}
.badge.good::before{background:#2e8b57}.badge.medium::before{background:#f89c20}.badge.bad::before{background:#e42536}
dl{margin:.6rem 0}dt{font-weight:600}dd{margin:0 0 .4rem 1.2rem}
details{margin:.8rem 0}summary{cursor:pointer}
footer{margin-top:2.5rem;color:var(--soft);font-size:.78rem;overflow-wrap:anywhere}
@media print{main{max-width:none;padding:0}body{font-size:11pt}.table{overflow:visible}table{font-size:8pt}}
`;
