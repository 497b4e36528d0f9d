import { threadUrl } from './state/thread-url'

/**
 * ECharts' canvas layer clears its root with `innerHTML = ''`, which the content security policy refuses without a
 * policy named 'default'. This one lets exactly the empty string through: no markup can be made from text. Of scripts it
 * lets exactly the window's own thread through.
 */
interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createHTML(input: string): string; createScriptURL(input: string): string }): unknown
}

const factory = (window as { trustedTypes?: TrustedTypesFactory }).trustedTypes
factory?.createPolicy('default', {
  createHTML(input) {
    if (input !== '') throw new TypeError('This window makes no HTML from text.')
    return input
  },
  createScriptURL(input) {
    if (input !== threadUrl) throw new TypeError('This window runs no script but its own.')
    return input
  },
})

export {}
