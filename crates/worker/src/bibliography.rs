//! References for programs that manage literature, as RIS and BibTeX. **Invariant: no field is invented.** A source has what
//! its reference and identifier say: authors, journal, year, volume, issue, pages, DOI, PMID, PMCID; its whole reference
//! stands in the note. The catalogue holds no titles, so that no entry has one.

use cotside_core::evidence::Source;

/// What a reference says, as far as it can be read without doubt.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reference {
    /// Family name and initials, "Pieters R"; or the name of a group.
    authors: Vec<String>,
    /// Whether the first author is a group.
    is_group: bool,
    /// Whether there are more authors than those.
    and_others: bool,
    journal: String,
    year: String,
    volume: String,
    issue: String,
    /// As they are printed: "2246–56".
    pages: String,
    doi: String,
    pmid: String,
    pmcid: String,
    /// The reference as it stands in the catalogue, with its identifier.
    note: String,
}

impl Reference {
    /// Of a source of the catalogue.
    pub fn of(source: &Source<'_>) -> Self {
        let mut reference = Self::read(source.reference);
        let identifier = source.identifier;
        if let Some(doi) = identifier.strip_prefix("doi:") {
            reference.doi = doi.to_owned();
        } else if let Some(pmid) = identifier.strip_prefix("PMID ") {
            reference.pmid = pmid.to_owned();
        } else if identifier.starts_with("PMC") {
            reference.pmcid = identifier.to_owned();
        } else if !identifier.is_empty() {
            reference.note = format!("{}. {identifier}", reference.note);
        }
        reference
    }

    /// With a remark in its note.
    pub fn remarked(mut self, remark: &str) -> Self {
        self.note = format!("{} ({remark})", self.note);
        self
    }

    /// Of the sources of methods, as the page prints them: "Kaplan EL, Meier P. J Am Stat Assoc 1958;53:457–81 (…)."; of
    /// several in a line, each.
    pub fn of_methods(lines: &[&str]) -> Vec<Self> {
        let without_topic = |line: &&str| line.rsplit_once(" (").map_or(*line, |(line, _)| line).to_owned();
        let lines: Vec<String> = lines.iter().map(without_topic).collect();
        lines.iter().flat_map(|line| line.split("; ")).map(Self::read).collect()
    }

    fn read(text: &str) -> Self {
        let mut reference = Self {
            note: text.to_owned(),
            ..Self::default()
        };
        let mut rest = text;
        if let Some((first, behind)) = text.split_once(" et al., ") {
            rest = behind;
            if is_author(first) {
                reference.authors.push(first.to_owned());
                reference.and_others = true;
            }
        } else if let Some((authors, behind)) = text.split_once(". ") {
            let named = authors.strip_suffix(" and others").unwrap_or(authors);
            let names: Vec<&str> = named.split(", ").collect();
            if names.iter().all(|name| has_initials(name)) {
                rest = behind;
                reference.authors = names.into_iter().map(str::to_owned).collect();
                reference.and_others = named != authors;
            }
        } else if let Some((group, behind)) = text.split_once(", ")
            && group.ends_with(" Group")
        {
            rest = behind;
            reference.authors.push(group.to_owned());
            reference.is_group = true;
        } else if let Some((_, behind)) = text.split_once(", ")
            && behind.contains(';')
        {
            rest = behind;
        }
        reference.place(rest);
        reference
    }

    /// Reads "J Clin Oncol 2019;37:2246–56"; anything else stays in the note.
    fn place(&mut self, text: &str) {
        let (left, right) = text.split_once(';').unwrap_or((text, ""));
        let Some((journal, year)) = left
            .rsplit_once(' ')
            .filter(|(journal, year)| is_journal(journal) && is_year(year))
        else {
            return;
        };
        (self.journal, self.year) = (journal.to_owned(), year.to_owned());
        let (volume, pages) = right.split_once(':').unwrap_or((right, ""));
        let (volume, issue) = volume.split_once('(').unwrap_or((volume, ""));
        self.volume = volume.to_owned();
        self.issue = issue.trim_end_matches(')').to_owned();
        self.pages = pages.to_owned();
    }

