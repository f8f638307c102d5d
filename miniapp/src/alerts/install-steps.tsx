import type { ComponentChildren } from 'preact'

/** How to get the panel onto the home screen of an iPhone or iPad, with the signs to look for. */
export function InstallSteps() {
  return (
    <ol class="install-steps">
      <Step picture="M12 14V3M8 7l4-4 4 4M7 10H5v11h14V10h-2">
        In Safari, tap <b>Share</b>. Do you see no such sign? Open this address in Safari first.
      </Step>
      <Step picture="M4 4h16v16H4ZM12 8v8M8 12h8">
        Choose <b>Add to Home Screen</b>, then <b>Add</b>.
      </Step>
      <Step picture="M7 2h10v20H7ZM11 19h2M10 6h4v4h-4Z">
        Open the panel <b>from the home screen</b>, sign in there, and come back to this page.
      </Step>
    </ol>
  )
}

function Step({ picture, children }: { picture: string; children: ComponentChildren }) {
  return (
    <li>
      <span class="install-picture">
        <svg class="icon icon-24" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
          <path d={picture} />
        </svg>
      </span>
      <p>{children}</p>
    </li>
  )
}
