/** Characters that no XML document may hold (XML 1.0, section 2.2) become a visible mark. */
export function xmlAllowed(text: string): string {
  return text
    // a half of a surrogate pair alone
    .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD')
    .replace(/\p{Cc}/gu, (control) => ('\t\n\r'.includes(control) ? control : '\uFFFD'))
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD')
}

/** Text as XML: markup is escaped. */
export function xmlText(text: string): string {
  return xmlAllowed(text)
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** A number as short as a hundredth of a pixel allows. */
export function svgNumber(value: number): string {
  return String(Math.round(value * 100) / 100)
}

export type Attributes = Readonly<Record<string, string | number | null | undefined>>

/** One element; `content` is markup already. Attributes without value are left out. */
export function svgElement(name: string, attributes: Attributes, content = ''): string {
  let text = `<${name}`
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) continue
    text += ` ${key}="${typeof value === 'number' ? svgNumber(value) : xmlText(value)}"`
  }
  return content === '' ? `${text}/>` : `${text}>${content}</${name}>`
}
