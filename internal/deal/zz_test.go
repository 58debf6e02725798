package deal
import ("testing";"os";"path/filepath";"offtake/internal/diag")
func TestTry(t *testing.T){
 fs,_:=filepath.Glob("testdata/*/*.yaml")
 for _,f:=range fs { b,_:=os.ReadFile(f); _,l:=Parse(f,b); diag.Render(os.Stdout,l,map[string][]byte{f:b},100)}
}
