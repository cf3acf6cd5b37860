//! The badge of the seal, in the page's language.

use cotside_words::lang::page;
use leptos::prelude::*;

/// Whether the page is sealed, as `www/scripts/seal.js` shows it.
#[component]
pub fn Seal() -> impl IntoView {
    view! {
        <cotside-seal
            class="seal"
            data-testid="seal"
            says-open=page::SEAL_OPEN
            says-sealed=page::SEAL_SEALED
            says-broken=page::SEAL_BROKEN
            says-more=page::SEAL_MORE
        ></cotside-seal>
    }
}
