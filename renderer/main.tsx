import './trusted-types'
import './zod-without-eval'
import './theme/tokens.css'
import './theme/base.css'
import { createRoot } from 'react-dom/client'
import { App } from './app/App'
import { connectWindow } from './state/window-connection'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element #root')
createRoot(root).render(<App />)
void connectWindow(window.worldswitch)
