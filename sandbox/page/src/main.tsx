import { render } from 'preact'
import { App } from './app.tsx'
import './look/tokens.css'
import './look/base.css'
import { followFaults } from './faults/faults.ts'
import { followTheme } from './look/theme.ts'
import { followDeepLink } from './world/deep-link.ts'
import { startSync } from './world/sync.ts'
import { followReading } from './world/unread.ts'

followTheme()
followReading()
startSync()
followDeepLink()
followFaults()
const root = document.getElementById('page')
if (root) render(<App />, root)