    /// First and last page in full: "2246–56" is 2246 to 2256.
    fn page_range(&self) -> (String, String) {
        let Some((first, last)) = self.pages.split_once('–') else {
            return (self.pages.clone(), String::new());
        };
        let kept = first.len().saturating_sub(last.len());
        (
            first.to_owned(),
            format!("{}{last}", first.get(..kept).unwrap_or_default()),
        )
    }

    /// An entry in RIS.
    fn ris(&self) -> String {
        let (first, last) = self.page_range();
        let kind = if self.journal.is_empty() { "GEN" } else { "JOUR" };
        let mut lines = vec![("TY", kind.to_owned())];
        lines.extend(self.authors.iter().map(|author| ("AU", self.inverted(author))));
        let address = match (self.doi.as_str(), self.pmid.as_str()) {
            ("", "") => String::new(),
            ("", pmid) => format!("https://pubmed.ncbi.nlm.nih.gov/{pmid}/"),
            (doi, _) => format!("https://doi.org/{doi}"),
        };
        for (tag, value) in [
            ("PY", &self.year),
            ("JO", &self.journal),
            ("VL", &self.volume),
            ("IS", &self.issue),
            ("SP", &first),
            ("EP", &last),
            ("DO", &self.doi),
            ("AN", &self.pmid),
            ("C2", &self.pmcid),
            ("UR", &address),
            ("N1", &self.note),
        ] {
            if !value.is_empty() {
                lines.push((tag, value.clone()));
            }
        }
        let lines: String = lines
            .into_iter()
            .map(|(tag, value)| format!("{tag}  - {value}\r\n"))
            .collect();
        lines + "ER  - \r\n\r\n"
    }

    /// An entry in BibTeX under a key.
    fn bibtex(&self, key: &str) -> String {
        let (first, last) = self.page_range();
        let pages = if last.is_empty() {
            first
        } else {
            format!("{first}--{last}")
        };
        let name = |author: &String| {
            if self.is_group {
                format!("{{{}}}", escaped(author))
            } else {
                escaped(&self.inverted(author))
            }
        };
        let mut authors: Vec<String> = self.authors.iter().map(name).collect();
        if self.and_others {
            authors.push("others".to_owned());
        }
        let kind = if self.journal.is_empty() { "misc" } else { "article" };
        let fields = [
            ("author", authors.join(" and ")),
            ("journal", escaped(&self.journal)),
            ("year", self.year.clone()),
            ("volume", escaped(&self.volume)),
            ("number", escaped(&self.issue)),
            ("pages", escaped(&pages)),
            // An address is printed as it is.
            ("doi", self.doi.clone()),
            ("pmid", self.pmid.clone()),
            ("pmcid", self.pmcid.clone()),
            ("note", escaped(&self.note)),
        ];
        let fields = fields.into_iter().filter(|(_, value)| !value.is_empty());
        let fields: Vec<String> = fields
            .map(|(field, value)| format!("  {field} = {{{value}}}"))
            .collect();
        format!("@{kind}{{{key},\n{}\n}}\n\n", fields.join(",\n"))
    }

    /// "Pieters, R." of "Pieters R", "Faulk" as it is.
    fn inverted(&self, author: &str) -> String {
        match author.rsplit_once(' ') {
            Some((family, initials)) if !self.is_group && is_initials(initials) => {
                let initials: Vec<String> = initials.chars().map(|letter| format!("{letter}.")).collect();
                format!("{family}, {}", initials.join(" "))
            }
            _ => author.to_owned(),
        }
    }

    /// What the entry is called in BibTeX: "pieters2019".
    fn key(&self) -> String {
        let first = self.authors.first().map_or("", String::as_str);
        let name = match first.rsplit_once(' ') {
            Some((family, initials)) if is_initials(initials) => family,
            _ if !first.is_empty() => first,
            _ => &self.note,
        };
        let plain = name.chars().filter_map(unaccented).filter(char::is_ascii_alphanumeric);
        let plain: String = plain.map(|letter| letter.to_ascii_lowercase()).take(24).collect();
        format!("{plain}{}", self.year)
    }
}

