//! Handing files to the browser.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Hands a text to the browser as a file. A sealed page lets through what no browser takes for a page: see
/// `www/scripts/guard.js`.
pub fn text(name: &str, text: &str) {
    if let Some(address) = address_of(text, "application/octet-stream") {
        save(name, &address);
        later(address);
    }
}

/// Forgets an address, once the browser has read it.
fn later(address: String) {
    set_timeout(
        move || {
            let _ = web_sys::Url::revoke_object_url(&address);
        },
        Duration::from_secs(10),
    );
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

/// Paints a drawing with the browser, at its true size and so many pixels to the inch, and hands it over as a file.
///
/// # Errors
/// Where the browser could not paint it.
pub async fn picture(svg: &str, name: &str, dpi: u32) -> Result<(), JsValue> {
    #[wasm_bindgen]
    extern "C" {
        /// `www/scripts/picture.js`.
        #[wasm_bindgen(js_namespace = cotsidePicture, catch)]
        fn painted(svg: &str, dpi: u32) -> Result<js_sys::Promise, JsValue>;
    }
    crate::site_files::run("picture").await?;
    let blob: web_sys::Blob = JsFuture::from(painted(svg, dpi)?).await?.dyn_into()?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    save(name, &address);
    later(address);
    Ok(())
}
