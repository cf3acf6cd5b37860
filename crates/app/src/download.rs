//! Handing files to the browser.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

/// Hands a text to the browser as a file.
pub fn text(name: &str, text: &str, media_type: &str) {
    if let Some(address) = address_of(text, media_type) {
        save(name, &address);
        let _ = web_sys::Url::revoke_object_url(&address);
    }
}

fn address_of(text: &str, media_type: &str) -> Option<String> {
    let parts = js_sys::Array::of1(&text.into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    web_sys::Url::create_object_url_with_blob(&blob).ok()
}

fn save(name: &str, address: &str) {
    if let Ok(link) = document().create_element("a")
        && let Ok(link) = link.dyn_into::<web_sys::HtmlAnchorElement>()
    {
        link.set_href(address);
        link.set_download(name);
        link.click();
    }
}
