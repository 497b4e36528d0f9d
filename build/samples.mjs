// Real captures that come with the program: File > Open Sample. What they are is told in test/fixtures/README.md.
export const SAMPLES = [
  { file: 'qemu-pcnet.perf.txt.gz', from: 'test/fixtures/perf-sym-pcnet.txt.gz' },
  { file: 'qemu-pcnet.folded.gz', from: 'test/fixtures/perf-sym-pcnet.folded.gz' },
  { file: 'qemu-e1000.folded.gz', from: 'test/fixtures/perf-sym-e1000.folded.gz' },
  { file: 'pcnet-tx.log.gz', from: 'test/fixtures/pcnet-tx.log.gz' },
]
