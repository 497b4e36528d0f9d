/** The window's one origin. */
export const appScheme = 'app'
export const appHost = 'worldswitch'
export const indexUrl = `${appScheme}://${appHost}/index.html`

/** Node's URL gives no origin for schemes of one's own, so scheme and host are compared by themselves. */
export function isOwnUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return url.protocol === `${appScheme}:` && url.host === appHost
}
