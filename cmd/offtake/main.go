// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"

	"offtake/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr)) }
