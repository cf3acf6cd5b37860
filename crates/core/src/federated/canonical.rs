//! Files as canonical JSON with their own hash.
//!
//! Canonical form is that of RFC 8785: keys sorted, no spaces, numbers in the shortest form of ECMAScript. The same
//! document is therefore the same bytes on every machine, and its SHA-256 tells two files apart.

use std::cell::RefCell;
use std::fmt::{self, Write};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use sha2::{Digest, Sha256};

/// The most bytes of a file that is read.
pub const MOST_BYTES: usize = 5_000_000;

/// The most objects and lists within each other, the document counted.
pub const MOST_DEPTH: usize = 8;

/// Whole numbers from here on are not exact as doubles.
const EXACT_BELOW: u64 = 1 << 53;

/// The field that holds the hash of the rest.
const OWN_HASH: &str = "sha256";

/// Why a text is not a file of this kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// More bytes than are read.
    #[error("{bytes} bytes, at most {MOST_BYTES} are read")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// Not JSON, or cut off: the place where it stops being JSON. A number beyond the doubles is not JSON here.
    #[error("not JSON at line {line}, column {column}")]
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// A list, text or number where an object with keys is expected.
    #[error("not an object")]
    NotObject,
    /// A key that stands twice in one object.
    #[error("{field} is there twice")]
    DoubledKey {
        /// The key with those above it, joined by dots.
        field: String,
    },
    /// Objects or lists deeper than are read.
    #[error("{field} is nested deeper than {MOST_DEPTH}")]
    TooDeep {
        /// Where.
        field: String,
    },
    /// A whole number that a double does not hold exactly.
    #[error("{field} is a whole number of 2^53 or more")]
    NumberTooLarge {
        /// Where.
        field: String,
    },
    /// JSON with spaces, other forms of numbers, or keys in another order.
    #[error("not in canonical form")]
    NotCanonical,
    /// The field `sha256` is missing or no text.
    #[error("no sha256")]
    NoHash,
    /// The hash in the file is not that of its content.
    #[error("sha256 is {stated}, that of the content is {found}")]
    WrongHash {
        /// As the file states it.
        stated: String,
        /// Of what the file holds.
        found: String,
    },
}

/// Returns the canonical text of a value, without a line feed.
///
/// ```
/// use cotside_core::federated::canonical;
///
/// let value = serde_json::json!({"b": [1.0, -0.0, 1e-7, 1e21], "a": null});
/// assert_eq!(canonical(&value), r#"{"a":null,"b":[1,0,1e-7,1e+21]}"#);
/// ```
pub fn canonical(value: &Value) -> String {
    // A `Value` holds finite numbers and keys that are texts: nothing in it can fail.
    serde_json_canonicalizer::to_string(value).unwrap_or_default()
}

/// Returns the SHA-256 of bytes as 64 hexadecimal digits.
///
/// ```
/// assert!(cotside_core::federated::sha256_hex(b"").starts_with("e3b0c44298fc1c149afbf4c8996fb924"));
/// ```
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Returns bytes as hexadecimal digits in small letters.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Reads bytes from twice as many hexadecimal digits in small letters; `None` for anything else.
#[must_use]
pub fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.as_bytes();
    let value = |digit: &u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    if digits.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = 16 * value(&pair[0])? + value(&pair[1])?;
    }
    Some(bytes)
}

/// Returns the hash of a document: of its canonical text without its field `sha256`.
pub fn document_hash(document: &Value) -> String {
    let mut document = document.clone();
    if let Value::Object(fields) = &mut document {
        fields.shift_remove(OWN_HASH);
    }
    sha256_hex(canonical(&document).as_bytes())
}

/// Returns the text of a file: the document with its hash in the field `sha256`, and a line feed. What is no object
/// gets no hash, and no reader takes it.
///
/// ```
/// use cotside_core::federated::{open, sealed};
///
/// let text = sealed(serde_json::json!({"n": 33}));
/// assert_eq!(open(&text).unwrap()["n"], 33);
/// assert!(open(&text.replace("33", "34")).is_err());
/// ```
pub fn sealed(document: Value) -> String {
    let hash = document_hash(&document);
    let mut document = document;
    if let Value::Object(fields) = &mut document {
        fields.insert(OWN_HASH.to_owned(), Value::String(hash));
    }
    canonical(&document) + "\n"
}

