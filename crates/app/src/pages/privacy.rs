//! `/privacy`: what the page does with what is entered, and how to check it.

use leptos::prelude::*;

use crate::links;

/// What is sent (nothing), what is stored (nothing), what is not closed.
#[component]
pub fn Privacy() -> impl IntoView {
    links::set_title("Privacy");
    view! {
        <div class="prose">
            <h1>"Privacy"</h1>
            <p class="lead">"Nothing that you enter leaves your device. Nothing is stored on it either."</p>
            <h2>"What happens"</h2>
            <ul>
                <li>"The page is a set of files. Once they are loaded, everything is computed in this tab."</li>
                <li>"There are no cookies, no local storage, no analytics, no fonts or scripts of other sites."</li>
                <li>"Findings and files are gone when the tab is closed or reloaded."</li>
                <li>
                    "A link to your findings is made only when you ask for it. They stand behind the # of the address, which browsers \
                     do not send to the server; whoever has the link can read them. The label and dates are left out."
                </li>
            </ul>
            <h2>"What stops it from being otherwise"</h2>
            <p>
                "A content-security policy in the page lets it connect to its own site alone and run no script but its own. The \
                 tests of every version open each page and fail if anything else is asked for."
            </p>
            <h2>"How to check it"</h2>
            <ol>
                <li>"Open the developer tools of your browser (F12) and there the network panel."</li>
                <li>"Enter findings, drop a file, open rows: no request appears."</li>
                <li>"Or load the page, go offline, and use it."</li>
            </ol>
            <h2>"What this does not cover"</h2>
            <ul>
                <li>"The host that serves the files sees that they were fetched, from which address and when, as with every site."</li>
                <li>"A policy in a page cannot forbid navigation, and has not been shown to block WebRTC; the code uses neither to send anything."</li>
                <li>"Browser extensions can read what is on any page."</li>
            </ul>
            <p>"Do not enter names or hospital numbers: nothing here needs them."</p>
        </div>
    }
}
