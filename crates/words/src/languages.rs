//! The languages of the site, and what each says before its program has started.

/// A language of the site. Each has a build of its own, so that nobody loads another's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language {
    /// Code, as in `lang` and `hreflang`.
    pub code: &'static str,
    /// Its own name.
    pub name: &'static str,
    /// The folder of its pages below the site's root, with a slash at its end; empty for English.
    pub folder: &'static str,
}

/// Stands for the number of the build in pages that are made before it is known.
pub const BUILD: &str = "{build}";

/// English first: it stands at the root.
pub const LANGUAGES: [Language; 3] = [
    Language {
        code: "en",
        name: "English",
        folder: "",
    },
    Language {
        code: "ja",
        name: "日本語",
        folder: "ja/",
    },
    Language {
        code: "ko",
        name: "한국어",
        folder: "ko/",
    },
];

/// What the files of a language say on their own: to readers before the program has started, and to search engines.
#[derive(Debug, Clone, Copy)]
pub struct Boot {
    /// Route, title and description of each fixed page; the route is empty for the first.
    pub pages: &'static [(&'static str, &'static str, &'static str)],
    /// Title and description of the page for unknown addresses.
    pub not_found: (&'static str, &'static str),
    /// Description of a protocol's page, `{name}` in place of the protocol's.
    pub protocol: &'static str,
    /// While the program loads.
    pub loading: &'static str,
    /// Where scripts are not allowed.
    pub no_script: &'static str,
    /// Where the page stands inside another one, and the link that opens it by itself.
    pub framed: (&'static str, &'static str),
}

/// What the files of a language say; English for a code without a language.
#[must_use]
pub fn boot(code: &str) -> Boot {
    match code {
        "ja" => crate::ja::BOOT,
        "ko" => crate::ko::BOOT,
        _ => crate::en::BOOT,
    }
}
