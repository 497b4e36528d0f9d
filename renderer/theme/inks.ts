/** What is painted on a canvas cannot ask for a CSS variable: the same colours as in tokens.css, by theme (a test compares). */
export interface Inks {
  text: string
  quiet: string
  line: string
  ground: string
  panel: string
  accent: string
  slower: string
  faster: string
}

const light: Inks = {
  text: '#1a1e24', quiet: '#535c68', line: '#d3d8df', ground: '#ffffff', panel: '#f4f5f7', accent: '#0b5cad',
  slower: '#ad1f18', faster: '#1559b0',
}
const dark: Inks = {
  text: '#e5e8ec', quiet: '#a9b1bc', line: '#383d46', ground: '#1a1c20', panel: '#212429', accent: '#78b7ff',
  slower: '#ff968c', faster: '#85bcff',
}

export function inksOf(darkTheme: boolean): Inks {
  return darkTheme ? dark : light
}
