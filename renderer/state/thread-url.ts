/**
 * The script of the thread that makes trees (trees-worker.ts), from the page: built beside it under this name, and with the
 * page's own parts, of which it shares most (build/build.mjs, build/dev.mjs).
 */
export const threadUrl = './assets/trees-worker.js'
