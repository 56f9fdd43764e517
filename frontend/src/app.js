// Everything here is a comfort: each page works without it.
import 'htmx.org';
import './scripts/choices.js';
import './scripts/copy.js';
import './scripts/countdown.js';
import './scripts/drafts.js';
import './scripts/lookup.js';
import './scripts/menus.js';
import './scripts/once.js';
import './scripts/order.js';
import './scripts/outline.js';
import './scripts/ranges.js';
import './scripts/scheme-switch.js';
import './scripts/sheet.js';
import './scripts/toast.js';
import './scripts/upload.js';
import './scripts/video.js';
