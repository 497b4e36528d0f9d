import * as z from 'zod'

/**
 * Zod probes `new Function` when a schema is made; the content security policy refuses it and the console says so.
 * Must be imported before any module that makes a schema.
 */
z.config({ jitless: true })
