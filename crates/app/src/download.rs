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

/// Hands bytes to the browser as a file.
///
/// # Errors
/// Where the browser makes no address for them.
pub fn bytes(name: &str, bytes: &js_sys::Uint8Array) -> Result<(), JsValue> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("application/octet-stream");
    let parts = js_sys::Array::of1(bytes);
    save_blob(
        name,
        &web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options)?,
    )
}

fn save_blob(name: &str, blob: &web_sys::Blob) -> Result<(), JsValue> {
    let address = web_sys::Url::create_object_url_with_blob(blob)?;
    save(name, &address);
    later(address);
    Ok(())
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
    save_blob(name, &png(svg, dpi).await?)
}

/// The PNG of a drawing.
async fn png(svg: &str, dpi: u32) -> Result<web_sys::Blob, JsValue> {
    crate::site_files::run("picture").await?;
    JsFuture::from(painted(svg, dpi)?).await?.dyn_into()
}

/// Paints a drawing in the same way, and gives its rows: `begin` is told how many pixels are in a row, `add` takes rows of
/// four bytes a pixel from the upper edge down.
///
/// # Errors
/// Where the browser could not paint it, or one of both fails.
pub async fn pixels(
    svg: &str,
    dpi: u32,
    begin: impl FnOnce(u32) -> Result<(), JsValue>,
    add: impl Fn(&js_sys::ArrayBuffer) -> Result<(), JsValue>,
) -> Result<(), JsValue> {
    crate::site_files::run("picture").await?;
    let canvas = JsFuture::from(canvas(svg, dpi)?).await?;
    begin(width(&canvas)?)?;
    let mut top = 0;
    while let Some(rows) = rows(&canvas, top)? {
        add(&rows)?;
        top += ROWS;
    }
    Ok(())
}

/// Rows that are read at once, as `www/scripts/picture.js` has it.
const ROWS: u32 = 256;

#[wasm_bindgen]
extern "C" {
    /// `www/scripts/picture.js`.
    #[wasm_bindgen(js_namespace = cotsidePicture, catch)]
    fn painted(svg: &str, dpi: u32) -> Result<js_sys::Promise, JsValue>;
    #[wasm_bindgen(js_namespace = cotsidePicture, catch)]
    fn canvas(svg: &str, dpi: u32) -> Result<js_sys::Promise, JsValue>;
    #[wasm_bindgen(js_namespace = cotsidePicture, catch)]
    fn width(canvas: &JsValue) -> Result<u32, JsValue>;
    #[wasm_bindgen(js_namespace = cotsidePicture, catch)]
    fn rows(canvas: &JsValue, top: u32) -> Result<Option<js_sys::ArrayBuffer>, JsValue>;
    #[wasm_bindgen(js_namespace = cotsidePicture, catch)]
    fn copied(kinds: &js_sys::Object) -> Result<js_sys::Promise, JsValue>;
}

/// Puts cells into the clipboard: as a table, and as text for programs that take no table.
///
/// # Errors
/// Where the browser does not let it.
pub async fn copy_cells(html: &str, text: &str) -> Result<(), JsValue> {
    let kinds = js_sys::Object::new();
    for (kind, content) in [("text/html", html), ("text/plain", text)] {
        let options = web_sys::BlobPropertyBag::new();
        options.set_type(kind);
        let parts = js_sys::Array::of1(&content.into());
        let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)?;
        js_sys::Reflect::set(&kinds, &kind.into(), &blob)?;
    }
    if let Ok(done) = copied(&kinds)
        && JsFuture::from(done).await.is_ok()
    {
        return Ok(());
    }
    // Browsers that take texts alone.
    JsFuture::from(window().navigator().clipboard().write_text(text))
        .await
        .map(drop)
}

/// Puts a drawing that is still to come into the clipboard, as a picture: a browser lets it as long as the click counts.
///
/// # Errors
/// Where the browser does not let it, or cannot paint the drawing.
pub async fn copy_picture(svg: js_sys::Promise, dpi: u32) -> Result<(), JsValue> {
    let blob = wasm_bindgen_futures::future_to_promise(async move {
        let svg = JsFuture::from(svg).await?.as_string().unwrap_or_default();
        png(&svg, dpi).await.map(JsValue::from)
    });
    let kinds = js_sys::Object::new();
    js_sys::Reflect::set(&kinds, &"image/png".into(), &blob)?;
    JsFuture::from(copied(&kinds)?).await.map(drop)
}
