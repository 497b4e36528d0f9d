/** Bytes that show whether a file is perf's. */
export const perfDataMagicBytes = 8

/** As the two byte orders write it (tools/perf/util/header.c, __perf_magic2), and perf's first version. */
const magics = ['PERFILE2', '2ELIFREP', 'PERFFILE']

/** Whether this is the beginning of perf's binary perf.data, written to a file or a pipe. */
export function isPerfData(bytes: Uint8Array): boolean {
  return magics.includes(String.fromCharCode(...bytes.subarray(0, perfDataMagicBytes)))
}
