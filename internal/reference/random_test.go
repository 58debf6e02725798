package reference
import ("testing";"os";"regexp";"sort";"strings";"fmt")
func TestSurvey(t *testing.T){
 count:=map[string]int{}; first:=map[string]uint64{}; disc:=map[string]int{}; bad:=0; n:=uint64(400000); if x:=os.Getenv("N");x!=""{fmt.Sscan(x,&n)}
 re:=regexp.MustCompile(`step [-0-9]+|[-0-9.+]+(e[+-][0-9]+)?|spend-\d|equity-\d|facility-\d`)
 for i:=uint64(0);i<n;i++{
  s:=random(1,i); in,ok:=s.input(); if !ok {bad++;disc["grid"]++;continue}
  if f:=s.faults(in);len(f)>0{bad++;for _,x:=range f{disc[x]++};continue}
  tape:=s.tape(in)
  func(){
  defer func(){ if r:=recover();r!=nil { k:=fmt.Sprint("panic ",r); if count[k]==0 {first[k]=i; if len(count)<3 {panic(r)}}; count[k]++ } }()
  want:=Run(in,tape)
  got,_,err:=engine(in,tape); if err!=nil {t.Fatal(err)}
  v:=compare(in,want,got)
  if len(v)>0 { k:=re.ReplaceAllString(v[0],"#"); if s.whole {k="W "+k}; if j:=strings.Index(k,"{");j>0{k=k[:j]}; if count[k]==0{first[k]=i;}; count[k]++ }
  }()
 }
 t.Log("discard",bad,disc)
 ks:=[]string{};tot:=0; for k:=range count{ks=append(ks,k);tot+=count[k]}
 sort.Slice(ks,func(a,b int)bool{return count[ks[a]]>count[ks[b]]})
 t.Log("disagree",tot,"of",n)
 for _,k:=range ks { if len(k)>0 {t.Log(count[k],first[k],k)}}
}
func TestLook(t *testing.T){
 var n uint64; var pat string
 fmt.Sscan(os.Getenv("LOOK"),&n); pat=os.Getenv("PAT")
 s:=random(1,n)
 check:=func(s *specimen) verdict { in,_:=s.input(); tape:=s.tape(in); got,_,err:=engine(in,tape); if err!=nil {t.Fatal(err)}; return compare(in,Run(in,tape),got)}
 re:=regexp.MustCompile(pat); nn:=regexp.MustCompile(`step [-0-9]+|[-0-9.+]+(e[+-][0-9]+)?|spend-\d|equity-\d|facility-\d`)
 key:=nn.ReplaceAllString(check(s)[0],"#"); t.Log(key)
 fails:=func(s *specimen) bool { v:=check(s); return len(v)>0 && re.MatchString(v[0]) && (pat!=""||nn.ReplaceAllString(v[0],"#")==key) }
 if !fails(s) {t.Fatal("no failure", check(s))}
 m:=shrink(s,fails)
 t.Log("\n"+m.text()); for i,v:=range check(m){ if i<6 {t.Log(v)}}
}
