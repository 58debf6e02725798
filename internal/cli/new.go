// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"offtake/internal/app"
)

func (s *screen) new() *cobra.Command {
	like, force := "A1", false
	c := &cobra.Command{
		Use:   "new FILE",
		Short: "Start a deal file from a template or a deal of the library",
		Long: `Writes a deal file to start from: the template of an archetype (A1 to A13, as
far as there are any; see offtake library), or a deal of the library. A file
that is there already is left alone. With - for FILE the text is printed.`,
		Example: `  offtake new deal.yaml
  offtake new --like A2 deal.yaml
  offtake new --like amazon-anthropic-2026 deal.yaml`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return app.Misuse{Says: "name the file to write (see offtake new --help)"}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			src, err := library().Like(like)
			if err != nil {
				return err
			}
			if args[0] == "-" {
				_, err := s.out.Write(src.Text)
				return err
			}
			if err := create(args[0], src.Text, force); err != nil {
				return err
			}
			fmt.Fprintf(s.out, "%s is written from %s. Next: offtake run %s\n", args[0], src.Name, args[0])
			return nil
		},
	}
	c.Flags().StringVar(&like, "like", like, "what to start from: a `NAME` of the library or an archetype's code")
	completes(c, "like", among(likes))
	c.Flags().BoolVar(&force, "force", false, "write over a file that is there already")
	return c
}

// create writes a file; one that is there already only when told to.
func create(name string, text []byte, force bool) error {
	flags := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if force {
		flags = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	f, err := os.OpenFile(name, flags, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return app.Misuse{Says: fmt.Sprintf("%s is there already; --force writes over it", name)}
	}
	if err == nil {
		_, err = f.Write(text)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", name, bare(err))
	}
	return nil
}
