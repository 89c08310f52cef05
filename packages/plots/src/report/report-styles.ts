import { figureStyles } from '../figure-styles.js'

/** Style sheet of the report page. It refers to nothing outside the page. */
export function reportStyles(): string {
  return `${figureStyles()}
*{box-sizing:border-box}
body{margin:0;background:var(--lob-surface);color:var(--lob-ink);font:16px/1.55 system-ui,'Segoe UI',Roboto,'Helvetica Neue',Arial,'DejaVu Sans',sans-serif;overflow-wrap:break-word}
header,main,footer{max-width:940px;margin:0 auto;padding:0 20px}
h1{font-size:1.8rem;line-height:1.2;margin:1.6rem 0 .3rem}
h2{font-size:1.3rem;line-height:1.3;margin:2.4rem 0 .8rem;padding-top:.6rem;border-top:1px solid var(--lob-grid)}
p{margin:.7rem 0;max-width:46rem}
ul{padding-left:1.3rem;max-width:46rem}
.subtitle,footer{color:var(--lob-muted)}
footer{margin:3rem auto 2rem;font-size:.9rem}
a{color:inherit}
nav{margin:1.2rem 0}
nav ul{display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;list-style:none;margin:0;padding:0}
.notice{border-left:4px solid var(--lob-axis);padding:.6rem .9rem;margin:1rem 0;max-width:46rem}
.notice p{margin:0}
.warning{background:var(--lob-badge);color:var(--lob-badge-ink);border-color:var(--lob-badge-ink);font-weight:600}
.table{margin:1.4rem 0}
.scroll{overflow-x:auto}
.scroll:focus-visible{outline:2px solid var(--lob-ink);outline-offset:2px}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.94rem}
.caption{font-weight:600;margin:0 0 .4rem}
th,td{text-align:left;padding:.32rem .9rem .32rem 0;border-bottom:1px solid var(--lob-grid);vertical-align:top}
thead th{color:var(--lob-muted);font-weight:600;vertical-align:bottom;border-bottom-color:var(--lob-axis)}
tbody th{font-weight:400}
th.number,td.number{text-align:right;white-space:nowrap;padding:.32rem 0 .32rem 1.1rem}
.number+:not(.number){padding-left:1.1rem}
dl{display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;gap:.3rem 1.4rem;margin:1rem 0}
dt{color:var(--lob-muted)}
dd{margin:0;overflow-wrap:anywhere}
figure{margin:1.4rem 0;break-inside:avoid}
figure svg{display:block;max-width:100%;height:auto;border:1px solid var(--lob-grid);border-radius:6px}
figcaption{color:var(--lob-muted);font-size:.9rem;margin-top:.5rem;max-width:46rem}
.compact{display:none}
@media screen and (max-width:699px){
header,main,footer{padding:0 12px}
h1{font-size:1.45rem}
.wide{display:none}
.compact{display:block}
figure .compact svg{width:100%;max-width:560px}
dl{grid-template-columns:1fr;gap:0}
dd{margin-bottom:.6rem}
}
@media print{
body{font-size:11pt}
nav{display:none}
.scroll{overflow:visible}
h2{break-after:avoid}
tr{break-inside:avoid}
}
`
}
