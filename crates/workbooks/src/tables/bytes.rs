//! Numbers and texts of a binary file, one after the other; nothing is read outside of it.

use crate::Fault;

/// A place in the bytes of a file.
#[derive(Debug, Clone, Copy)]
pub struct Bytes<'a> {
    bytes: &'a [u8],
    at: usize,
    /// True if the first byte of a number is its highest.
    pub is_big_endian: bool,
}

impl<'a> Bytes<'a> {
    /// The start of these bytes.
    pub fn new(bytes: &'a [u8], is_big_endian: bool) -> Self {
        Self {
            bytes,
            at: 0,
            is_big_endian,
        }
    }

    /// How many bytes are before this place.
    pub fn position(&self) -> usize {
        self.at
    }

    /// The bytes from this place on.
    pub fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Goes to a place, counted from the start.
    ///
    /// # Errors
    /// [`Fault::Broken`] behind the end; so do all below.
    pub fn seek(&mut self, at: usize) -> Result<(), Fault> {
        if at > self.bytes.len() {
            return Err(Fault::Broken);
        }
        self.at = at;
        Ok(())
    }

    /// The next `length` bytes.
    pub fn take(&mut self, length: usize) -> Result<&'a [u8], Fault> {
        let taken = self.rest().get(..length).ok_or(Fault::Broken)?;
        self.at += length;
        Ok(taken)
    }

    /// Goes on by `length` bytes.
    pub fn skip(&mut self, length: usize) -> Result<(), Fault> {
        self.take(length).map(|_| ())
    }

    /// The next `N` bytes, the lowest first.
    fn number<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        let mut number: [u8; N] = self.take(N)?.try_into().map_err(|_| Fault::Broken)?;
        if self.is_big_endian {
            number.reverse();
        }
        Ok(number)
    }

    pub fn u8(&mut self) -> Result<u8, Fault> {
        Ok(u8::from_le_bytes(self.number()?))
    }

    pub fn u16(&mut self) -> Result<u16, Fault> {
        Ok(u16::from_le_bytes(self.number()?))
    }

    pub fn u32(&mut self) -> Result<u32, Fault> {
        Ok(u32::from_le_bytes(self.number()?))
    }

    pub fn i32(&mut self) -> Result<i32, Fault> {
        Ok(i32::from_le_bytes(self.number()?))
    }

    pub fn u64(&mut self) -> Result<u64, Fault> {
        Ok(u64::from_le_bytes(self.number()?))
    }

    pub fn f64(&mut self) -> Result<f64, Fault> {
        Ok(f64::from_le_bytes(self.number()?))
    }

    /// A count or a length; [`Fault::Broken`] where it is negative.
    pub fn count(&mut self) -> Result<usize, Fault> {
        usize::try_from(self.i32()?).map_err(|_| Fault::Broken)
    }

    /// A place or length of eight bytes.
    pub fn place(&mut self) -> Result<usize, Fault> {
        usize::try_from(self.u64()?).map_err(|_| Fault::Broken)
    }
}

/// Bytes up to the first NUL.
pub fn until_nul(bytes: &[u8]) -> &[u8] {
    bytes.split(|&byte| byte == 0).next().unwrap_or_default()
}
