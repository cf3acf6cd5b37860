//! Mounts the page.
fn main() {
    cotside_app::start();
}
