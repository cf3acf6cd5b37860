//! Mounts the page.
fn main() {
    leptos::mount::mount_to_body(cotside_app::App);
}
