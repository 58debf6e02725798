// SPDX-License-Identifier: Apache-2.0

package html

// style is the page's style sheet. The policy names it by its hash, so that no other is
// allowed, nor any style on an element.
const style = `
:root{
--paper:#fff;--text:#1f2328;--faint:#59626c;--rule:#d8dde2;--soft:#f4f6f8;--accent:#1f4e79;--warn:#a3241c;--aim:#fff3c4;
--grid:#e3e6e9;--axis:#6b737c;--bar:#7d9cb8;--total:#1f4e79;--wide:#dfe8f0;--narrow:#b7cbdd;
--l0:#1f4e79;--l1:#a4550f;--l2:#3d6b45;--l3:#6a4c86}
@media (prefers-color-scheme:dark){:root{
--paper:#14171a;--text:#e4e7ea;--faint:#9aa4ae;--rule:#31373d;--soft:#1c2024;--accent:#8fbbe6;--warn:#ff8f85;--aim:#4a3f12;
--grid:#2a2f34;--axis:#7d868f;--bar:#56799a;--total:#a9cbea;--wide:#243240;--narrow:#3a536b;
--l0:#8fbbe6;--l1:#e8a163;--l2:#8cc497;--l3:#c3a6e0}}
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;font-variant-numeric:tabular-nums lining-nums;overflow-wrap:anywhere}
a{color:var(--accent);text-decoration:none}
a:hover,a:focus-visible{text-decoration:underline}
a:focus-visible,.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.page{max-width:1360px;margin:0 auto;padding:2.5rem 2rem 4rem}
header{border-bottom:2px solid var(--text);padding-bottom:1rem;margin-bottom:1.5rem}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .5rem;letter-spacing:-.01em;text-wrap:balance}
header p{margin:0;max-width:72ch;color:var(--faint)}
nav{margin-top:1rem;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;font-size:.87rem}
h2{font-size:1.2rem;line-height:1.3;margin:0 0 .35rem;letter-spacing:-.005em}
h3{font-size:.87rem;line-height:1.3;margin:0 0 .4rem;color:var(--faint);font-weight:600}
section{margin:0 0 3rem}
section>.note{margin:0 0 1rem}
p{max-width:68ch;margin:0 0 .8rem}
.note,figure .after{color:var(--faint);font-size:.87rem;line-height:1.45;max-width:72ch}
.terms p,.terms .notice{font-size:.92rem;line-height:1.48}
.clauses{list-style:none;margin:0 0 1.2rem;padding:0}
.clauses li{position:relative;padding:.7rem .5rem .7rem 2.1rem;border-top:1px solid var(--rule);scroll-margin-top:.5rem}
.clauses li:target,.file li:target{background:var(--aim)}
.clauses .no{position:absolute;left:.2rem;width:1.4rem;text-align:right;color:var(--faint)}
.clauses .head{display:flex;flex-wrap:wrap;gap:0 .6rem;align-items:baseline}
.clauses .head b{overflow-wrap:anywhere}
.clauses .mark{color:var(--faint);font-size:.82rem}
.clauses .place{margin-left:auto;font-size:.82rem;white-space:nowrap}
.clauses p{margin:.15rem 0 0;max-width:60ch}
.notice{border-left:3px solid var(--rule);padding:.1rem 0 .1rem .8rem;margin:0 0 .8rem;max-width:70ch;font-size:.92rem}
.notice.warning{border-color:var(--warn)}
.notice b{margin-right:.35rem}
.notice.warning b{color:var(--warn)}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr));gap:1.6rem 2.5rem;margin:0 0 1.6rem}
.figures dl{margin:0}
.figures dl>div{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:0 1rem;padding:.32rem 0;border-top:1px solid var(--rule)}
.figures dd{margin:0;font-weight:650;overflow-wrap:normal;white-space:nowrap;text-align:right}
.figures .more{grid-column:1/-1;white-space:normal;overflow-wrap:anywhere;text-align:left;font-weight:400;font-size:.8rem;line-height:1.4;color:var(--faint)}
.from{display:block;font-size:.76rem;font-weight:400;color:var(--faint);line-height:1.45}
.from a{display:inline-block;padding:0 .12rem;min-width:.9rem;text-align:center}
figure{margin:0 0 2.2rem;container-type:inline-size;break-inside:avoid}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:0 2.5rem;max-width:860px}
figcaption{font-weight:600;max-width:68ch;margin:0 0 .7rem;line-height:1.4}
figure svg{display:block;width:100%;height:auto;max-width:860px;overflow:visible}
figure svg.small{max-width:430px}
@container (max-width:519px){figure svg.large{display:none}}
@container (min-width:520px){figure svg.small{display:none}}
figure .after{margin:.6rem 0 0}
.scroll{overflow-x:auto;overflow-wrap:normal;width:fit-content;max-width:100%;border-top:1px solid var(--text);border-bottom:1px solid var(--text);margin:0 0 .5rem}
.tables{margin:0 0 2rem}
.tables>.caption{font-weight:600;margin:0 0 .5rem;max-width:68ch}
.scroll table{border-collapse:separate;border-spacing:0;font-size:.87rem;line-height:1.4}
.scroll th,.scroll td{padding:.3rem .7rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule);background:var(--paper)}
.scroll thead th{vertical-align:bottom;font-weight:600;border-bottom-color:var(--axis)}
.scroll thead .group{text-align:center;border-bottom:1px solid var(--rule);color:var(--faint);font-weight:400}
.scroll thead small{display:block;font-weight:400;color:var(--faint)}
.scroll .n{text-align:right;white-space:nowrap}
.scroll .short{white-space:nowrap}
.scroll thead .n{white-space:normal;text-wrap:balance}
.scroll thead .tall{min-width:7.5rem}
.scroll .words{min-width:12rem}
.scroll tr>:first-child:not(.short):not(.n){overflow-wrap:anywhere;min-width:7rem}
.scroll tbody th{font-weight:400}
.scroll tfoot th,.scroll tfoot td{border-bottom:0;border-top:1px solid var(--axis)}
.scroll tr>:first-child{position:sticky;left:0;z-index:1;padding-left:.1rem;box-shadow:1px 0 0 var(--rule)}
.scroll tbody tr:last-child>*{border-bottom:0}
.scroll b{font-weight:650}
.dim{color:var(--faint)}
.bad{color:var(--warn);font-weight:650}
.file{font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;margin:0;padding:.6rem 0 .6rem 3.6rem;border-top:1px solid var(--text);border-bottom:1px solid var(--text);background:var(--soft)}
.file li{padding:0 .6rem;white-space:pre-wrap;overflow-wrap:anywhere;min-height:1.5em;scroll-margin-top:30vh}
.file li::marker{color:var(--faint)}
.file a{float:right;margin-left:1rem;font-size:11px}
footer{color:var(--faint);font-size:.82rem;border-top:1px solid var(--rule);padding-top:.8rem}
svg text{fill:var(--text)}
svg text.faint{fill:var(--faint)}
svg .axis,svg .zero{fill:none;stroke:var(--axis);stroke-width:1}
svg .grid{fill:none;stroke:var(--grid);stroke-width:1}
svg .mark{fill:none;stroke:var(--text);stroke-width:1;stroke-dasharray:2 3}
svg .reach{fill:none;stroke:var(--text);stroke-width:1.5}
svg .bar{fill:var(--bar)}
svg .total{fill:var(--total)}
svg .band-wide{fill:var(--wide)}
svg .band-narrow{fill:var(--narrow)}
svg .line-0{fill:none;stroke:var(--l0);stroke-width:2.2}
svg .line-1{fill:none;stroke:var(--l1);stroke-width:2;stroke-dasharray:8 4}
svg .line-2{fill:none;stroke:var(--l2);stroke-width:2;stroke-dasharray:1.5 3.5}
svg .line-3{fill:none;stroke:var(--l3);stroke-width:2;stroke-dasharray:9 3 2 3}
@media (min-width:1080px){
.beside{display:grid;grid-template-columns:minmax(21rem,25.5rem) minmax(0,1fr);gap:0 3.2rem;align-items:start}
.terms{position:sticky;top:0;max-height:100vh;overflow-y:auto;padding:1rem .8rem 1rem 0;margin-top:-1rem}
.rest{padding-top:0}
}
@media (max-width:640px){
.page{padding:1.4rem 1rem 3rem}
h1{font-size:1.5rem}
.file{padding-left:2.6rem;font-size:11.5px}
.clauses li{padding-left:1.9rem}
.scroll th,.scroll td{padding:.3rem .5rem}
}
@media print{
:root{--paper:#fff;--text:#000;--faint:#444;--rule:#bbb;--soft:#fff;--accent:#000;--warn:#000;--aim:#fff;--grid:#ddd;--axis:#555;--bar:#8a9bab;--total:#222;--wide:#e2e2e2;--narrow:#bdbdbd;--l0:#000;--l1:#333;--l2:#333;--l3:#555}
html{color-scheme:light}
@page{size:A4;margin:15mm 14mm}
html{font-size:12px}
body{font-size:12px}
.page{max-width:none;padding:0}
nav{display:none}
.terms{position:static;max-height:none;overflow:visible}
h2,h3,figcaption,.caption,section>.note{break-after:avoid}
.clauses li,.figures dl>div,tr,.notice{break-inside:avoid}
.scroll{overflow:visible}
.scroll table{font-size:7.4pt}
.scroll th,.scroll td{padding:1pt 3pt}
.scroll.wide table{font-size:5.9pt}
.scroll .words{min-width:0}
.scroll tr>:first-child{position:static;box-shadow:none}
.figures{grid-template-columns:1fr 1fr;gap:4mm 8mm}
.file{font-size:6.6pt;line-height:1.35}
}
`
