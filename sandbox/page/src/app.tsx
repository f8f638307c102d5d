import './app.css'
import { LockScreen } from './arrivals/lock-screen.tsx'
import { Mailbox } from './arrivals/mailbox.tsx'
import { PushBanner } from './arrivals/push-banner.tsx'
import { ChatScreen } from './chat/chat-screen.tsx'
import { PhotoViewer } from './chat/photo-viewer.tsx'
import { StatusBar } from './chat/status-bar.tsx'
import { Drawer } from './faults/drawer.tsx'
import { drawerOpen } from './faults/faults.ts'
import { MiniApp } from './miniapp/mini-app.tsx'
import { Confirm } from './parts/confirm.tsx'
import { Toaster } from './parts/toaster.tsx'
import { PaySheet } from './payment/pay-sheet.tsx'
import { PeopleRail } from './people/people-rail.tsx'
import { WhoOpens } from './people/who-opens.tsx'

export function App() {
  return (
    <div class={drawerOpen.value ? 'app with-drawer' : 'app'}>
      <PeopleRail />
      <main class="stage">
        <div class="phone">
          <StatusBar />
          <ChatScreen />
          <MiniApp />
          <LockScreen />
          <Mailbox />
          <PushBanner />
          <PaySheet />
          <PhotoViewer />
          <Confirm />
          <WhoOpens />
          <Toaster />
        </div>
      </main>
      {drawerOpen.value && <Drawer />}
    </div>
  )
}
