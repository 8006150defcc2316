/*
 * The chosen theme, before the first paint: a classic script in the head, so that there is no flash.
 * Without a choice the system's own holds (light-dark() in tokens.css).
 */
(function () {
  'use strict';
  try {
    var chosen = localStorage.getItem('trackit.theme');
    if (chosen === 'light' || chosen === 'dark') {
      document.documentElement.dataset.theme = chosen;
    }
  } catch (refused) {
    // Storage is switched off in this browser: the system's theme holds.
  }
})();
