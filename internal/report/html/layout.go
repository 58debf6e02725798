// SPDX-License-Identifier: Apache-2.0

package html

import "html/template"

// layout is the page; html/template escapes every text in it.
var layout = template.Must(template.New("page").Parse(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{.Policy}}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="offtake">
<link rel="icon" href="data:,">
<title>{{.Title}}</title>
<style>{{.Style}}</style>
</head>
<body>
<div class="page">
<header>
<h1>{{.Title}}</h1>
{{with .Subtitle}}<p>{{.}}</p>{{end}}
<nav aria-label="Contents">
{{range .Terms}}{{template "way" .}}{{end}}{{range .Rest}}{{template "way" .}}{{end}}{{range .Evidence}}{{template "way" .}}{{end}}{{if .File}}<a href="#file">The file</a>{{end}}
</nav>
</header>
<div class="{{if .Terms}}beside{{end}}">
{{if .Terms}}<div class="terms">
{{range .Terms}}{{template "section" .}}{{end}}</div>
{{end}}<main class="rest">
{{range .Rest}}{{template "section" .}}{{end}}</main>
</div>
{{range .Evidence}}{{template "section" .}}{{end}}
{{with .File}}<section id="file">
<h2>The file</h2>
<p class="note">{{.Name}}, as it was read. Places on this page are lines of it.</p>
<ol class="file">
{{range .Lines}}<li id="L{{.Number}}">{{with .Clause}}<a href="{{.To}}" title="{{.Title}}">{{.Text}}</a>{{end}}{{.Text}}</li>
{{end}}</ol>
</section>
{{end}}<footer>Made by offtake. Below each figure stand the clauses that it comes of, by their numbers in the term sheet, and the lines of the file that state its other inputs.</footer>
</div>
</body>
</html>
{{define "way"}}{{if .Title}}<a href="#{{.ID}}">{{.Title}}</a>
{{end}}{{end}}
{{define "section"}}<section id="{{.ID}}">
{{with .Title}}<h2>{{.}}</h2>
{{end}}{{with .Note}}<p class="note">{{.}}</p>
{{end}}{{range .Blocks}}{{if eq .Kind "paragraph"}}<p>{{.Data}}</p>
{{else if eq .Kind "notice"}}<p class="notice {{.Data.Kind}}"><b>{{.Data.Kind}}</b>{{.Data.Text}}</p>
{{else if eq .Kind "clauses"}}{{template "clauses" .Data}}{{else if eq .Kind "figures"}}{{template "figures" .Data}}{{else if eq .Kind "table"}}{{template "table" .Data}}{{else if eq .Kind "pair"}}<div class="pair">
{{range .Data}}{{template "chart" .}}{{end}}</div>
{{else}}{{template "chart" .Data}}{{end}}{{end}}</section>
{{end}}
{{define "from"}}{{if .}}<span class="from">{{if .Clauses}}clause{{if gt (len .Clauses) 1}}s{{end}} {{range .Clauses}}<a href="{{.To}}" title="{{.Title}}">{{.Text}}</a> {{end}}{{end}}{{if and .Clauses .Lines}}· {{end}}{{if .Lines}}line{{if gt (len .Lines) 1}}s{{end}} {{range .Lines}}<a href="{{.To}}" title="{{.Title}}">{{.Text}}</a> {{end}}{{end}}</span>{{end}}{{end}}
{{define "clauses"}}<ol class="clauses">
{{range .}}<li id="{{.Anchor}}"><span class="no">{{.Number}}</span><div class="head"><b>{{.ID}}</b>{{with .Mark}}<span class="mark">{{.}}</span>{{end}}<span class="place">{{if .Line}}<a href="{{.Line.To}}">{{.Place}}</a>{{else}}{{.Place}}{{end}}</span></div><p>{{.Text}}</p></li>
{{end}}</ol>
{{end}}
{{define "figures"}}<div class="figures">
{{range .}}<div>{{with .Title}}<h3>{{.}}</h3>{{end}}<dl>
{{range .Rows}}<div><dt>{{.Label}}</dt><dd>{{.Value}}</dd>{{with .Note}}<dd class="more">{{.}}</dd>{{end}}{{with .From}}<dd class="more">{{template "from" .}}</dd>{{end}}</div>
{{end}}</dl></div>
{{end}}</div>
{{end}}
{{define "title"}}{{if .Link}}<a href="{{.Link.To}}" title="{{.Link.Title}}">{{.Title}}</a>{{else}}{{.Title}}{{end}}{{end}}
{{define "table"}}<div class="tables">{{if or .Caption .From}}<p class="caption">{{.Caption}} {{template "from" .From}}</p>{{end}}
<div class="scroll{{if .Wide}} wide{{end}}" tabindex="0" role="region" aria-label="{{or .Caption "table"}}"><table>
<thead>
{{if .Groups}}<tr>{{range .Groups}}{{if .Title}}<th class="group" colspan="{{.Span}}">{{template "title" .}}</th>{{else}}<td{{if gt .Span 1}} colspan="{{.Span}}"{{end}}></td>{{end}}{{end}}</tr>
{{end}}<tr>{{range .Heads}}<th scope="col" class="{{.Class}}">{{template "title" .}}{{with .Unit}}<small>{{.}}</small>{{end}}</th>{{end}}</tr>
</thead>
<tbody>
{{range .Rows}}{{template "row" .}}{{end}}</tbody>
{{if .Footer}}<tfoot>
{{range .Footer}}{{template "row" .}}{{end}}</tfoot>
{{end}}</table></div>
{{with .Note}}<p class="note">{{.}}</p>{{end}}</div>
{{end}}
{{define "row"}}<tr>{{range .}}{{if .Row}}<th scope="row" class="{{.Class}}">{{template "cell" .}}</th>{{else}}<td class="{{.Class}}">{{template "cell" .}}</td>{{end}}{{end}}</tr>
{{end}}
{{define "cell"}}{{if .Outside}}<a href="{{.To}}" rel="noopener noreferrer">{{.Text}}</a>{{else if .To}}<a href="{{.To}}">{{.Text}}</a>{{else if .Strong}}<b>{{.Text}}</b>{{else}}{{.Text}}{{end}}{{if .Warn}}!{{end}}{{end}}
{{define "chart"}}<figure>
<figcaption>{{.Title}} {{template "from" .From}}</figcaption>
{{if .Large}}{{.Large}}{{.Small}}{{else}}<p class="note">nothing to draw</p>
{{end}}{{with .Note}}<p class="after">{{.}}</p>{{end}}</figure>
{{end}}`))
