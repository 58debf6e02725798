// SPDX-License-Identifier: Apache-2.0

// Package plot writes the charts of a report as files: SVG, PNG and PDF.
//
// A chart is laid out by package report as a [report.Picture]; this package decides how
// its inks look and draws it: SVG itself, PNG and PDF by gonum.org/v1/plot/vg with the
// Liberation fonts that come with it.
//
// Goals: the same bytes for the same chart on every machine; lines and areas that can be
// told apart in black and white. Non-goals: layout, which is report's, and opening files.
package plot
