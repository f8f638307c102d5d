import { LocationProvider, Route, Router, useLocation } from 'preact-iso'
import { MorePage } from '../more/more-page.tsx'
import { SettingsPage } from '../more/settings-page.tsx'
import { OrdersPage } from '../orders/orders-page.tsx'
import { Empty } from '../parts/notice.tsx'
import { ProductsPage } from '../products/products-page.tsx'
import { TodayPage } from '../today/today-page.tsx'
import { noteRoute } from './navigation.ts'
import { SnackBar } from './snack-bar.tsx'
import { TabBar } from './tab-bar.tsx'
import './shell.css'

/** The panel of somebody who is signed in. */
export function Shell() {
  return (
    <LocationProvider scope="/app">
      <Places />
    </LocationProvider>
  )
}

function Places() {
  const { path } = useLocation()
  return (
    <div class={isDeep(path) ? 'shell shell-deep' : 'shell'}>
      <main class="place">
        <Router onRouteChange={noteRoute}>
          <Route path="/app" component={TodayPage} />
          <Route path="/app/orders/:number?" component={OrdersPage} />
          <Route path="/app/products" component={ProductsPage} />
          <Route path="/app/more" component={MorePage} />
          <Route path="/app/more/settings" component={SettingsPage} />
          <Route default component={Nowhere} />
        </Router>
      </main>
      <SnackBar />
      <TabBar />
    </div>
  )
}

// Below a list the bottom edge belongs to the screen's own main action.
function isDeep(path: string): boolean {
  return /^\/app\/(orders\/.+|more\/.+)/.test(path)
}

function Nowhere() {
  return (
    <Empty icon="search" title="There is nothing here">
      <a href="/app">Go to today's work</a>
    </Empty>
  )
}
