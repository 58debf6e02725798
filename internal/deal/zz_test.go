package deal
import ("testing";"fmt";"offtake/internal/deal/tree")
func TestTry(t *testing.T){
 for _,s:=range []string{"\n\na: 1  \nb: {c: 1,\td: 2}\t# x\ty  \n\n\n\nc: 3\n\n\n","a: 1\nb: 2 \n","a: 1\nb: {c: 1,\td: 2}\n","a: 1\t# x\n"} {
 r,l:=tree.Parse("",[]byte(s)); fmt.Printf("%q %v %v\n",s,r!=nil,l); if r!=nil {fmt.Printf("%q\n",tidy(s,scalars(r,nil)))}}
}