/// The base letter of those that the catalogue's names have.
fn unaccented(letter: char) -> Option<char> {
    match letter {
        'ö' => Some('o'),
        'ä' => Some('a'),
        'ü' => Some('u'),
        'é' => Some('e'),
        letter => Some(letter),
    }
}

/// Entries in the format that the ending of a file names, `ris` or `bib`; each reference once, in its order.
pub fn entries(references: impl IntoIterator<Item = Reference>, kind: &str) -> Option<String> {
    let mut each: Vec<Reference> = Vec::new();
    for reference in references {
        if !each.contains(&reference) {
            each.push(reference);
        }
    }
    match kind {
        "ris" => Some(each.iter().map(Reference::ris).collect()),
        "bib" => {
            let mut keys: Vec<String> = Vec::new();
            for reference in &each {
                let key = reference.key();
                let same = keys
                    .iter()
                    .filter(|other| other.strip_suffix(char::is_alphabetic).unwrap_or(other) == key);
                // "pieters2019b" is the second of this name.
                let letter = u32::try_from(same.count()).ok().filter(|count| *count > 0);
                let letter = letter.and_then(|count| char::from_u32(u32::from('a') + count));
                keys.push(letter.map_or_else(|| key.clone(), |letter| format!("{key}{letter}")));
            }
            Some(
                each.iter()
                    .zip(&keys)
                    .map(|(reference, key)| reference.bibtex(key))
                    .collect(),
            )
        }
        _ => None,
    }
}

fn is_initials(word: &str) -> bool {
    (1..=3).contains(&word.len()) && word.chars().all(|letter| letter.is_ascii_uppercase())
}

fn has_initials(name: &str) -> bool {
    name.rsplit_once(' ').is_some_and(|(_, initials)| is_initials(initials))
}

/// Family name with initials, or a family name alone.
fn is_author(name: &str) -> bool {
    has_initials(name) || !name.contains(' ')
}

fn is_year(word: &str) -> bool {
    word.len() == 4
        && (word.starts_with("19") || word.starts_with("20"))
        && word.chars().all(|digit| digit.is_ascii_digit())
}

fn is_journal(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_uppercase()) && !text.contains([',', ':', '.', '('])
}

