# Below each mail: why one gets it and how to stop. The first is for customers.
mail-footer = You get this mail because you gave { $shop } your address in Telegram. To change or remove it, send /email in the chat.
mail-footer-staff = You get this mail because you work at { $shop } and saved your address for alerts. To change or remove it, open Alerts in the panel, or send /email in the chat.
mail-open-chat = <a href="{ $chat }">Open the chat</a>
mail-test-subject = Test from { $shop }
