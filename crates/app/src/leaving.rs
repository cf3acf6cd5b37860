//! Asking before the page is left: a case and a cohort are in memory only, so leaving drops them.

use leptos::prelude::*;

/// Lets the browser ask before another page is loaded, or the language changed, for as long as `at_risk` says that something
/// would be lost. Pages of the site that this program shows itself lose nothing. The browser's own words are used, and it
/// only asks where something was clicked or typed.
pub fn ask_when(at_risk: impl Fn() -> bool + 'static) {
    let ask = move |event: leptos::ev::BeforeUnloadEvent| {
        if at_risk() {
            event.prevent_default();
            // Browsers that do not know the line above.
            event.set_return_value("leave");
        }
    };
    let _ = window_event_listener(leptos::ev::beforeunload, ask);
}