/// A text in which BibTeX reads no command.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                written.push('\\');
                written.push(letter);
            }
            '\\' => written.push_str("\\textbackslash{}"),
            '~' => written.push_str("\\textasciitilde{}"),
            '^' => written.push_str("\\textasciicircum{}"),
            letter => written.push(letter),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotside_core::evidence::published;
    use cotside_words::en::methods::source;

    fn of(reference: &'static str, identifier: &'static str) -> Reference {
        Reference::of(&Source {
            short: "",
            reference,
            identifier,
        })
    }

    /// All sources of published numbers, and those of the methods.
    fn all() -> Vec<Reference> {
        let mut all: Vec<Reference> = published()
            .estimates
            .iter()
            .map(|row| Reference::of(row.cite.source))
            .collect();
        all.extend(Reference::of_methods(&source::ALWAYS));
        all.extend(Reference::of_methods(&source::COMPETING_RISKS));
        all.extend(Reference::of_methods(&source::TRANSPLANT));
        all.extend(Reference::of_methods(&source::DIFFERENCES));
        all.extend(Reference::of_methods(&source::CURE));
        let single = [
            source::LOG_RANK,
            source::GEHAN,
            source::TARONE_WARE,
            source::PETO,
            source::FLEMING_HARRINGTON,
            source::HOLM,
            source::ADJUSTED,
            source::FIRTH,
            source::PROPORTIONAL_HAZARDS,
            source::FINE_GRAY,
            source::SPLINE,
            source::ROBUST,
        ];
        all.extend(Reference::of_methods(&single));
        all
    }

    #[test]
    fn a_reference_has_what_its_text_says() {
        let pieters = of(
            "Pieters R et al., J Clin Oncol 2019;37:2246–56",
            "doi:10.1200/JCO.19.00261",
        );
        assert_eq!(
            pieters.ris(),
            "TY  - JOUR\r\nAU  - Pieters, R.\r\nPY  - 2019\r\nJO  - J Clin Oncol\r\nVL  - 37\r\nSP  - 2246\r\nEP  - 2256\r\n\
             DO  - 10.1200/JCO.19.00261\r\nUR  - https://doi.org/10.1200/JCO.19.00261\r\nN1  - Pieters R et al., J Clin Oncol \
             2019;37:2246–56\r\nER  - \r\n\r\n"
        );
        let cox = Reference::of_methods(&[source::ALWAYS[2]]);
        assert_eq!(cox.len(), 2);
        assert_eq!(
            cox[1].bibtex("efron1977"),
            "@article{efron1977,\n  author = {Efron, B.},\n  journal = {J Am Stat Assoc},\n  year = {1977},\n  volume = {72},\n  \
             pages = {557--565},\n  note = {Efron B. J Am Stat Assoc 1977;72:557–65}\n}\n\n"
        );
        let group = of("Japan Infant Leukemia Study Group, Blood 2006;108(11):148", "");
        assert!(
            group
                .bibtex("x")
                .contains("author = {{Japan Infant Leukemia Study Group}}")
        );
        assert!(group.bibtex("x").contains("number = {11},\n  pages = {148}"));
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        for reference in [
            "Commentary on Tomizawa et al., Blood 2020;136(16)",
            "ClinicalTrials.gov, COG AALL0631",
            "MLL-Baby report on the prognosis of 11q23/KMT2A rearrangements in infants, abstract, 2021",
            "German study portal for paediatric oncology, Interfant-06, revised 2018-09-12",
            "Interfant-99, Blood 2006;108(11):145",
        ] {
            assert_eq!(of(reference, "").authors, Vec::<String>::new(), "{reference}");
        }
        let meeting = of("Tomizawa D et al., ASH annual meeting 2019, abstract 2626", "");
        assert_eq!((meeting.journal.as_str(), meeting.year.as_str()), ("", ""));
        let register = of("ClinicalTrials.gov, Interfant-21", "NCT05327894");
        assert!(
            register
                .ris()
                .starts_with("TY  - GEN\r\nN1  - ClinicalTrials.gov, Interfant-21. NCT05327894\r\nER")
        );
        assert!(!register.ris().contains("TI"));
        assert!(
            of("Hilden JM et al., Blood 2006;108:441–51", "PMID 16556894")
                .ris()
                .contains("AN  - 16556894\r\n")
        );
        assert!(of("X Y", "PMC4659404").bibtex("k").contains("pmcid = {PMC4659404}"));
    }

    #[test]
    fn every_source_of_the_catalogue_gives_a_valid_entry() {
        for reference in all() {
            let ris = reference.ris();
            assert!(ris.starts_with("TY  - ") && ris.ends_with("ER  - \r\n\r\n"), "{ris}");
            for line in ris.trim_end().split("\r\n") {
                let (tag, value) = line.split_once("  -").unwrap();
                assert!(tag.len() == 2 && (tag == "ER") == value.trim().is_empty(), "{line}");
            }
            // What is printed in the reference is in the fields.
            for part in [&reference.journal, &reference.year, &reference.volume, &reference.pages] {
                assert!(reference.note.contains(part.as_str()));
            }
        }
        let journals = all().iter().filter(|reference| !reference.journal.is_empty()).count();
        assert!(journals * 10 > all().len() * 8, "most are papers");
        let bib = entries(all(), "bib").unwrap();
        let mut keys: Vec<&str> = bib
            .lines()
            .filter_map(|line| line.strip_prefix('@')?.split_once('{'))
            .map(|(_, key)| key)
            .collect();
        assert!(keys.len() > 25, "{keys:?}");
        assert!(keys.iter().all(|key| {
            key.trim_end_matches(',')
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric())
        }));
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), count, "a key is used twice");
        // Braces are balanced outside of what is escaped.
        let plain = bib.replace("\\{", "").replace("\\}", "");
        assert_eq!(plain.matches('{').count(), plain.matches('}').count());
        assert_eq!(entries(all(), "ris").unwrap().matches("TY  - ").count(), count);
        assert_eq!(entries(all(), "txt"), None);
    }
}
