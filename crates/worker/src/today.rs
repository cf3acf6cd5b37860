//! The day on the reader's clock.

use cotside_core::infant::Date;

/// Today, in the browser by the time zone of the computer, elsewhere by universal time.
#[cfg(target_family = "wasm")]
pub fn today() -> Option<Date> {
    let now = js_sys::Date::new_0();
    let day = [now.get_full_year(), now.get_month() + 1, now.get_date()].map(|part| format!("{part:02}"));
    Date::parse_iso(&day.join("-"))
}

/// Today, in the browser by the time zone of the computer, elsewhere by universal time.
#[cfg(not(target_family = "wasm"))]
pub fn today() -> Option<Date> {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .ok()?;
    Date::from_day_number(i64::try_from(since.as_secs() / 86_400).ok()?)
}
