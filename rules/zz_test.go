package rules
import ("testing";"fmt";"time")
func TestZ(t *testing.T){
 for range 4 { t0:=time.Now(); b,err:=Shipped(); fmt.Println(time.Since(t0), err)
 t0=time.Now(); fs:=b.Lint(Date{2026,11,21}); fmt.Println("lint",time.Since(t0), len(fs)); if len(fs)>0 {for _,f:=range fs{ fmt.Println(f.Severity,f)}; }
 break
}
}
