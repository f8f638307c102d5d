import { useEffect } from 'preact/hooks'
import { LocationProvider, Route, Router, useLocation } from 'preact-iso'
import { AlertsPage } from '../alerts/alerts-page.tsx'
import { startAlerts } from '../alerts/start-alerts.ts'
import { MoneyPage } from '../books/money-page.tsx'
import { DiscountsPage } from '../discounts/discounts-page.tsx'
import { MorePage } from '../more/more-page.tsx'
import { RemindersPage } from '../more/reminders-page.tsx'
import { SettingsPage } from '../more/settings-page.tsx'
import { NoticesPage } from '../notices/notices-page.tsx'
import { OrdersPage } from '../orders/orders-page.tsx'
import { Empty } from '../parts/notice.tsx'
import { ProductsPage } from '../products/products-page.tsx'
import { StaffPage } from '../staff/staff-page.tsx'
import { SystemPage } from '../system/system-page.tsx'
import { TaxesPage } from '../taxes/taxes-page.tsx'
import { TodayPage } from '../today/today-page.tsx'
import { mayOpen } from './may-open.ts'
import { noteRoute } from './navigation.ts'
import { NotForRole } from './not-for-role.tsx'
import { SnackBar } from './snack-bar.tsx'
import { TabBar } from './tab-bar.tsx'
import './shell.css'

/** The panel of somebody who is signed in. */
export function Shell() {
  useEffect(startAlerts, [])
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
      <main class="place">{mayOpen(path) ? <Pages /> : <NotForRole path={path} />}</main>
      <SnackBar />
      <TabBar />
    </div>
  )
}

function Pages() {
  return (
    <Router onRouteChange={noteRoute}>
      <Route path="/app" component={TodayPage} />
      <Route path="/app/orders/:number?" component={OrdersPage} />
      <Route path="/app/products" component={ProductsPage} />
      <Route path="/app/more" component={MorePage} />
      <Route path="/app/more/money" component={MoneyPage} />
      <Route path="/app/more/discounts" component={DiscountsPage} />
      <Route path="/app/more/taxes" component={TaxesPage} />
      <Route path="/app/more/settings" component={SettingsPage} />
      <Route path="/app/more/alerts" component={AlertsPage} />
      <Route path="/app/more/notices" component={NoticesPage} />
      <Route path="/app/more/staff" component={StaffPage} />
      <Route path="/app/more/system" component={SystemPage} />
      <Route path="/app/more/reminders" component={RemindersPage} />
      <Route default component={Nowhere} />
    </Router>
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
