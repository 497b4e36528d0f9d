import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { protocol } from 'electron'
import { appScheme, isOwnUrl } from './own-url'

/** What the built window consists of; anything else is not served, whatever lies in the folder. */
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
}

/** Nothing from elsewhere, no inline code, no eval, no HTML made from strings. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  'trusted-types default',
  "require-trusted-types-for 'script'",
].join('; ')

const headers = (contentType: string) => ({
  'Content-Type': contentType,
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
})

type Resolved = { status: 200; file: string; contentType: string } | { status: 400 | 403 | 404 | 405 }

/** Which file under `root` a request means, if it is one that may be had. */
export function resolveRequest(root: string, method: string, address: string): Resolved {
  if (method !== 'GET') return { status: 405 }
  if (!isOwnUrl(address)) return { status: 403 }
  let path: string
  try {
    path = decodeURIComponent(new URL(address).pathname)
  } catch {
    return { status: 400 }
  }
  if (path.includes('\0') || path.includes('\\')) return { status: 400 }
  const file = normalize(join(root, path === '/' ? 'index.html' : path))
  if (!file.startsWith(normalize(root + sep))) return { status: 403 }
  const contentType = contentTypes[extname(file)]
  return contentType === undefined ? { status: 403 } : { status: 200, file, contentType }
}

/** Has to be called before the app is ready. */
export function registerAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges }])
}

export function serveApp(root: string): void {
  protocol.handle(appScheme, async (request) => {
    const resolved = resolveRequest(root, request.method, request.url)
    if (resolved.status !== 200) return new Response(null, { status: resolved.status })
    try {
      const body = new Uint8Array(await readFile(resolved.file))
      return new Response(body, { headers: headers(resolved.contentType) })
    } catch {
      return new Response(null, { status: 404 })
    }
  })
}
