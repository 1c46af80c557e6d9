// Sends a form that only waits for a press of its button.
document.querySelector("form[data-send-at-once]")?.submit();
