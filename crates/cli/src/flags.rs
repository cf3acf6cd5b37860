//! Values of flags: numbers, names from a list, columns; and lists in which a comma may belong to a name.

use clap::builder::{PossibleValuesParser, TypedValueParser};

/// A text that is not empty: an empty one is mostly a shell variable that was not set.
pub fn present(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err("is empty; give a value, or leave the flag out".into());
    }
    Ok(text.to_owned())
}

/// True if a number of a list is the rest of one with a thousands separator, as `096` of `1,096`.
pub fn is_rest(text: &str) -> bool {
    let digits = text.trim().as_bytes();
    matches!(digits, [b'0', next, ..] if next.is_ascii_digit())
}

/// The rest of its error message.
pub const REST: &str = "begins with 0; give numbers without thousands separators";

/// A finite number.
pub fn number(text: &str) -> Result<f64, String> {
    if is_rest(text) {
        return Err(REST.into());
    }
    let number = text.trim().parse().ok().filter(|number: &f64| number.is_finite());
    number.ok_or_else(|| "is not a number; give one such as 1.5".into())
}

/// A whole number from 0.
pub fn whole(text: &str) -> Result<u64, String> {
    let number = text.trim().parse();
    number.map_err(|_| "is not a whole number; give one such as 1000".into())
}

/// A fraction with the event.
pub fn fraction(text: &str) -> Result<f64, String> {
    let fraction = text.trim().parse().ok();
    let fraction = fraction.filter(|fraction: &f64| *fraction > 0.0 && *fraction < 1.0);
    fraction.ok_or_else(|| "is not between 0 and 1; give one such as 0.5 for the median".into())
}

/// Two times, the first before the second: `1,5`.
pub fn two_times(text: &str) -> Result<(f64, f64), String> {
    let times: Result<Vec<f64>, String> = text.split(',').map(number).collect();
    match times.as_deref() {
        Ok([from, to]) if from < to => Ok((*from, *to)),
        Ok([_, _]) => Err("is not in order; give the earlier time first, such as 1,5".into()),
        _ => Err("is not two times; give them such as 1,5".into()),
    }
}

/// A level of intervals.
pub fn level(text: &str) -> Result<f64, String> {
    let level = text.trim().parse().ok();
    let level = level.filter(|level: &f64| *level > 0.0 && *level < 1.0);
    level.ok_or_else(|| "is not between 0 and 1; give one such as 0.95".into())
}

/// One of the names of a list, which help and refusals show.
pub fn named<T: Copy + Send + Sync + 'static>(known: &'static [(&'static str, T)]) -> impl TypedValueParser<Value = T> {
    let names = PossibleValuesParser::new(known.iter().map(|&(name, _)| name));
    names.try_map(|name| {
        let found = known.iter().find(|(each, _)| *each == name);
        found.map(|&(_, value)| value).ok_or("is not known")
    })
}

/// The name that a list has for a value.
pub fn name_of<T: Copy + PartialEq>(known: &[(&'static str, T)], value: T) -> &'static str {
    known
        .iter()
        .find(|(_, each)| *each == value)
        .map_or("", |&(name, _)| name)
}

/// Returns the names listed by flags. A name that is known as a whole (`is_known`) is never split at its commas, alone
/// or within a list; otherwise commas separate names, and empty parts are ignored.
pub fn names(given: &[String], is_known: impl Fn(&str) -> bool) -> Vec<String> {
    let mut names = Vec::new();
    for text in given {
        let parts: Vec<&str> = text.split(',').collect();
        let mut rest = &parts[..];
        while !rest.is_empty() {
            let longest = (2..=rest.len())
                .rev()
                .find(|&count| is_known(rest[..count].join(",").trim()));
            let (name, behind) = rest.split_at(longest.unwrap_or(1));
            names.extend(Some(name.join(",").trim().to_owned()).filter(|name| !name.is_empty()));
            rest = behind;
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_a_comma_is_not_split() {
        let known = ["relapse, CNS", "age, years", "a,b,c", "a"];
        let split = |given: &[&str]| {
            let given: Vec<String> = given.iter().map(|&each| each.to_owned()).collect();
            names(&given, |name| known.contains(&name))
        };
        assert_eq!(split(&["relapse, CNS"]), ["relapse, CNS"]);
        assert_eq!(
            split(&["death,relapse, CNS, age, years"]),
            ["death", "relapse, CNS", "age, years"]
        );
        assert_eq!(split(&["a,b", " x , y,"]), ["a", "b", "x", "y"]);
        assert_eq!(split(&["a,b,c,a"]), ["a,b,c", "a"]);
        assert_eq!(split(&[" , "]), Vec::<String>::new());
    }
}