/// Reads the text of a file: an object in canonical form whose `sha256` is right. Line ends behind it may have been
/// changed or lost on the way.
///
/// # Errors
/// The first fault found.
pub fn open(text: &str) -> Result<Value, FileFault> {
    let document = parse(text)?;
    let Value::Object(fields) = &document else {
        return Err(FileFault::NotObject);
    };
    if text.trim_end_matches(['\n', '\r']) != canonical(&document) {
        return Err(FileFault::NotCanonical);
    }
    let Some(Value::String(stated)) = fields.get(OWN_HASH) else {
        return Err(FileFault::NoHash);
    };
    let found = document_hash(&document);
    if *stated != found {
        return Err(FileFault::WrongHash {
            stated: stated.chars().take(64).collect(),
            found,
        });
    }
    Ok(document)
}

/// Reads JSON of any form, within the limits and without doubled keys.
pub(super) fn parse(text: &str) -> Result<Value, FileFault> {
    if text.len() > MOST_BYTES {
        return Err(FileFault::TooLarge { bytes: text.len() });
    }
    let state = RefCell::new(State::default());
    let mut reader = serde_json::Deserializer::from_str(text);
    let strict = Strict { state: &state };
    let value = strict.deserialize(&mut reader);
    value.and_then(|value| reader.end().map(|()| value)).map_err(|error| {
        state.into_inner().fault.unwrap_or(FileFault::NotJson {
            line: error.line().max(1),
            column: error.column().max(1),
        })
    })
}

/// Where the reader is, and what it found wrong.
#[derive(Default)]
struct State {
    /// Keys and positions from the document down.
    path: Vec<String>,
    fault: Option<FileFault>,
}

impl State {
    fn field(&self) -> String {
        let shown = |step: &String| step.chars().take(80).collect::<String>();
        self.path.iter().map(shown).collect::<Vec<_>>().join(".")
    }
}

/// Reads one value.
#[derive(Clone, Copy)]
struct Strict<'a> {
    state: &'a RefCell<State>,
}

