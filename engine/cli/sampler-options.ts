import { InvalidArgumentError } from 'commander'
import { type SamplerOptions, defaultSampler, samplerSchema } from '../machine/scenario'

const fields = Object.keys(defaultSampler) as (keyof SamplerOptions)[]
/** Every word belongs to one field only, so a list of words says it all. */
export const samplerWords: readonly string[] = fields.flatMap((field) => samplerSchema.shape[field].options)

/** 'maskable,taken' and the like: what differs from the default sampler. */
export function samplerOf(text: string): SamplerOptions {
  const chosen: Record<string, string> = { ...defaultSampler }
  const said = new Map<string, string>()
  for (const word of text.split(',').map((part) => part.trim())) {
    const field = fields.find((name) => (samplerSchema.shape[name].options as readonly string[]).includes(word))
    if (field === undefined) throw new InvalidArgumentError(`"${word}" says nothing of a sampler; there are ${samplerWords.join(', ')}.`)
    const before = said.get(field)
    if (before !== undefined) throw new InvalidArgumentError(`"${before}" and "${word}" exclude each other.`)
    said.set(field, word)
    chosen[field] = word
  }
  return samplerSchema.parse(chosen)
}
