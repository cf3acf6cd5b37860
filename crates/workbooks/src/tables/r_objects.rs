//! The objects in what R wrote. Vectors stay where they are; lists and attributes are read. Functions, environments and
//! the like are gone over.

use super::r_source::Source;
use crate::Fault;
use crate::limits::Large;

/// How deep objects may be within each other: each level takes some of the stack. Functions nest some thirty levels.
const DEEPEST: usize = 120;

/// Objects of a file; each takes some hundred bytes.
const MOST: usize = 1_000_000;

/// An object.
#[derive(Debug, Clone, Default)]
pub struct Object<'a> {
    pub content: Content<'a>,
    pub attributes: Vec<(String, Object<'a>)>,
}

/// What an object holds.
#[derive(Debug, Clone, Default)]
pub enum Content<'a> {
    #[default]
    Null,
    Symbol(String),
    Vector(Vector<'a>),
    /// A list, of which the elements may have names as an attribute.
    List(Vec<Object<'a>>),
    /// A list with a name for each element.
    Pairs(Vec<(Option<String>, Object<'a>)>),
    Function,
    Environment,
    Other,
}

/// A vector: where its elements are, and how many.
#[derive(Debug, Clone)]
pub struct Vector<'a> {
    pub kind: Kind,
    pub length: usize,
    pub elements: Elements<'a>,
}

/// What the elements of a vector are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Logical,
    Integer,
    Real,
    Complex,
    Text,
    Raw,
}

/// Where the elements of a vector are.
#[derive(Debug, Clone)]
pub enum Elements<'a> {
    /// Written one after the other.
    Written(Source<'a>),
    /// First and step.
    Sequence(f64, f64),
    /// The numbers of another vector as texts.
    AsText(Box<Vector<'a>>),
}

impl<'a> Object<'a> {
    /// The attribute with this name.
    pub fn attribute(&self, name: &str) -> Option<&Self> {
        let mut attributes = self.attributes.iter();
        attributes.find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// The vector, if it is one.
    pub fn vector(&self) -> Option<&Vector<'a>> {
        match &self.content {
            Content::Vector(vector) => Some(vector),
            _ => None,
        }
    }
}

/// Reads objects, one after the other.
pub struct Objects<'a> {
    source: Source<'a>,
    /// Objects that others refer to; the name of a symbol, nothing for others.
    referred: Vec<Option<String>>,
    depth: usize,
    read: usize,
}

/// Kinds of objects that stand for one that every session has.
const STANDING: [u8; 7] = [254, 253, 252, 251, 247, 242, 241];

impl<'a> Objects<'a> {
    /// Those from here on.
    pub fn new(source: Source<'a>) -> Self {
        Self {
            source,
            referred: Vec::new(),
            depth: 0,
            read: 0,
        }
    }

    /// The next object.
    ///
    /// # Errors
    /// [`Fault::Broken`] where it is damaged, [`Fault::TooLarge`] where there are too many.
    pub fn object(&mut self) -> Result<Object<'a>, Fault> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Fault::TooLarge(Large::Nested));
        }
        self.read += 1;
        if self.read > MOST {
            return Err(Fault::TooLarge(Large::Objects));
        }
        let flags = self.source.int()?;
        let object = self.of(flags);
        self.depth -= 1;
        object
    }

    fn of(&mut self, flags: i32) -> Result<Object<'a>, Fault> {
        let kind = (flags & 0xff) as u8;
        let has_attributes = flags & 0x200 != 0;
        let content = match kind {
            _ if STANDING.contains(&kind) => return Ok(Object::default()),
            255 => return self.reference(flags),
            1 => return self.symbol(),
            2 | 5 | 6 | 17 | 239 | 240 => return self.pairs(flags),
            3 => {
                self.pairs(flags)?;
                return Ok(Object {
                    content: Content::Function,
                    ..Object::default()
                });
            }
            4 => return self.environment(),
            7 | 8 => {
                let length = self.source.length()?;
                self.source.text(length)?;
                Content::Function
            }
            9 => {
                self.skip_text()?;
                Content::Other
            }
            10 => self.vector(Kind::Logical)?,
            13 => self.vector(Kind::Integer)?,
            14 => self.vector(Kind::Real)?,
            15 => self.vector(Kind::Complex)?,
            16 => self.vector(Kind::Text)?,
            24 => self.vector(Kind::Raw)?,
            19 | 20 => {
                let length = self.length()?;
                let mut elements = Vec::new();
                for _ in 0..length {
                    elements.push(self.object()?);
                }
                Content::List(elements)
            }
            21 => {
                self.source.int()?;
                self.code()?;
                Content::Function
            }
            22 => {
                self.referred.push(None);
                self.object()?;
                self.object()?;
                Content::Other
            }
            23 => {
                self.referred.push(None);
                Content::Other
            }
            25 => Content::Other,
            238 => return self.compact(),
            248..=250 => {
                self.source.int()?;
                for _ in 0..self.source.length()? {
                    self.object()?;
                }
                self.referred.push(None);
                return Ok(Object {
                    content: Content::Environment,
                    ..Object::default()
                });
            }
            _ => return Err(Fault::Broken),
        };
        let attributes = if has_attributes { self.attributes()? } else { Vec::new() };
        Ok(Object { content, attributes })
    }

    fn attributes(&mut self) -> Result<Vec<(String, Object<'a>)>, Fault> {
        Ok(match self.object()?.content {
            Content::Pairs(pairs) => {
                let named = pairs.into_iter().filter_map(|(name, value)| Some((name?, value)));
                named.collect()
            }
            _ => Vec::new(),
        })
    }

    /// The length of a vector; one above 2³¹ has two numbers.
    fn length(&mut self) -> Result<usize, Fault> {
        match self.source.int()? {
            -1 => {
                let (high, low) = (self.source.length()?, self.source.int()?);
                let length = (high as u64)
                    .saturating_mul(1 << 32)
                    .saturating_add(u64::from(low.cast_unsigned()));
                // More than can be addressed is more than the file holds.
                Ok(usize::try_from(length).unwrap_or(usize::MAX))
            }
            length => usize::try_from(length).map_err(|_| Fault::Broken),
        }
    }

    fn vector(&mut self, kind: Kind) -> Result<Content<'a>, Fault> {
        let length = self.length()?;
        let elements = Elements::Written(self.source);
        match kind {
            Kind::Logical | Kind::Integer => self.source.skip_ints(length)?,
            Kind::Real => self.source.skip_reals(length)?,
            Kind::Complex => self.source.skip_reals(length.checked_mul(2).ok_or(Fault::Broken)?)?,
            Kind::Raw => self.source.skip_bytes(length)?,
            Kind::Text => {
                for _ in 0..length {
                    self.source.int()?;
                    self.skip_text()?;
                }
            }
        }
        Ok(Content::Vector(Vector { kind, length, elements }))
    }

    fn skip_text(&mut self) -> Result<(), Fault> {
        match self.source.int()? {
            -1 => Ok(()),
            length => {
                let length = usize::try_from(length).map_err(|_| Fault::Broken)?;
                self.source.text(length).map(|_| ())
            }
        }
    }

    fn reference(&mut self, flags: i32) -> Result<Object<'a>, Fault> {
        let index = match flags >> 8 {
            0 => self.source.int()?,
            index => index,
        };
        let index = usize::try_from(index).ok().and_then(|index| index.checked_sub(1));
        let referred = index.and_then(|index| self.referred.get(index)).ok_or(Fault::Broken)?;
        Ok(Object {
            content: referred.clone().map_or(Content::Environment, Content::Symbol),
            ..Object::default()
        })
    }

    fn symbol(&mut self) -> Result<Object<'a>, Fault> {
        self.source.int()?;
        let name = match self.source.int()? {
            -1 => "NA".to_owned(),
            length => {
                let length = usize::try_from(length).map_err(|_| Fault::Broken)?;
                String::from_utf8_lossy(&self.source.text(length)?).into_owned()
            }
        };
        self.referred.push(Some(name.clone()));
        Ok(Object {
            content: Content::Symbol(name),
            ..Object::default()
        })
    }

    /// A list of pairs, a call, a function or a promise; its rest follows its first element.
    fn pairs(&mut self, flags: i32) -> Result<Object<'a>, Fault> {
        let mut pairs = Vec::new();
        let mut attributes = Vec::new();
        let mut flags = flags;
        loop {
            if !matches!((flags & 0xff) as u8, 2 | 3 | 5 | 6 | 17 | 239 | 240) {
                // What ends a list is nothing; a function's rest is its body.
                self.of(flags)?;
                break;
            }
            if flags & 0x200 != 0 {
                attributes = self.attributes()?;
            }
            let name = match flags & 0x400 {
                0 => None,
                _ => match self.object()?.content {
                    Content::Symbol(name) => Some(name),
                    _ => None,
                },
            };
            pairs.push((name, self.object()?));
            self.read += 1;
            flags = self.source.int()?;
        }
        Ok(Object {
            content: Content::Pairs(pairs),
            attributes,
        })
    }

    fn environment(&mut self) -> Result<Object<'a>, Fault> {
        self.source.int()?;
        self.referred.push(None);
        for _ in 0..4 {
            self.object()?;
        }
        Ok(Object {
            content: Content::Environment,
            ..Object::default()
        })
    }

    /// The compiled code of a function: whole numbers, then what they refer to.
    fn code(&mut self) -> Result<(), Fault> {
        self.object()?;
        for _ in 0..self.source.length()? {
            let kind = self.source.int()?;
            self.constant(kind)?;
        }
        Ok(())
    }

    fn constant(&mut self, kind: i32) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Fault::TooLarge(Large::Nested));
        }
        match kind {
            21 => self.code()?,
            2 | 6 | 239 | 240 | 243 | 244 => self.call(kind)?,
            _ => {
                self.object()?;
            }
        }
        self.depth -= 1;
        Ok(())
    }

    /// A call within compiled code.
    fn call(&mut self, kind: i32) -> Result<(), Fault> {
        let mut kind = kind;
        loop {
            self.read += 1;
            if self.read > MOST {
                return Err(Fault::TooLarge(Large::Objects));
            }
            if kind == 243 {
                return self.source.int().map(|_| ());
            }
            if kind == 244 {
                self.source.int()?;
                kind = self.source.int()?;
            }
            if !matches!(kind, 2 | 6 | 239 | 240) {
                return self.object().map(|_| ());
            }
            if matches!(kind, 239 | 240) {
                self.object()?;
            }
            // The tag, the first element, and the rest.
            self.object()?;
            let first = self.source.int()?;
            match first {
                2 | 6 | 239 | 240 | 243 | 244 => self.constant(first)?,
                _ => {
                    self.object()?;
                }
            }
            kind = self.source.int()?;
        }
    }

    /// A vector in a form that takes less memory.
    fn compact(&mut self) -> Result<Object<'a>, Fault> {
        let (form, state, attributes) = (self.object()?, self.object()?, self.object()?);
        let form = match form.content {
            Content::Pairs(pairs) => pairs.into_iter().next().map(|(_, form)| form.content),
            _ => None,
        };
        let Some(Content::Symbol(form)) = form else {
            return Err(Fault::Broken);
        };
        let first = |state: Object<'a>| match state.content {
            Content::List(elements) => elements.into_iter().next(),
            Content::Pairs(pairs) => pairs.into_iter().next().map(|(_, value)| value),
            _ => None,
        };
        let content = match form.as_str() {
            "compact_intseq" => sequence(&state, Kind::Integer)?,
            "compact_realseq" => sequence(&state, Kind::Real)?,
            "deferred_string" => {
                let numbers = first(state)
                    .and_then(|numbers| numbers.vector().cloned())
                    .ok_or(Fault::Broken)?;
                Content::Vector(Vector {
                    kind: Kind::Text,
                    length: numbers.length,
                    elements: Elements::AsText(Box::new(numbers)),
                })
            }
            form if form.starts_with("wrap_") => first(state).ok_or(Fault::Broken)?.content,
            _ => return Err(Fault::Broken),
        };
        let attributes = match attributes.content {
            Content::Pairs(pairs) => pairs
                .into_iter()
                .filter_map(|(name, value)| Some((name?, value)))
                .collect(),
            _ => Vec::new(),
        };
        Ok(Object { content, attributes })
    }
}

/// A sequence by its length, first number and step.
fn sequence<'a>(state: &Object<'a>, kind: Kind) -> Result<Content<'a>, Fault> {
    let vector = state.vector().ok_or(Fault::Broken)?;
    let Elements::Written(mut source) = vector.elements.clone() else {
        return Err(Fault::Broken);
    };
    if vector.kind != Kind::Real || vector.length < 3 {
        return Err(Fault::Broken);
    }
    let (length, first, step) = (source.real()?, source.real()?, source.real()?);
    if !(0.0..1e15).contains(&length) {
        return Err(Fault::Broken);
    }
    Ok(Content::Vector(Vector {
        kind,
        length: length as usize,
        elements: Elements::Sequence(first, step),
    }))
}
