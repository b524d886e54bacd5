// What the page does besides what htmx does: dialogs, focus, and saying when
// the workbench does not answer.
(() => {
  'use strict';

  // Dialogs and folds that somebody opened or closed stay so when their message
  // is drawn again.
  const touched = new WeakSet();
  htmx.registerExtension('workbench', {
    htmx_before_morph_attr: (element, { attrName }) =>
      !(attrName === 'open' && touched.has(element)),
    // An answer and the event stream may overtake each other: what was drawn
    // earlier does not replace what was drawn later.
    htmx_before_morph_node: (element, { newNode }) =>
      !(Number(newNode.dataset?.drawn) < Number(element.dataset?.drawn)),
    htmx_after_swap: () => {
      greetForms();
      keepFocus();
    },
  });

  // Where the focus was, so that it does not fall to the top of the page when
  // what held it is gone.
  let lastFocus = null;
  document.addEventListener('focusin', (event) => {
    lastFocus = {
      message: event.target.closest('.message')?.id,
      pane: event.target.closest('.pane')?.id,
    };
  });

  const focusOn = (element) => {
    if (!element) return false;
    if (!element.matches('a, button, input, select, textarea, [tabindex]')) {
      element.setAttribute('tabindex', '-1');
    }
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: 'nearest' });
    return true;
  };

  const keepFocus = () => {
    if (!lastFocus || (document.activeElement && document.activeElement !== document.body)) return;
    const message = lastFocus.message && document.getElementById(lastFocus.message);
    const pane = lastFocus.pane && document.getElementById(lastFocus.pane);
    focusOn(message?.querySelector('.choices button, .choices input:not([type=hidden]), .choices select')
      || message || pane?.querySelector('.typed'));
  };

  // A form that has just opened, or was just refused, takes the focus once.
  const greeted = new WeakSet();
  const greetForms = () => {
    for (const form of document.querySelectorAll('dialog.form')) {
      const refused = form.querySelector('[aria-invalid]');
      if (refused && !greeted.has(refused)) {
        greeted.add(refused);
        refused.focus();
      } else if (!greeted.has(form)) {
        form.querySelector('[data-focus]')?.focus();
      }
      greeted.add(form);
    }
  };

  document.addEventListener('click', (event) => {
    const summary = event.target.closest('summary');
    if (summary) touched.add(summary.parentElement);

    const opener = event.target.closest('[data-opens]');
    if (opener) {
      const dialog = document.getElementById(opener.dataset.opens);
      touched.add(dialog);
      dialog.showModal();
      dialog.querySelector('[data-closes]').focus();
    }
    event.target.closest('[data-closes]')?.closest('dialog').close();

    const pointer = event.target.closest('[data-place]');
    if (pointer) {
      document.getElementById(pointer.dataset.place).checked = true;
      const thread = document.querySelector(pointer.hash);
      if (thread) {
        touched.add(thread);
        thread.open = true;
      }
      // A private reply that led there has done its work.
      pointer.closest('.private')?.querySelector('.dismiss').requestSubmit();
    }
  });

  document.addEventListener('submit', (event) => {
    event.target.querySelector('dialog.confirm[open]')?.close();
    if (event.target.matches('[data-clears]')) {
      // htmx has read the form by then.
      setTimeout(() => event.target.reset());
    }
  });

  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.target.closest('dialog.form')?.querySelector('[data-cancels]').click();
  });

  document.addEventListener('change', (event) => {
    if (event.target.matches('[data-submits]')) event.target.form.submit();
  });

  // The server is another one than the page was loaded from.
  document.addEventListener('stale', () => location.reload());

  const offline = (text) => {
    const banner = document.getElementById('offline');
    banner.textContent = text;
    banner.hidden = !text;
  };
  document.addEventListener('htmx:error', () => offline('The workbench does not answer. Your last press may not have counted: press again when this line is gone.'));
  document.addEventListener('htmx:response:error', () => offline('The workbench did not take that. Nothing was changed.'));
  document.addEventListener('htmx:sse:error', () => offline('The connection to the workbench is gone. It is being tried again.'));
  document.addEventListener('htmx:sse:after:connection', () => offline(''));
  document.addEventListener('htmx:before:swap', () => offline(''));
})();
