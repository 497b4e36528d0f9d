const nobody = 65534

/** Does work as somebody who may not read and write everything: root may. For anybody else it is just done. */
export async function unprivileged<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid!() !== 0) return await work()
  process.seteuid!(nobody)
  try {
    return await work()
  } finally {
    process.seteuid!(0)
  }
}
