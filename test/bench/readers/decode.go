// Go's own decoding of pprof (github.com/google/pprof/profile, as the toolchain has it): decode FILE prints what the other
// readers print.
package main

import (
	"encoding/json"
	"os"
	"syscall"

	"bench/profile"
)

func seconds(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }

func main() {
	data, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	p, err := profile.ParseUncompressed(data)
	if err != nil {
		panic(err)
	}
	var total int64
	for _, s := range p.Sample {
		total += s.Value[1]
	}
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	json.NewEncoder(os.Stdout).Encode(map[string]any{
		"rows": len(p.Sample), "total": total, "cpuSeconds": seconds(usage.Utime) + seconds(usage.Stime), "peakMB": float64(usage.Maxrss) / 1024,
	})
}
