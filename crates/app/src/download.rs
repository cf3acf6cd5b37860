//! Handing files to the browser: texts as they are, drawings also as pictures.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

/// Pixels of a picture for each CSS pixel of its drawing: 600 to the printed inch.
const SCALE: f64 = 600.0 / 96.0;

/// Hands a text to the browser as a file.
pub fn text(name: &str, text: &str, media_type: &str) {
    if let Some(address) = address_of(text, media_type) {
        save(name, &address);
        let _ = web_sys::Url::revoke_object_url(&address);
    }
}

/// Hands a drawing to the browser as a PNG file, painted by the browser itself.
pub fn picture(name: &str, svg: &str) {
    let (Some(address), Ok(image)) = (address_of(svg, "image/svg+xml"), web_sys::HtmlImageElement::new()) else {
        return;
    };
    let name = name.to_owned();
    let painted = image.clone();
    let source = address.clone();
    let paint = Closure::once_into_js(move || {
        if let Some(picture) = painted_url(&painted) {
            save(&name, &picture);
        }
        let _ = web_sys::Url::revoke_object_url(&source);
    });
    image.set_onload(Some(paint.unchecked_ref()));
    image.set_src(&address);
}

/// The picture as an address that holds it.
fn painted_url(image: &web_sys::HtmlImageElement) -> Option<String> {
    let canvas: web_sys::HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    let (width, height) = (f64::from(image.width()) * SCALE, f64::from(image.height()) * SCALE);
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: web_sys::CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context
        .draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)
        .ok()?;
    canvas.to_data_url().ok()
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