impl Strict<'_> {
    /// Ends the reading with a fault of the place where it is.
    fn refuse<T, E: Error>(self, fault: impl FnOnce(String) -> FileFault) -> Result<T, E> {
        let mut state = self.state.borrow_mut();
        let field = state.field();
        state.fault = Some(fault(field));
        Err(E::custom("refused"))
    }

    /// True if one more object or list may begin here.
    fn may_nest(self) -> bool {
        self.state.borrow().path.len() < MOST_DEPTH
    }

    fn enter(self, step: String) {
        self.state.borrow_mut().path.push(step);
    }

    fn leave(self) {
        self.state.borrow_mut().path.pop();
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, form: &mut fmt::Formatter<'_>) -> fmt::Result {
        form.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        if value >= EXACT_BELOW {
            return self.refuse(|field| FileFault::NumberTooLarge { field });
        }
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        if value.unsigned_abs() >= EXACT_BELOW {
            return self.refuse(|field| FileFault::NumberTooLarge { field });
        }
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map_or_else(
            || self.refuse(|field| FileFault::NumberTooLarge { field }),
            |number| Ok(Value::Number(number)),
        )
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        if !self.may_nest() {
            return self.refuse(|field| FileFault::TooDeep { field });
        }
        let mut values = Vec::new();
        loop {
            self.enter(values.len().to_string());
            let value = list.next_element_seed(self)?;
            self.leave();
            match value {
                Some(value) => values.push(value),
                None => return Ok(Value::Array(values)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        if !self.may_nest() {
            return self.refuse(|field| FileFault::TooDeep { field });
        }
        let mut fields = Map::new();
        while let Some(key) = object.next_key::<String>()? {
            self.enter(key.clone());
            if fields.contains_key(&key) {
                return self.refuse(|field| FileFault::DoubledKey { field });
            }
            let value = object.next_value_seed(self)?;
            self.leave();
            fields.insert(key, value);
        }
        Ok(Value::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The example of RFC 8785, section 3.2.2, and its result in 3.2.3.
    #[test]
    fn example_of_the_standard() {
        let text = concat!(
            r#"{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],"#,
            r#""string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals": [null, true, false]}"#
        );
        let expected = concat!(
            r#"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#,
            r#""string":"€$\u000f\nA'B\"\\\\\"/"}"#
        );
        assert_eq!(canonical(&parse(text).unwrap()), expected);
    }

    /// Appendix B of RFC 8785: doubles by their bits.
    #[test]
    fn numbers_of_the_standard() {
        for (bits, text) in [
            (0x0000_0000_0000_0000, "0"),
            (0x8000_0000_0000_0000, "0"),
            (0x0000_0000_0000_0001, "5e-324"),
            (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"),
            (0xc340_0000_0000_0000, "-9007199254740992"),
            (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
            (0x44b5_2d02_c7e1_4af6, "1e+23"),
            (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
            (0x444b_1ae4_d6e2_ef50, "1e+21"),
            (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
            (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0x41b3_de43_5555_5553, "333333333.3333332"),
            (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
            (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
        ] {
            assert_eq!(canonical(&json!(f64::from_bits(bits))), text);
        }
    }

    /// Keys are sorted by their UTF-16 units (RFC 8785, 3.2.3): 😀 is before ﬃ.
    #[test]
    fn keys_are_sorted_by_utf_16() {
        let value = json!({"\u{fb03}": 1, "\u{1f600}": 2, "€": 3, "1": 4, "\r": 5, "ö": 6});
        let expected = "{\"\\r\":5,\"1\":4,\"ö\":6,\"€\":3,\"\u{1f600}\":2,\"\u{fb03}\":1}";
        assert_eq!(canonical(&value), expected);
    }

    #[test]
    fn hash_is_that_of_sha256() {
        // FIPS 180-4, "abc".
        assert_eq!(
            sha256_hex(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(from_hex::<2>("0aff"), Some([0x0a, 0xff]));
        assert_eq!(from_hex::<2>("0AFF"), None);
        assert_eq!(from_hex::<2>("0af"), None);
    }

    #[test]
    fn sealed_files_open() {
        let document = json!({"kind": "cotside-federated-plan", "beta": [0.0, -0.5], "totals": null});
        let text = sealed(document.clone());
        assert!(text.ends_with("}\n") && !text.contains(' '));
        let opened = open(&text).unwrap();
        assert_eq!(opened["sha256"], document_hash(&document));
        // The same bytes again, and with the line ends of a mail program or none.
        assert_eq!(sealed(opened), text);
        assert!(open(&text.replace('\n', "\r\n")).is_ok());
        assert!(open(text.trim_end()).is_ok());
    }

    /// Each fault has its own name and place.
    #[test]
    fn faults_are_named() {
        let text = sealed(json!({"a": {"b": [1, 2]}, "n": 33}));
        let fault = |text: &str| open(text).unwrap_err();
        assert!(matches!(fault(&text.replace("33", "34")), FileFault::WrongHash { .. }));
        assert_eq!(fault(&text.replace(",\"n\"", ", \"n\"")), FileFault::NotCanonical);
        assert_eq!(fault(&format!(" {text}")), FileFault::NotCanonical);
        assert_eq!(fault(&text.replace("33", "33.0")), FileFault::NotCanonical);
        assert_eq!(fault("{\"n\":33}"), FileFault::NoHash);
        assert_eq!(fault("{\"sha256\":1}"), FileFault::NoHash);
        assert_eq!(fault("[1]"), FileFault::NotObject);
        let doubled = FileFault::DoubledKey { field: "a.b".into() };
        assert_eq!(fault(r#"{"a":{"b":1,"b":1}}"#), doubled);
        let cut = fault(&text[..text.len() / 2]);
        assert!(matches!(cut, FileFault::NotJson { line: 1, column: 2.. }), "{cut:?}");
        for wrong in [
            "",
            "NaN",
            "{\"n\":NaN}",
            "{\"n\":1e999}",
            "{\"n\":-Infinity}",
            "{} {}",
            "\u{feff}{}",
        ] {
            assert!(matches!(fault(wrong), FileFault::NotJson { .. }), "{wrong}");
        }
        let large = FileFault::NumberTooLarge { field: "n".into() };
        assert_eq!(fault("{\"n\":9007199254740992}"), large);
        assert_eq!(fault("{\"n\":-9007199254740992}"), large);
        assert_eq!(fault("{\"n\":9007199254740991}"), FileFault::NoHash);
    }

    #[test]
    fn limits_below_at_and_above() {
        let nested = |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth - 1), "]".repeat(depth - 1));
        assert_eq!(open(&nested(MOST_DEPTH)), Err(FileFault::NoHash));
        let field = "a.0.0.0.0.0.0.0".to_owned();
        assert_eq!(open(&nested(MOST_DEPTH + 1)), Err(FileFault::TooDeep { field }));
        assert!(matches!(open(&nested(100_000)), Err(FileFault::TooDeep { .. })));
        let sized = |bytes: usize| format!("{{\"a\":\"{}\"}}", "x".repeat(bytes - 8));
        assert_eq!(open(&sized(MOST_BYTES)), Err(FileFault::NoHash));
        let bytes = MOST_BYTES + 1;
        assert_eq!(open(&sized(bytes)), Err(FileFault::TooLarge { bytes }));
    }
}
