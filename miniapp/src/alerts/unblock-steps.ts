const STEPS: [RegExp, string[]][] = [
  [
    /iPhone|iPad/,
    ['Open the Settings of this device.', 'Notifications → this panel.', 'Switch on “Allow Notifications”.'],
  ],
  [
    /SamsungBrowser/,
    [
      'Menu ☰ → Settings → Sites and downloads.',
      'Notifications → this shop’s address.',
      'Allow it, and come back.',
    ],
  ],
  [
    /Android.*Firefox/,
    ['Tap the lock left of the address.', 'Notification → tap “Blocked”.', 'It says “Allowed”: come back.'],
  ],
  [
    /Android/,
    ['Tap the sign left of the address.', 'Permissions → Notifications.', 'Switch them on, and come back.'],
  ],
  [
    /Firefox/,
    [
      'Click the lock left of the address.',
      'Beside “Send notifications”, remove “Blocked” with the ✕.',
      'Come back and turn alerts on.',
    ],
  ],
  [
    /Chrome|Chromium|Edg/,
    [
      'Click the sign left of the address.',
      'Notifications: switch them on.',
      'If they are on there: allow this browser in the notification settings of your computer.',
    ],
  ],
  [
    /Safari/,
    ['Safari → Settings → Websites → Notifications.', 'Choose this shop’s address.', 'Set it to “Allow”.'],
  ],
]

/** How to allow notifications again that were blocked, in the words of the browser at hand. */
export function unblockSteps(userAgent: string): string[] {
  const found = STEPS.find(([pattern]) => pattern.test(userAgent))
  return (
    found?.[1] ?? [
      'Open the settings of this browser.',
      'Notifications → this shop’s address.',
      'Allow it, and come back.',
    ]
  )
}
